"""Whatever people do in the course of a pair, in its check-ins and flags too, is put right."""

import random

import pytest

from engine.model.changes import Changes
from engine.model.dossier import CaseId
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from runtime.queries.history import findings
from tests.support.actors import act
from tests.support.check_ins import holds, notes, opened, talks
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.random_acts import KINDS
from tests.support.standing import standing
from tests.support.world import LEAD, World

BEGIN = ("implementation", "memorandum", "mid_term", "formalised", "visit_preparation")
SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 41)]
UNDONE = Undone("It was another pair.", LEAD)
# What steps had sent of records: a field of each that both sides have read.
SENT = {"onboarding": "expected_outcomes", "visit_1": "decisions", "day_1_synthesis": "gaps"}
# A life may end on the way, and then nothing is corrected.
FORWARD = ["correct", *(kind for kind in KINDS if kind not in {"correct", "undo"})]


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
    assert done >= {"record", "contact", "move", "raise", "pause", "advance", "adapt", "void"}
    assert "correct" in done


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


@pytest.mark.parametrize("seed", [*range(2), *SOAKED])
def test_contacts_that_are_void_and_what_steps_had_sent_are_put_right_in_any_life(
    town: World, seed: int
) -> None:
    luck = random.Random(seed)  # noqa: S311 - as above
    pair = a_pair(town).gets_to(("implementation", "continued_implementation")[seed % 2])
    runtime = town.runtime

    for turn in range(3):
        days_go_by(town, luck.randint(3, 40))
        talks(pair)
        number = pair.dossier.records["contact"][-1].number
        for goes_on in luck.sample((notes, holds, talks), luck.randint(0, 2)):
            goes_on(pair)
        town.beat()
        arrived(pair)
        record, right = luck.choice(sorted(SENT)), f"Right at last, {turn}"
        changes = Changes({SENT[record]: [right]})

        for event in (
            Voided("contact", UNDONE.reason, LEAD, number),
            Corrected(record, changes, "It was misheard.", LEAD),
        ):
            answer = act(runtime, pair.case, event)
            assert answer.accepted, (seed, turn, event, answer.unmet)
        town.beat()

        assert len(opened(pair)) == 1, (seed, turn)
        told = {role for role, _, text in arrived(pair) if right in text}
        assert told >= {"coordinator", "aspiring"}, (seed, turn, record)

    assert findings(runtime) == ()
