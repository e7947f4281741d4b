"""A request that is repeated, doubled or cut off does its work once (P11)."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.model.outcomes import FlagRaised, Moved
from runtime.use_cases.advance import Answer
from storage.database.failpoints import install
from storage.errors import ConflictError, UnknownOutcomeError
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World

RAISED = FlagRaised("F-20", "Three visits in one month.", FACILITATOR)


def _ask(pair: Pair, key: str | None = "req-1", event: FlagRaised | Moved = RAISED) -> Answer:
    return act(pair.world.runtime, pair.case, event, request=key)


def test_the_same_request_gets_the_same_answer_and_does_nothing_twice(any_town: World) -> None:
    pair = a_pair(any_town)

    answers = [_ask(pair) for _ in range(3)]

    assert answers[0].accepted
    assert answers[0] == answers[1] == answers[2]
    assert [entry.kind for entry in pair.journal].count("flag_raised") == 1


def test_the_answer_stays_the_same_after_a_restart_and_when_the_pair_has_moved_on(
    any_town: World,
) -> None:
    pair = a_pair(any_town)
    first = _ask(pair)
    pair.files("eoi")
    pair.goes("accept_eoi")

    any_town.reopen()

    assert _ask(pair) == first
    assert first.state == "eoi_received"
    assert pair.state == "diagnostic"


@pytest.mark.parametrize(
    "other",
    [
        replace(RAISED, reason="Two visits in one month."),
        replace(RAISED, severity="red"),
        replace(RAISED, by=LEAD),
    ],
)
def test_the_same_key_for_something_else_is_a_conflict(town: World, other: FlagRaised) -> None:
    pair = a_pair(town)
    _ask(pair)
    written = len(pair.journal)

    with pytest.raises(ConflictError, match="'req-1' was used for another request"):
        _ask(pair, event=other)

    assert len(pair.journal) == written


def test_the_same_key_for_another_pair_is_a_conflict(town: World) -> None:
    pair, other = a_pair(town), a_pair(town, "VIE-OAK")
    _ask(pair)

    with pytest.raises(ConflictError):
        _ask(other)

    assert other.flags() == {}


@pytest.mark.parametrize("point", ["transaction.commit", "transaction.committed"])
def test_a_commit_without_an_answer_is_looked_up_and_not_repeated(
    any_town: World, point: str
) -> None:
    pair = a_pair(any_town)

    answer = _cut_off(point, lambda: _ask(pair))

    assert answer.accepted
    assert [entry.kind for entry in pair.journal].count("flag_raised") == 1
    assert _ask(pair) == answer


def test_without_a_key_a_commit_without_an_answer_is_told_and_not_repeated(town: World) -> None:
    pair = a_pair(town)

    with pytest.raises(UnknownOutcomeError):
        _cut_off("transaction.committed", lambda: _ask(pair, key=None))

    assert [entry.kind for entry in pair.journal].count("flag_raised") == 1


def test_two_at_once_with_one_key_are_one_execution(any_town: World) -> None:
    pair = a_pair(any_town)
    together = threading.Barrier(4)
    answers: list[Answer] = []

    def asks() -> None:
        together.wait()
        answers.append(_ask(pair))

    threads = [threading.Thread(target=asks) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 4
    assert len(set(map(repr, answers))) == 1
    assert [entry.kind for entry in pair.journal].count("flag_raised") == 1


def test_a_refused_request_writes_nothing_and_may_come_again_once_all_is_there(
    town: World,
) -> None:
    pair = a_pair(town)
    before = len(pair.journal)

    refused = act(town.runtime, pair.case, replace(RAISED, reason=""), request="req-2")

    assert not refused.accepted
    assert len(pair.journal) == before


def _cut_off(point: str, call: Callable[[], Answer]) -> Answer:
    """The line to the database is lost at this point, once."""
    cuts = iter([UnknownOutcomeError("the database gave no answer to the commit")])

    def cut(name: str) -> None:
        if name == point and (error := next(cuts, None)) is not None:
            raise error

    remove = install(cut)
    try:
        return call()
    finally:
        remove()
