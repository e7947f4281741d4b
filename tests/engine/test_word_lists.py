"""Words to choose from: of a list, of what was filed before, or between the ends of a scale."""

from dataclasses import replace

import pytest

from engine.checks.among import offered, words_of
from engine.checks.records import problems
from engine.checks.values import Covers
from engine.dates.view import View
from engine.model.comparison import Comparison, compared
from engine.model.definition import RecordType
from engine.model.dossier import Parent
from engine.model.fields import Field
from engine.model.word_lists import LISTS, WordList
from tests.support.dossiers import a_dossier, a_party, a_version
from tests.support.stories import a_state, a_view, a_workflow

FRUITS = WordList(
    "fruits",
    "Fruits",
    {"Apple": {"trees": ("tall", "small")}, "Pear": {"trees": ("tall",)}},
    holds=("fact.fruit", "parties.aspiring.fruit"),
)
SCALE = WordList("scale", "Scale", {}, imported=True)
TASTING = RecordType(
    "tasting",
    "Tasting",
    ("aspiring",),
    fields=(
        Field("fruit", "text", among="list.fruits"),
        Field("score", "number", among="list.scale", optional=True),
        Field("agreed", "list", among="record.basket.proposed", optional=True),
        Field("liked", "list", among="record.tasting.proposed", optional=True),
        Field("proposed", "list", optional=True),
        Field("rows", "rows", optional=True, rows=(Field("fruit", "text", among="list.fruits"),)),
    ),
)
WORKFLOW = a_workflow(
    a_state("first"),
    records={"tasting": TASTING},
    lists={"fruits": FRUITS, "scale": SCALE},
    facts={"fruit": ""},
)
OFFICE = replace(a_party("office"), facts={LISTS: {"scale": ["0", "1", "2.5"]}})


def _view(**changes: object) -> View:
    return a_view(a_dossier(**{"office": OFFICE, "facts": {"fruit": "Pear"}, **changes}), WORKFLOW)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("list.fruits", ["Apple", "Pear"]),
        ("list.fruits.trees.fact.fruit", ["tall"]),
        ("list.fruits.trees.fact.nothing", []),
        ("list.scale", ["0", "1", "2.5"]),
        ("list.unknown", None),
    ],
)
def test_a_path_leads_to_the_words_of_a_list_or_a_part_of_one(path: str, value: object) -> None:
    assert _view().value(path) == value


def test_a_list_is_looked_up_in_the_case_above() -> None:
    above = a_dossier(office=OFFICE, facts={"fruit": "Apple"})

    below = a_view(a_dossier(parent=Parent(WORKFLOW, above)))

    assert below.value("list.fruits.trees.fact.fruit") == ["tall", "small"]


@pytest.mark.parametrize(
    ("content", "field", "told"),
    [
        ({"fruit": "Aple"}, "fruit", "Did you mean Apple? Choose one of: Apple, Pear."),
        ({"fruit": "Pear", "score": 222}, "score", "Give at most 2.5."),
        ({"fruit": "Pear", "score": -1}, "score", "Give at least 0."),
        ({"fruit": "Pear", "rows": [{"fruit": "Plum"}]}, "rows.1.fruit", "Choose one of"),
        ({"fruit": "Pear", "agreed": ["b", "c"]}, "agreed.2", "Choose one of: a, b."),
    ],
)
def test_a_word_that_stands_nowhere_is_refused_with_those_that_do(
    content: dict[str, object], field: str, told: str
) -> None:
    filed = a_version({"proposed": ["a", "b"]})

    (found,) = problems(offered(TASTING, _view(records={"basket": (filed,)})).fields, content)

    assert found.field == field
    assert told in found.remedy


def test_words_of_the_record_itself_are_those_that_come_in_with_it() -> None:
    before = {"tasting": (a_version({"fruit": "Pear", "proposed": ["a"]}),)}
    content = {"fruit": "Pear", "proposed": ["b"], "liked": ["a"]}

    (found,) = problems(offered(TASTING, _view(records=before), content).fields, content)

    assert (found.field, found.remedy) == ("liked.1", "Choose one of: b.")
    assert problems(offered(TASTING, _view(records=before)).fields, content) == ()


def test_words_that_stand_in_their_list_are_taken() -> None:
    content = {"fruit": "Pear", "score": 2.5, "rows": [{"fruit": "Apple"}]}

    assert problems(offered(TASTING, _view()).fields, content) == ()


def test_a_list_that_nobody_imported_yet_refuses_nothing() -> None:
    nothing = _view(office=a_party("office"))

    assert problems(offered(TASTING, nothing).fields, {"fruit": "Pear", "score": 222}) == ()


def test_what_a_part_of_a_list_asks_for_is_missed_by_name() -> None:
    check = Covers("record.tasting.proposed", "list.fruits.trees.fact.fruit")
    filed = {"tasting": (a_version({"proposed": ["tall"]}),)}

    assert check.lacks(_view(records=filed)) == ()
    (lack,) = check.lacks(_view(records=filed, facts={"fruit": "Apple"}))
    assert "small" in lack.detail


def test_a_fact_and_a_fact_of_a_centre_say_words_of_their_list() -> None:
    assert words_of(WORKFLOW, "fact.fruit") == ("Apple", "Pear")
    assert words_of(WORKFLOW, "parties.aspiring.fruit") == ("Apple", "Pear")
    assert words_of(WORKFLOW, "parties.coordinator.fruit") == ()


def test_what_was_measured_several_times_stands_side_by_side() -> None:
    comparison = Comparison("c", "C", ("a", "b", "c"), "rows", "of", "value", also=("overall",))

    found = compared(
        comparison,
        [
            {
                "overall": 2,
                "rows": [{"of": "care", "value": 1.1}, {"of": "data", "value": "in part"}],
            },
            None,
            {
                "overall": 3,
                "rows": [{"of": "data", "value": "in place"}, {"of": "care", "value": 1.4}],
            },
        ],
    )

    assert [(row.what, row.values, row.change) for row in found] == [
        ("overall", (2, None, 3), 1),
        ("care", (1.1, None, 1.4), 0.3),
        ("data", ("in part", None, "in place"), True),
    ]


def test_what_was_measured_once_has_not_changed_yet() -> None:
    comparison = Comparison("c", "C", ("a", "b"), "rows", "of", "value")

    (row,) = compared(comparison, [{"rows": [{"of": "care", "value": 1}]}, None])

    assert row.change is None
