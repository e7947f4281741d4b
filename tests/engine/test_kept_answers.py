"""Answers of one version beside another: whose words they have, and what a definition can take."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from engine.letters.answers import (
    Act,
    Answer,
    Answers,
    Asked,
    FileRecord,
    Offer,
    PassOn,
    SignRecord,
    TakeStep,
)
from engine.letters.kept_answers import fitting, with_words_of
from engine.model.fields import Field
from tests.support.workflows import a_final_state, a_record, a_state, a_step, a_workflow

PLAN = a_record("plan", fields=(Field("size", "whole"), Field("word", "text", optional=True)))
SMALL = a_workflow(
    a_state("drafting"),
    a_final_state(),
    records={"plan": PLAN, "deed": a_record("deed", signatories=("coordinator",))},
    steps=(a_step("close", "drafting", "closed"),),
)
YES = Answer("yes", TakeStep("close"), "Yes, close it", "YES", may_add="Say why.")


def _answers(*offered: Answer, **values: str) -> Answers:
    return Answers({"N-1.ask": Offer("N-1.ask", offered)}, MappingProxyType(values))


def test_an_answer_that_does_the_same_has_the_words_of_now() -> None:
    now = replace(YES, says="Yes, please close it", word="CLOSE", may_add="")

    found = with_words_of(_answers(YES, size="Size", old="Old"), _answers(now, size="How large"))

    assert found.of("N-1.ask") == (now,)
    assert found.values == {"size": "How large", "old": "Old"}


@pytest.mark.parametrize(
    "now",
    [
        replace(YES, name="no", says="Other words"),
        replace(YES, does=TakeStep("open"), says="Other words"),
        replace(YES, asks=(Asked("size", Field("size", "whole")),), says="Other words"),
        replace(YES, is_binding=True, says="Other words"),
    ],
    ids=["another name", "another step", "another value", "a code besides"],
)
def test_an_answer_that_does_something_else_by_now_keeps_its_words(now: Answer) -> None:
    assert with_words_of(_answers(YES), _answers(now)).of("N-1.ask") == (YES,)


SIZE = Asked("size", Field("size", "whole"))
OPTIONAL = Asked("size", Field("size", "whole", optional=True))


def _fitting(does: Act, *asks: Asked) -> bool:
    answer = Answer("it", does, "It is so", asks=asks)
    return fitting(_answers(answer), SMALL).of("N-1.ask") == (answer,)


@pytest.mark.parametrize(
    ("does", "asks"),
    [
        (TakeStep("close"), ()),
        (SignRecord("deed"), ()),
        (FileRecord("plan", {"size": 3}), ()),
        (FileRecord("plan"), (SIZE,)),
        (FileRecord("plan", then="close"), (SIZE,)),
        (PassOn(), ()),
    ],
)
def test_an_answer_of_another_version_is_offered_where_a_definition_can_take_it(
    does: Act, asks: tuple[Asked, ...]
) -> None:
    assert _fitting(does, *asks)


@pytest.mark.parametrize(
    ("does", "asks"),
    [
        (TakeStep("open"), ()),
        (SignRecord("memo"), ()),
        (FileRecord("plan", then="open"), (SIZE,)),
        (FileRecord("memo"), (SIZE,)),
        (FileRecord("plan", {"size": 3, "colour": "red"}), ()),
        (FileRecord("plan", {"size": 3}), (Asked("colour", Field("it", "text")),)),
        (FileRecord("plan", {"word": "it"}), ()),
        (FileRecord("plan"), (OPTIONAL,)),
    ],
)
def test_what_a_definition_lacks_or_wants_besides_keeps_an_answer_from_being_offered(
    does: Act, asks: tuple[Asked, ...]
) -> None:
    assert not _fitting(does, *asks)
