"""What is missing is said in words of the record's title, as a centre could read them."""

import pytest

from engine.checks.values import Count, FactIs, Present
from engine.checks.wording import noun, the_record
from engine.dates.view import View
from engine.model.definition import RecordType
from engine.model.dossier import Parent
from tests.support.dossiers import a_dossier, a_version
from tests.support.stories import a_state, a_view, a_workflow

TITLES = {
    "contacts": "Contact list per department",
    "readiness": "Readiness checklist RACCC-31",
    "memorandum": "Memorandum of Understanding",
    "maturity": "Maturity Model, baseline",
    "mou": "MoU",
}
WORKFLOW = a_workflow(
    a_state("first"),
    records={name: RecordType(name, title, ("aspiring",)) for name, title in TITLES.items()},
)
FILED = a_dossier(records={"contacts": (a_version({"agreed": False, "needed": []}),)})


def _own() -> View:
    return a_view(FILED, WORKFLOW)


def _below() -> View:
    return a_view(a_dossier(parent=Parent(WORKFLOW, FILED)))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("contacts", "the contact list per department"),
        ("readiness", "the readiness checklist RACCC-31"),
        ("memorandum", "the Memorandum of Understanding"),
        ("maturity", "the Maturity Model, baseline"),
        ("mou", "the MoU"),
        ("never_declared", "the never declared"),
    ],
)
def test_a_record_is_called_by_its_title_below_its_pair_too(record: str, said: str) -> None:
    assert the_record(_own(), record) == the_record(_below(), record) == said


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (Present("record.readiness"), "nobody has filed the readiness checklist RACCC-31 yet"),
        (
            Present("record.contacts.needed"),
            'the contact list per department leaves "needed" empty',
        ),
        (
            FactIs("record.contacts.agreed", one_of=(True,)),
            'the contact list per department answers "agreed" with no; yes is needed',
        ),
        (
            Count("record.contacts.needed", at_least=2, where={"kind": "care"}),
            "the contact list per department lists 0 needed (care); at least 2 are needed",
        ),
        (Count("fact.trials", at_least=1, where={"kind": "care"}), "the trials (care): 0; at"),
        (Count("record.contacts.needed", at_most=-1), "lists 0 needed; at most -1 are allowed"),
        (Present("parties.coordinator.domain"), "the domain of the coordinator is not known yet"),
        (Present("event.note"), "no reason is given in the note"),
        (Present("event.owner"), "the owner is not given"),
    ],
)
def test_what_is_missing_is_a_sentence(check: Present | FactIs | Count, said: str) -> None:
    (lack,) = check.lacks(_own())

    assert said in lack.detail


def test_what_is_missing_of_the_pair_is_said_alike_below_it() -> None:
    (lack,) = Present("parent.record.contacts.needed").lacks(_below())

    assert lack.detail == 'the contact list per department leaves "needed" empty'
    assert noun(_below(), "parent.fact.domain") == "the domain"
