"""Once an answer is taken back a pair stands as in a life in which nobody gave it (P21)."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from engine.decide.step import subject
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Event, Filed, Signed, Triggered
from engine.model.putting_right import Cause
from runtime.queries.history import findings
from runtime.queries.taken_back import TakenBack
from tests.support.actors import act
from tests.support.given_answers import answers, takes_back
from tests.support.pairs import Pair, a_pair
from tests.support.random_acts import KINDS
from tests.support.standing import Standing, standing
from tests.support.world import World, fork

COORDINATOR = By("vie-bir-coordinator", "coordinator")
# Who says the same again says it no more with the answer; a partnership that ended upon it goes on.
NOT_APART = {"match_answer", "rematch"}
SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(4, 60)]
FORWARD = ["record", "contact", "sign", "move", "waive", "raise", "advance"]


def _confirms(pair: Pair) -> tuple[Event, ...]:
    said = {"answer": "confirmed", "answered_on": pair.today.isoformat()}
    return Filed("match_answer", said, COORDINATOR), Triggered("confirm_match", COORDINATOR)


def _signs(pair: Pair) -> tuple[Event, ...]:
    return (Signed("memorandum", "coordinator", "Signer", pair.today, COORDINATOR),)


@pytest.mark.parametrize("seed", [*range(4), *SOAKED])
def test_whatever_others_did_stands_as_without_the_answer(
    town: World, tmp_path: Path, seed: int
) -> None:
    luck = random.Random(seed)  # noqa: S311 - a walk that repeats, no secret
    state, answered = (("match_validation", _confirms), ("memorandum", _signs))[seed % 2]
    pair = a_pair(town).gets_to(state)
    if state == "memorandum":
        pair.files("memorandum")
    (tmp_path / "other").mkdir()
    other = Pair(fork(town, tmp_path / "other"), pair.case)
    stored = answers(pair, "coordinator", *answered(pair))
    done = [event for kind in luck.choices(FORWARD, k=6) for event in _random(pair, kind, luck)]

    partnership = pair.dossier.partnership
    found = takes_back(pair, stored)

    for case, event in done:
        act(other.world.runtime, case, event)
    if partnership > 1:
        assert found == "the partnership it was of has ended since"
        return
    assert isinstance(found, TakenBack), (seed, found)
    assert _told_apart(pair) == _told_apart(other), (seed, found.along, done)
    assert findings(pair.world.runtime) == ()


def _random(pair: Pair, kind: str, luck: random.Random) -> list[tuple[CaseId, Cause]]:
    """Acts of a kind that were done."""
    every = [(case, event) for case, events in KINDS[kind](pair, luck) for event in events]
    others = [each for each in every if subject(each[1]) not in NOT_APART]
    return [each for each in others if act(pair.world.runtime, *each).accepted]


def _told_apart(pair: Pair) -> Standing:
    """What stands, but for the letters, since who read of the answer is told besides, and for the
    stays that a pair has left by a step that it could have taken anyway.
    """
    return replace(standing(pair), unsent=(), stays=())
