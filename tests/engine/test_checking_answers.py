"""A letter offers what its reader can do, or `pairing check` says with its line what is wrong."""

from dataclasses import replace

import pytest

from engine.checks.meetings import TimesNamed
from engine.letters.answers import (
    Act,
    Answer,
    Answers,
    Asked,
    Day,
    FileRecord,
    Offer,
    PassOn,
    SayDay,
    SignRecord,
    TakeStep,
    Wish,
)
from engine.letters.catalogue import Catalogue, Letter, Stage
from engine.lint.answers import answers
from engine.model.definition import Workflow
from engine.model.fields import Field
from tests.support.meetings import VISIT
from tests.support.workflows import (
    FILE,
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_record,
    a_rung,
    a_state,
    a_step,
    a_workflow,
    at,
)

ASK = Stage("N-01", "ask", ("aspiring",), "normal", "answer", "told", "why")
LETTERS = Catalogue("small", letters={"N-01": Letter("N-01", "Asking", {"ask": ASK})})
PLAN = a_record("plan", fields=(Field("size", "whole"), Field("word", "text", optional=True)))
SIGNED = a_record("deed", signatories=("coordinator",))
RUNG = a_rung(letter="N-01.ask", to=("aspiring",))
SMALL = replace(
    a_workflow(
        a_state("drafting", a_ladder(RUNG)),
        a_final_state(),
        records={"plan": PLAN, "deed": SIGNED},
        steps=(a_step("close", "drafting", "closed"),),
    ),
    notices={"wrote_back": (a_letter("N-02.told"),)},
)
SIZE = Asked("size", Field("size", "whole"))


def _found(does: Act, *asks: Asked, on: Workflow = SMALL, **more: object) -> list[str]:
    answer = Answer("it", does, "It is so", asks=asks, place=at(3))
    answer = replace(answer, **more)  # type: ignore[arg-type]  # a test names fields of the class
    offered = Answers({"N-01.ask": Offer("N-01.ask", (answer,), at(9))})
    return [str(each) for each in answers(a_programme(on), LETTERS, offered)]


def test_what_its_reader_may_do_is_sound() -> None:
    assert _found(FileRecord("plan"), SIZE) == []
    assert _found(FileRecord("plan", {"size": 3})) == []
    assert _found(PassOn(), word="HELP") == []


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        (FileRecord("plam"), "3:1: no record 'plam'; did you mean plan?"),
        (FileRecord("plan", {"sizes": 3}), "3:1: no field of plan 'sizes'; did you mean size?"),
        (FileRecord("plan"), "3:1: answer it leaves size of plan out; ask for it, or write it"),
        (FileRecord("plan", {"size": 3}, "closed"), "3:1: no trigger 'closed'"),
        (FileRecord("plan", {"size": 3}, "close"), "9:1: aspiring reads N-01.ask and may not take"),
        (TakeStep("close"), "9:1: aspiring reads N-01.ask and may not take 'close'; leave it out"),
        (SignRecord("deed"), "9:1: aspiring reads N-01.ask and may not sign 'deed'"),
        (SignRecord("dead"), "3:1: no record 'dead'"),
        (SayDay(Day.YES), "9:1: N-01.ask seeks the day of no meeting; let its ladder run until"),
    ],
    ids=lambda each: None if isinstance(each, str) else str(each),
)
def test_what_nobody_could_do_is_refused_with_its_line(does: Act, sentence: str) -> None:
    found = _found(does, is_binding=True)

    assert any(each.startswith(f"{FILE}:{sentence}") for each in found), found


def test_a_value_of_another_kind_than_its_field_is_refused() -> None:
    day = Asked("size", Field("on", "date"))

    found = _found(FileRecord("plan"), day)

    expected = f"{FILE}:3:1: on is a date, and size of plan a whole; ask for a value of the same"
    assert [each.startswith(expected) for each in found] == [True]


def test_a_day_is_answered_by_the_sides_that_the_meeting_asks() -> None:
    seeking = a_ladder(RUNG, unmet=TimesNamed("visit"))
    states = (a_state("drafting", seeking), a_final_state())
    on = a_workflow(*states, records={VISIT.record: a_record(VISIT.record)})

    only = replace(VISIT, answers={"coordinator": "accepted"})
    both = replace(VISIT, answers={"coordinator": "accepted", "aspiring": "accepted_too"})

    assert _found(SayDay(Day.YES), on=replace(on, meetings={"visit": both})) == []
    assert _found(SayDay(Day.CHOOSE), on=replace(on, meetings={"visit": both})) == []
    bare = replace(both, options="")
    assert len(_found(SayDay(Day.CHOOSE), on=replace(on, meetings={"visit": bare}))) == 1
    assert len(_found(SayDay(Day.YES), on=replace(on, meetings={"visit": only}))) == 1


def test_what_is_passed_on_is_heard_by_somebody() -> None:
    found = _found(PassOn(), on=replace(SMALL, notices={}))

    sentence = "answer it is passed on, and nobody hears of it"
    assert found == [f"{FILE}:3:1: {sentence}; let a letter go under notices: wrote_back"]


def test_a_word_says_nothing_but_itself_and_a_day() -> None:
    size, day = (Asked("size", Field(kind, kind)) for kind in ("whole", "date"))

    assert len(_found(FileRecord("plan"), size, word="SIZE")) == 1
    assert _found(PassOn(), day, word="LATER") == []
    options = Asked("times", Field("options", "text"), are_options=True)
    assert _found(PassOn(), options, word="1, 2") == []


def test_nobody_signs_by_a_word_or_a_click_alone() -> None:
    on = replace(SMALL, records={"deed": replace(SIGNED, signatories=("aspiring",))})

    assert _found(SignRecord("deed"), on=on, is_binding=True) == []
    assert len(_found(SignRecord("deed"), on=on)) == 1
    assert len(_found(SignRecord("deed"), on=on, is_binding=True, word="SIGN")) == 1


def test_the_letter_that_offers_answers_exists_and_asks() -> None:
    yes, no = (Answer(name, PassOn(), name, "YES", place=at(3)) for name in ("yes", "no"))
    offered = Answers(
        {
            "N-01.ask": Offer("N-01.ask", (yes, no), at(9)),
            "N-01.as": Offer("N-01.as", (yes,), at(10)),
        }
    )
    quiet = replace(
        LETTERS, letters={"N-01": Letter("N-01", "", {"ask": replace(ASK, act="none")})}
    )

    found = [str(each) for each in answers(a_programme(SMALL), LETTERS, offered)]
    of_quiet = [str(each) for each in answers(a_programme(SMALL), quiet, offered)]

    assert found == [
        f"{FILE}:10:1: no letter 'N-01.as'; did you mean N-01.ask?",
    ]
    assert any("N-01.ask asks for nothing, and offers answers" in each for each in of_quiet)


def test_what_puts_off_asks_for_one_day() -> None:
    size, day = (Asked("size", Field(kind, kind)) for kind in ("whole", "date"))
    later = PassOn(Wish.NOT_BEFORE)

    assert _found(later, day) == []
    sentence = f"{FILE}:3:1: answer it puts off until no one day; let it ask for a date"
    assert [each.startswith(sentence) for each in _found(later, size)] == [True]
    assert len(_found(later)) == 1
