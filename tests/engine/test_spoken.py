"""What may be said with a step or a start is what something reads, each by its declared type."""

from dataclasses import replace

from engine.checks.spoken import Spoken, of_a_start, of_a_step
from engine.model.fields import Field
from tests.support.world import wp6

FLAG, PAIR = wp6().workflows["red_flag"], wp6().workflows["pairing"]


def _kinds(known: tuple[Spoken, ...] | None) -> dict[str, str]:
    return {each.name: each.field.kind if each.field else "" for each in known or ()}


def test_a_fact_has_the_type_of_its_declared_value() -> None:
    kinds = _kinds(of_a_start(PAIR))

    assert kinds["memorandum_complete"] == "yes_no"
    assert kinds["eoi_deadline"] == "date"
    assert kinds["agreed_roadmap"] == "whole"
    assert kinds["domain"] == "choice"


def test_a_step_reads_what_its_checks_and_its_effects_read() -> None:
    def step(trigger: str, *letters: str) -> dict[str, str]:
        return _kinds(of_a_step(wp6().workflows, FLAG, trigger, letters))

    assert step("acknowledge") == {"owner": "text", "next_step": "text", "review_on": "date"}
    assert step("close") == {"outcome": "text"}
    assert step("worsen") == {"severity": "", "cause": "", "reasons": ""}
    assert step("wake") == {}


def test_a_letter_of_a_step_is_told_what_was_said_with_it() -> None:
    sources = ("event.reason", "event.note", "record.note.held_on")

    known = _kinds(of_a_step(wp6().workflows, PAIR, "suspend", sources))

    assert known["reason"] == ""
    assert known["review_on"] == "date"
    assert not {"note", "record"} & known.keys()


def test_of_a_step_that_does_not_exist_nothing_is_known() -> None:
    assert of_a_step(wp6().workflows, FLAG, "nonsense", ()) is None


def test_a_fact_may_be_a_number_with_a_point() -> None:
    workflow = replace(FLAG, facts={"share": 0.5})

    assert of_a_start(workflow) == (Spoken("share", Field("share", "number")),)
