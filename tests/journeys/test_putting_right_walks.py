"""Whatever people do in the course of a pair, in its check-ins and flags too, can be undone."""

import random

import pytest

from engine.model.dossier import CaseId
from engine.model.putting_right import Cause, Undone
from runtime.queries.history import findings
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.random_acts import KINDS
from tests.support.standing import standing
from tests.support.world import LEAD, World

BEGIN = ("implementation", "memorandum", "mid_term", "formalised", "visit_preparation")
SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 41)]
UNDONE = Undone("It was another pair.", LEAD)
FORWARD = [kind for kind in KINDS if kind not in {"undo", "void", "correct"}]


@pytest.mark.parametrize("seed", [*range(3), *SOAKED])
def test_any_act_of_a_random_life_can_be_undone(any_town: World, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - a walk that repeats, no secret
    pair = a_pair(any_town).gets_to(BEGIN[seed % len(BEGIN)])
    done: set[str] = set()

    for _ in range(3):
        days_go_by(any_town, luck.randint(3, 40))
        for kind in FORWARD:
            for case, events in KINDS[kind](pair, luck):
                every = [_done_and_undone(pair, case, event, seed) for event in events]
                done |= {kind} if all(every) else set()

    assert findings(any_town.runtime) == ()
    assert done >= {"record", "contact", "move", "raise", "pause", "advance", "adapt"}


def _done_and_undone(pair: Pair, case: CaseId, event: Cause, seed: int) -> bool:
    """Do it, undo it, compare, and do it again; whether it was done."""
    runtime = pair.world.runtime
    before = standing(pair)
    if not act(runtime, case, event).accepted:
        return False

    undone = act(runtime, case, UNDONE)

    assert undone.accepted, (seed, event, undone.unmet)
    assert standing(pair) == before, (seed, event)
    return act(runtime, case, event).accepted
