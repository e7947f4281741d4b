"""What comes before its turn, and what belongs to another meeting, is refused where it stands."""

from dataclasses import replace

import pytest

from engine.checks.case import NewerThan
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.values import Present
from engine.letters.catalogue import Catalogue
from engine.lint.lint import problems
from engine.model.check import Check
from engine.model.definition import OpenCase, SetFact, State, Workflow
from engine.model.fields import Field
from engine.model.meetings import Letter, Meeting
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_programme,
    a_record,
    a_requirement,
    a_state,
    a_step,
    a_window,
    a_workflow,
    an_anchor,
    at,
    is_named,
    with_effects,
)

HELD = Field("held_on", "date", optional=True, past=True)
DAYS = (Field("on", "date"), HELD, Field("times", "text"))
AMONG = Field("of", "text", among="record.talk.times", place=at(6))
RECORDS = {name: a_record(name, fields=DAYS) for name in ("plan", "talk", "tour")}


def a_meeting(name: str, held: str, line: int = 0) -> Meeting:
    return Meeting(
        name=name,
        title=name,
        record=name,
        begins="on",
        held=held,
        invitation=Letter(f"N-0{1 + (name == 'tour')}.ask", ("aspiring",)),
        moved="N-01.ask",
        cancelled="N-01.ask",
        times={"aspiring": "times"} if name == "talk" else {},
        place=at(line),
    )


TALK = a_meeting("talk", "record.talk.held_on")
TOUR = a_meeting("tour", "record.tour.held_on")
ANCHORS = {
    "T0": an_anchor("T0", ("entered", "drafting")),
    "talk_on": an_anchor("talk_on", ("agreed", "talk.begins")),
    "talked": an_anchor(
        "talked", ("actual", "talk.held_on"), ("agreed", "talk.begins"), ("forecast", "drafting")
    ),
    "last": an_anchor("last", ("actual", "talk.held_on"), ("actual", "tour.held_on"), latest=True),
}


def three(
    first: State | None = None,
    second: State | None = None,
    check: Check | None = None,
    later: Check | None = None,
) -> Workflow:
    """Drafting, reviewing and an end: two meetings, and a requirement of either step."""
    asked, wanted = (
        (a_requirement(each, 6, name=name),) if each else ()
        for name, each in (("asked", check), ("wanted", later))
    )
    return a_workflow(
        first or a_state("drafting"),
        second or a_state("reviewing"),
        a_final_state(),
        steps=(
            a_step("go", "drafting", "reviewing", requires=asked),
            a_step("close", "reviewing", "closed", requires=wanted),
        ),
        records=RECORDS,
        meetings={"talk": TALK, "tour": TOUR},
        anchors=ANCHORS,
        sides=("aspiring",),
        start_anchor="T0",
        months=18,
    )


def dated(name: str, target: object, line: int = 0) -> State:
    return a_state(name, window=a_window(target), line=line)


def talking(*conditions: Check, agreed: str = "talk_on", line: int = 0, letter: str = "") -> State:
    """A state whose meeting is the talk, with a ladder for each condition."""
    plain = a_ladder(name="last")
    rungs = tuple(replace(rung, letter=letter or rung.letter) for rung in plain.rungs)
    ladders = [
        replace(plain, rungs=rungs, name=f"until_{n}", unmet=check, place=at(6))
        for n, check in enumerate(conditions)
    ]
    talk = a_state("drafting", *ladders, plain, line=line, window=a_window("entry + P9D"))
    return replace(talk, actual="record.talk.held_on", agreed=agreed)


def with_anchor(*sources: tuple[str, str]) -> Workflow:
    return replace(three(talking()), anchors={**ANCHORS, "due": an_anchor("due", *sources, line=6)})


