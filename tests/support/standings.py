"""How a pair stands in the overview of whoever runs it."""

from functools import partial

from engine.decide.overview import Reading, Standing, standing
from runtime.families import Families
from storage.database.transactions import reading
from storage.directory import directory
from tests.support.pairs import Pair


def overview_of(pair: Pair) -> Standing:
    """As the facilitator of a pair reads it now."""
    runtime = pair.world.runtime
    with reading(runtime.database) as session:
        (runs,) = pair.dossier.people_as("facilitator")[:1]
        facilitator = directory.person(session, runs.key)
        looks = Reading(facilitator.id, runtime.clock(), pair.today, "phone")
        acting = Families(session, runtime, runtime.clock())
        family = acting.look_whole(pair.case)
        return acting.looking(family, partial(standing, reading=looks))
