"""An act on a case: what it answers, that it is one decision, and what a repetition does."""

import pytest

from engine.model.outcomes import FlagRaised, Triggered, Waived
from storage.errors import ConflictError
from tests.support.grove import Grove
from tests.support.growers import by

HARVEST = Triggered("harvest", by("VIE-BIR"))


def test_a_step_that_may_be_taken_is_taken_by_this_pair_alone(any_grove: Grove) -> None:
    any_grove.files_note("VIE-BIR")

    answer = any_grove.does("VIE-BIR", HARVEST)

    assert (answer.accepted, answer.left, answer.state) == (True, "planted", "harvested")
    assert answer.case_id == any_grove.pairs["VIE-BIR"]
    assert any_grove.dossier("VIE-BIR").closed_at == any_grove.clock()
    assert any_grove.dossier("LIS-ELM").state == "planted"


def test_a_step_that_lacks_something_says_what_and_writes_nothing(any_grove: Grove) -> None:
    before = any_grove.dossier("VIE-BIR")
    any_grove.files_note("LIS-ELM")  # the note of another pair is none of ours

    answer = any_grove.does("VIE-BIR", HARVEST)

    assert (answer.accepted, answer.left, answer.state, answer.version) == (
        *(False, "planted", "planted"),
        0,
    )
    (unmet,) = answer.unmet
    assert (unmet["requirement"], unmet["owner"]) == ("note_filed", "aspiring")
    assert (unmet["remedy"], unmet["waiver"]) == ("Ask for it.", ("lead",))
    assert any_grove.dossier("VIE-BIR") == before


def test_a_requirement_that_a_lead_sets_aside_lets_the_step_go_on(grove: Grove) -> None:
    waived = Waived("note_filed", "Seen in the garden.", by("VIE-BIR", "lead"))

    assert grove.does("VIE-BIR", waived).accepted
    assert grove.does("VIE-BIR", HARVEST).accepted
    assert not grove.does("LIS-ELM", Triggered("harvest", by("LIS-ELM"))).accepted


def test_an_answer_tells_what_is_opened_by_it(grove: Grove) -> None:
    raised = FlagRaised("F-1", "Seen in the leaves.", by("VIE-BIR"), "red")

    assert grove.does("VIE-BIR", raised).opened == ("F-1 red",)


def test_a_request_made_twice_is_done_once_and_answered_the_same(any_grove: Grove) -> None:
    raised = FlagRaised("F-1", "Seen in the leaves.", by("VIE-BIR"))

    first = any_grove.does("VIE-BIR", raised, request="one")
    any_grove.days_pass(1)
    second = any_grove.does("VIE-BIR", raised, request="one")

    assert second == first
    assert [child.workflow for child in any_grove.dossier("VIE-BIR").children].count(
        "red_flag"
    ) == 1


def test_a_request_key_serves_for_one_request_only(any_grove: Grove) -> None:
    assert any_grove.does("VIE-BIR", FlagRaised("F-1", "Seen.", by("VIE-BIR")), "one").accepted

    for pair, words in (("VIE-BIR", "Seen again."), ("LIS-ELM", "Seen.")):
        with pytest.raises(ConflictError, match="was used for another request"):
            any_grove.does(pair, FlagRaised("F-1", words, by(pair)), "one")


def test_a_refusal_is_not_remembered_so_the_same_request_may_succeed_later(grove: Grove) -> None:
    assert not grove.does("VIE-BIR", HARVEST, request="one").accepted
    grove.files_note("VIE-BIR")

    assert grove.does("VIE-BIR", HARVEST, request="one").accepted


def test_a_pause_of_a_pair_stops_its_clock_and_not_that_of_the_other(grove: Grove) -> None:
    assert grove.steps("VIE-BIR", "suspend", "lead").accepted
    grove.days_pass(10)
    assert grove.steps("VIE-BIR", "resume", "lead").accepted

    due = {pair: _due(grove, pair, "waiting") for pair in grove.pairs}

    assert due == {"VIE-BIR": "2026-03-19", "LIS-ELM": "2026-03-09"}


def _due(grove: Grove, pair: str, ladder: str) -> str:
    (timer,) = (t for t in grove.dossier(pair).timers if t.ladder == ladder and not t.settled_at)
    return f"{timer.due_at:%Y-%m-%d}"