TWO = "is about two meetings, talk and tour"
FAULTS = {
    "newer than what comes later": (
        three(check=NewerThan("plan", "reviewing")),
        "plan is to be newer than reviewing, which comes later; name drafting",
    ),
    "a ladder until what comes later": (
        three(talking(NewerThan("plan", "reviewing"))),
        "plan is to be newer than reviewing, which comes later",
    ),
    "a target before that of the state before": (
        three(dated("drafting", "T0 + P6M"), dated("reviewing", "T0 + P5M", 6)),
        "the target of reviewing lies before that of drafting, which comes first",
    ),
    "a target after the end of the programme": (
        three(dated("drafting", "T0 + P19M", 6)),
        "the target of drafting is P19M after T0, and `months` is 18",
    ),
    "words of a later record": (
        replace(
            three(check=Present("record.plan"), later=Present("record.talk")),
            records={**RECORDS, "plan": a_record("plan", fields=(AMONG,))},
        ),
        "plan is asked for in drafting, and of takes words of talk, which comes later",
    ),
    "set in vain": (
        with_effects(three(), SetFact("said", "yes", place=at(6)), SetFact("said", "no")),
        "said is set, and the next line sets it to something else",
    ),
    "one day of two meetings": (
        replace(
            three(), meetings={"talk": TALK, "tour": a_meeting("tour", "record.talk.held_on", 6)}
        ),
        f"the day of record.talk.held_on {TWO}",
    ),
    "an anchor of two": (
        with_anchor(("actual", "talk.held_on"), ("agreed", "tour.begins")),
        f"anchor due {TWO}",
    ),
    "a forecast of another": (
        with_anchor(("forecast", "drafting"), ("actual", "tour.held_on")),
        f"anchor due {TWO}",
    ),
    "a state of two": (
        replace(
            three(talking(agreed="tour_on", line=6)),
            anchors={**ANCHORS, "tour_on": an_anchor("tour_on", ("agreed", "tour.begins"))},
        ),
        f"state drafting {TWO}",
    ),
    "the day of another": (three(talking(DayFixed("tour"))), f"ladder until_0 of drafting {TWO}"),
    "the record of another": (three(talking(Present("record.tour"))), f"of drafting {TWO}"),
    "times that nobody is asked for": (
        three(talking(TimesNamed("tour"))),
        "nobody is asked for the times of tour; say `asks` whom",
    ),
    "the letters of another": (
        three(talking(TimesNamed("talk"), letter="N-02.ask")),
        f"ladder until_0 of drafting {TWO}",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_out_of_its_turn_or_of_another_meeting_is_refused(fault: str) -> None:
    workflow, sentence = FAULTS[fault]

    found = problems(a_programme(workflow), LETTERS)

    assert [each for each in found if is_named(each, 6, sentence)], list(map(str, found))


def in_order(workflow: Workflow, letters: Catalogue | None = None) -> bool:
    """Whether nothing is found, but for days that nobody is asked for once they are lost."""
    found = problems(a_programme(workflow), letters)
    return all(each.sentence.startswith("nobody is asked ") for each in found)


def test_what_is_in_its_turn_and_of_one_meeting_is_taken() -> None:
    on_time = three(
        talking(TimesNamed("talk"), DayFixed("talk"), Present("record.talk")),
        dated("reviewing", "T0 + P18M"),
        check=NewerThan("plan", "drafting"),
    )

    assert in_order(on_time)


def test_words_of_an_earlier_record_and_a_second_value_at_times_are_taken() -> None:
    sometimes = SetFact("said", "no", when=Present("record.talk"))
    told = with_effects(three(talking()), SetFact("said", "yes"), sometimes)
    earlier = replace(
        three(talking(), check=Present("record.talk"), later=Present("record.plan")),
        records={**RECORDS, "plan": a_record("plan", fields=(AMONG,))},
    )

    assert in_order(told)
    assert in_order(earlier)


def test_two_meetings_may_have_one_letter() -> None:
    talked = three(talking(TimesNamed("talk")))
    both = {"talk": TALK, "tour": replace(TOUR, invitation=TALK.invitation)}

    assert in_order(replace(talked, meetings=both), LETTERS)


def opened_with(*facts: str) -> list[str]:
    opening = a_state("drafting", entry=(OpenCase("visiting", dict.fromkeys(facts, "x")),))
    parent = a_workflow(opening, a_final_state())
    child = a_workflow(name="visiting", facts={"objective": ""})
    return list(map(str, problems(a_programme(parent, child), LETTERS)))


def test_a_fact_that_nothing_reads_is_not_handed_on() -> None:
    assert opened_with("objective") == []
    assert "nothing reads 'objectiv'" in opened_with("objectiv")[0]
    assert "did you mean objective?" in opened_with("objectiv")[0]


def test_spans_from_the_entry_of_two_states_are_not_compared() -> None:
    assert in_order(three(dated("drafting", "entry + P21D"), dated("reviewing", "entry + P14D")))
