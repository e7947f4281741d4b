"""What is told before an act is what the act then does, in every kind of family."""

import random
from collections.abc import Sequence

import pytest

from engine.model.dossier import CaseId
from engine.model.putting_right import Cause
from runtime.queries.preview import Preview, preview
from runtime.use_cases.act_together import act_together
from tests.storage.rows import everything
from tests.support.actors import spoken
from tests.support.pairs import a_pair, days_go_by
from tests.support.random_acts import KINDS
from tests.support.row_changes import between, in_order, rows
from tests.support.world import World

BEGIN = ("implementation", "memorandum", "mid_term", "formalised", "visit_preparation")
SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 41)]
ALWAYS = {
    "record",
    "contact",
    "move",
    "raise",
    "acknowledge",
    "snooze",
    "pause",
    "resume",
}  # what can be put right hangs on what was drawn


@pytest.mark.parametrize("seed", [*range(2), *SOAKED])
def test_a_dry_run_of_an_act_tells_what_the_act_does(any_town: World, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - a walk that repeats, no secret
    pair = a_pair(any_town).gets_to(BEGIN[seed % len(BEGIN)])
    done: set[str] = set()

    for _ in range(2):
        days_go_by(any_town, luck.randint(3, 40))
        for kind, acts in KINDS.items():
            for case, events in acts(pair, luck):
                said = [spoken(any_town.runtime, case, event) for event in events]
                if _tried_and_done(any_town, case, said):
                    done.add(kind)

    assert done >= ALWAYS
    assert seed or done >= {*KINDS} - {"sign"}


def _tried_and_done(world: World, case: CaseId, events: Sequence[Cause]) -> bool:
    """Try it, do it, and compare; whether it was done."""
    database = world.runtime.database
    before, all_before = rows(database), everything(database)
    told = preview(world.runtime, case, *events)
    assert everything(database) == all_before

    answer = act_together(world.runtime, case, *events)

    assert answer.accepted == isinstance(told, Preview), answer
    if isinstance(told, Preview):
        assert in_order(told) == between(before, rows(database))
    else:
        assert [each.detail for each in told.unmet] == [each["detail"] for each in answer.unmet]
        assert everything(database) == all_before
    return answer.accepted
