"""What pydantic finds wrong with a definition is said in sentences with a place and a remedy."""

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from engine.suggestions import suggestion
from workflows.yaml.problems import explain
from workflows.yaml.reading import read


class Shape(BaseModel):
    """Refuses what it does not know, and guesses nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Notify(Shape):
    """Tells somebody."""

    kind: Literal["notify"]
    letter: str


class Open(Shape):
    """Opens a child."""

    kind: Literal["open"]
    workflow: str


class State(Shape):
    """One of several."""

    title: str
    horizon: Literal["short", "mid"] = "short"
    days: int = 1
    share: float = 1.0
    final: bool = False
    acts: list[str] = []
    begins: date | None = None
    effects: list[Annotated[Notify | Open, Field(discriminator="kind")]] = []
    limit: Annotated[int, Field(ge=1)] = 1

    @field_validator("title")
    @classmethod
    def _begins_with_a_capital(cls, title: str) -> str:
        if title[:1].islower():
            raise ValueError("Begin the title with a capital")
        return title


class Definition(Shape):
    """The whole file."""

    name: str = Field(alias="workflow")
    states: dict[str, State]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("titel: A", '3:3: "title" is missing: add a line `title: ...`'),
        ("title: A, titel: B", '3:20: the key "titel" is not known: did you mean "title"?'),
        ("title: A, TITLE: B", '3:20: the key "TITLE" is not known: did you mean "title"?'),
        ("title: 2026.1", '3:17: "title" should be text, not the number 2026.1: put it in quotes'),
        ("title: true", '3:17: "title" should be text, not true: put it in quotes'),
        ("title: null", '3:17: "title" should be text, not nothing'),
        ("title: [A]", '3:17: "title" should be text, not a list'),
        ("title: {a: b}", '3:17: "title" should be text, not a mapping'),
        ("title: lower", '3:17: "title": begin the title with a capital'),
        ("title: A, horizon: shrot", '3:29: "horizon" cannot be "shrot": did you mean "short"?'),
        ("title: A, horizon: zzz", '3:29: "horizon" cannot be "zzz": known here: short, mid'),
        ("title: A, horizon: 3", "\"horizon\" cannot be the number 3: write 'short' or 'mid'"),
        ("title: A, days: three", '3:26: "days" should be a whole number, not "three"'),
        ("title: A, days: 1.5", '3:26: "days" should be a whole number, not the number 1.5'),
        ("title: A, share: x", '3:27: "share" should be a number, not "x"'),
        ("title: A, final: 1", '3:27: "final" should be true or false, not the number 1'),
        ("title: A, acts: x", '3:26: "acts" should be a list (`- ` before each item), not "x"'),
        ("title: A, acts: [x, 2]", '3:30: item 2 of "acts" should be text, not the number 2'),
        ("title: A, begins: 5", '3:28: "begins" should be a date like 2026-04-01, not the number'),
        ("title: A, limit: 0", '3:27: "limit" is 0: it should be at least 1'),
        ("title: A, effects: [{kind: notfy}]", 'cannot be "notfy": did you mean "notify"?'),
        (
            "title: A, effects: [{letter: x}]",
            "item 1 of \"effects\" does not say its kind: add 'kind'",
        ),
        ("title: A, effects: [{kind: notify}]", '3:30: "letter" is missing'),
        (
            "title: A, effects: [{kind: notify, leter: x, letter: y}]",
            '3:45: the key "leter" is not known: did you mean "letter"?',
        ),
    ],
)
def test_each_problem_is_a_sentence_at_its_place(line: str, sentence: str) -> None:
    text = f"workflow: pairing\nstates:\n  open: {{{line}}}\n"

    assert any(sentence in said for said in _explained(text))


def test_a_file_of_the_wrong_form_is_explained_at_its_beginning() -> None:
    said = _explained("- a\n")

    assert said == ["p.yaml:1:1: the file should be a mapping (`name: value` lines), not a list"]


def test_problems_come_in_the_order_of_the_file_and_each_once() -> None:
    said = _explained("workflow: 1\nstates:\n  a: {title: 1}\n  b: {title: [], days: x}\nzz: 1\n")

    lines = [int(sentence.split(":")[1]) for sentence in said]
    assert lines == [1, 3, 4, 4, 5]
    assert len(set(said)) == len(said)


def test_an_alias_of_a_field_is_the_key_that_is_suggested() -> None:
    said = _explained("workflw: pairing\nstates: {}\n")

    assert said == [
        'p.yaml:1:1: "workflow" is missing: add a line `workflow: ...`',
        'p.yaml:1:1: the key "workflw" is not known: did you mean "workflow"?',
    ]


def test_without_the_model_a_missing_key_is_still_suggested() -> None:
    document = read("workflw: pairing\nstates: {}\n", "p.yaml")
    with pytest.raises(ValidationError) as refused:
        Definition.model_validate(document.content)

    assert 'did you mean "workflow"?' in "\n".join(explain(document, refused.value))


def test_after_fifty_problems_only_their_number_is_said() -> None:
    said = _explained("workflow: a\nstates:\n" + "".join(f"  s{n}: 1\n" for n in range(5_000)))

    assert len(said) == 51
    assert said[-1] == "and 4950 more"


def test_a_model_without_a_schema_explains_without_knowing_the_keys() -> None:
    class Odd(BaseModel):
        model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
        place: complex | type[int] | object = None
        callback: memoryview | None = None

    document = read("zzz: 1\n", "p.yaml")
    with pytest.raises(ValidationError) as refused:
        Odd.model_validate(document.content)

    assert explain(document, refused.value, Odd) == [
        'p.yaml:1:1: the key "zzz" is not known: remove it'
    ]


def test_a_suggestion_is_spelled_as_it_is_known() -> None:
    assert suggestion("t_0", ["T0", "visit_1"]) == 'did you mean "T0"?'


def test_a_suggestion_names_at_most_thirty() -> None:
    many = [f"name{number}" for number in range(40)]

    assert suggestion("qqq", many) == f"known here: {', '.join(many[:30])}, ..."


def _explained(text: str) -> list[str]:
    document = read(text, "p.yaml")
    with pytest.raises(ValidationError) as refused:
        Definition.model_validate(document.content)
    return explain(document, refused.value, Definition)
