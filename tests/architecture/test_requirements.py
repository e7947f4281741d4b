"""Every rule of the programme and every promise lives somewhere, or says why it does not."""

from collections.abc import Iterator

from tests.architecture.tree import ROOT
from tests.support.pictures import workflows
from tests.support.requirements import COLUMNS, PAGE, filled, found, names, rows

LAST = {"R": 10, "B": 21, "S": 17, "V": 13, "A": 26, "N": 25, "F": 20, "T": 22, "Q": 26}
PROMISES = 21

TEXT = PAGE.read_text(encoding="utf-8")
TABLE = tuple(rows(TEXT))


def test_the_ledger_holds_every_id_once() -> None:
    listed = [row.id for row in TABLE]

    assert listed == list(_ids())


def test_a_requirement_lives_somewhere_or_says_why_not() -> None:
    living = {row.id for row in TABLE if any(found(row.id).values())}

    outdated = [row.id for row in TABLE if row.reason and row.id in living]
    lost = [row.id for row in TABLE if not row.reason and row.id not in living]
    bare = [row.id for row in TABLE if not row.reason and not any(row.places.values())]

    assert outdated == [], "these live now: take the reason out"
    assert lost == [], "name each where it lives, or write the reason why it does nowhere"
    assert bare == [], "renew: python -m tests.support.requirements"


def test_a_file_that_the_ledger_names_exists_and_carries_the_id() -> None:
    named = [(row.id, path) for row in TABLE for column in COLUMNS for path in row.places[column]]

    missing = [(name, path) for name, path in named if not (ROOT / path).is_file()]
    silent = [
        (name, path) for name, path in named if (ROOT / path).is_file() and not names(path, name)
    ]

    assert missing == [], "renew: python -m tests.support.requirements"
    assert silent == [], "renew: python -m tests.support.requirements"


def test_each_sentence_is_our_own_and_each_rule_says_whose_it_is() -> None:
    marks = {row.id: row.mark for row in TABLE}
    sentences = [row.says for row in TABLE]

    assert {mark for name, mark in marks.items() if "-" in name} == {"P", "D"}
    assert [says for says in sentences if not says.endswith(".")] == []
    assert len(set(sentences)) == len(sentences)


def test_a_row_without_a_place_is_filled_from_the_tree_and_keeps_its_words() -> None:
    bare = "| B-07 | P | Late ones need a waiver. | - | - | - | |\n"

    (row,) = rows(filled(bare))

    assert "workflows/wp6/pairing.yaml" in row.places["definitions"]
    assert row.says == "Late ones need a waiver."


def test_a_rule_of_every_definition_is_an_id_of_the_ledger() -> None:
    known = {row.id for row in TABLE}

    strangers = {rule for rule in _rules() if rule not in known}

    assert strangers == set()


def _rules() -> Iterator[str]:
    for workflow in workflows().values():
        for rules in (
            *(state.rule for state in workflow.states.values()),
            *(record.rule for record in workflow.records.values()),
            *(flag.rule for flag in workflow.flags.values()),
            *(step.rule for step in workflow.transitions),
            *(requirement.rule for requirement in workflow.requirements()),
        ):
            yield from rules


def _ids() -> Iterator[str]:
    for letter, last in LAST.items():
        yield from (f"{letter}-{number:02}" for number in range(1, last + 1))
        if letter == "S":
            yield "S-10a"
    yield from (f"P{number}" for number in range(1, PROMISES + 1))
