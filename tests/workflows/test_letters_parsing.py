"""letters.yaml becomes the catalogue of letters, or says what is wrong with it and where."""

from datetime import date
from itertools import islice

import pytest

from engine.letters.catalogue import Stage
from engine.letters.fact_types import FactType
from tests.support.garden import FOLDER
from tests.support.mutants import mutants
from workflows.schema.letters import parse_letters
from workflows.yaml.problems import DefinitionProblemsError
from workflows.yaml.reading import read

TEXT = (FOLDER / "letters.yaml").read_text(encoding="utf-8")
MISTAKES = (
    ("type: date,", "type: dat,", '"type" cannot be "dat": did you mean "date"?'),
    ("from: ask.due_on", "from: due", "'due' is not a path: write where the fact is found"),
    ('example: "2026-12-14"', "example: soon", "fact due_date: the example 'soon' is no date"),
    ('example: "2026-12-14"', "xample: soon", 'the key "xample" is not known: did you mean'),
    ("urgency: at_once", "urgency: soon", '"urgency" cannot be "soon": known here: '),
    ("minutes: 5\n", "minutes: -5\n", "-5 is out of bounds: write a whole number"),
    ("to: [lead]", "to: [the lead]", "'the lead' is not an audience: write a role"),
    ("told: nobody.\n", "told: ''\n", "the text is empty: write it, or remove the line"),
    ("  N-03:\n", "  N 03:\n", "'N 03' is not an id"),
    ("      ask:\n", "      ask it:\n", "'ask it' is not a name"),
    ("programme: garden", "programme:", "nothing is written here: write a value"),
)


def test_a_fact_has_a_type_a_source_and_an_example() -> None:
    catalogue = parse_letters(TEXT, "letters.yaml")

    due, items = catalogue.fact("due_date"), catalogue.fact("items")
    assert (catalogue.programme, due.type, due.source) == ("garden", FactType.DATE, "ask.due_on")
    assert due.sample() == date(2026, 12, 14)
    assert items.sample() == ({"who": "Gardener West", "day": date(2026, 12, 7)},)
    assert catalogue.fact("minutes").optional
    assert catalogue.fact("gardener_name").means == "who plants"


def test_a_letter_has_stages() -> None:
    catalogue = parse_letters(TEXT, "letters.yaml")

    assert catalogue.letter("N-03").title == "Lease to sign"
    assert catalogue.stage("N-03.ask") == Stage(
        letter="N-03",
        name="ask",
        to=("mentor", "gardener"),
        urgency="at_once",
        act="sign the lease",
        told="nobody.",
        reason="you share a plot with {{ gardener_name }}.",
        minutes=5,
    )
    assert [stage.id for stage in catalogue.stages()] == ["N-03.ask", "N-03.lead", "N-06.dry"]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_place(right: str, wrong: str, said: str) -> None:
    assert right in TEXT

    with pytest.raises(DefinitionProblemsError) as refusal:
        parse_letters(TEXT.replace(right, wrong, 1), "letters.yaml")

    assert any(said in sentence for sentence in refusal.value.sentences), str(refusal.value)
    assert all(sentence.startswith("letters.yaml:") for sentence in refusal.value.sentences)


def test_no_mistake_in_a_letter_passes() -> None:
    accepted = []
    for mutant in islice(mutants(read(TEXT, "letters.yaml").content), 0, None, 3):
        if {"example", "means"} & set(mutant.path):
            continue  # an example may be anything its type can be; what a fact means is prose
        try:
            parse_letters(mutant.text, "letters.yaml")
        except DefinitionProblemsError:
            continue
        accepted.append((mutant.kind, mutant.path))

    assert accepted == []


def test_a_file_that_is_no_yaml_is_refused_in_the_same_way() -> None:
    with pytest.raises(DefinitionProblemsError, match=r"^letters.yaml:1:4: "):
        parse_letters("a: *b", "letters.yaml")


def test_letters_that_were_kept_before_there_were_overviews_stand_as_they_are() -> None:
    kept = TEXT.replace("urgency: at_once", "urgency: fixed_slot", 1)

    assert parse_letters(kept, "letters.yaml").overview is None
