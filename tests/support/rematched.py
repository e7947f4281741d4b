"""Another coordinator follows on one that left."""

from engine.model.outcomes import By
from engine.model.plan import Plan
from runtime.families import Families
from runtime.use_cases.start_case import Part, assign_party
from storage.database.transactions import transaction
from tests.support.pairs import Pair
from tests.support.world import World

NEXT = "OSL-ELM-c"  # the one that follows


def centre_that_follows(town: World) -> None:
    """A centre of the same domain, with its people, to be named."""
    with transaction(town.runtime.database) as session:
        town.settle_in("OSL-ELM")(Families(session, town.runtime, town.clock()))


def matched_anew(pair: Pair) -> None:
    """Up to the question to the next coordinator."""
    pair.goes("rematch", note="Another is asked.")
    named_anew(pair)
    pair.files("match")
    pair.goes("send_proposal")


def named_anew(pair: Pair) -> None:
    """Name the coordinator who is to be asked next."""
    by = By("vie-bir-facilitator", "facilitator")
    part = Part("coordinator", NEXT, ("osl-elm-coordinator", "osl-elm-coordinator-deputy"))
    assert isinstance(assign_party(pair.world.runtime, pair.case, part, by), Plan)
