"""Starting a pair: its centres, its people, its first state, or a sentence and nothing."""

import pytest

from engine.model.outcomes import Refusal
from engine.model.plan import Plan
from runtime.use_cases.directory import add_person
from runtime.use_cases.directory_checks import DirectoryError, NewContact
from runtime.use_cases.start_case import Part, StartError, assign_party, start_pair
from storage.directory.rows import Contact
from storage.errors import ConflictError, NotFoundError
from tests.support.grove import Grove
from tests.support.growers import LEAD, PAIRS, key_of, new_pair


def test_each_pair_has_its_own_centres_and_its_own_people_the_main_one_first(
    any_grove: Grove,
) -> None:
    for pair, (coordinator, aspiring) in PAIRS.items():
        dossier = any_grove.dossier(pair)

        keys = {side: [each.key for each in centres] for side, centres in dossier.parties.items()}
        assert keys == {"coordinator": [coordinator], "aspiring": [aspiring]}
        for role in ("facilitator", "coordinator", "aspiring"):
            emails = [person.email for person in dossier.people_as(role)]
            assert emails == [
                f"{key_of(pair, role, place)}@example.org" for place in ("main", "deputy")
            ]


def test_a_pair_begins_in_the_first_state_with_what_its_entry_opens(grove: Grove) -> None:
    dossier = grove.dossier("VIE-BIR")

    assert (dossier.state, dossier.stay, dossier.version) == ("planted", 1, 1)
    assert [child.workflow for child in dossier.children] == ["check_in"]


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"workflow": "pear"}, StartError, "no workflow pear; there are: check_in, pairing"),
        ({"parties": {"gardener": ("vienna",)}}, StartError, "no side gardener; the sides are"),
        (
            {"parties": {"coordinator": ("birchwater",)}},
            StartError,
            "a centre for the side aspiring",
        ),
        ({"parties": {"coordinator": ("atlantis",)}}, NotFoundError, "no centre atlantis"),
        ({"people": {"facilitator": ("nobody",)}}, NotFoundError, "no person nobody"),
        (
            {"people": {"aspiring": (key_of("VIE-BIR", "coordinator"),)}},
            DirectoryError,
            "of vienna",
        ),
        ({"people": {"gardener": (key_of("VIE-BIR", "aspiring"),)}}, StartError, "role gardener"),
        ({"reference": "12"}, StartError, "is no reference"),
        ({"reference": "A B"}, StartError, "is no reference"),
        ({"reference": "LIS-ELM"}, ConflictError, "a case LIS-ELM already"),
    ],
)
def test_a_pair_that_cannot_be_started_leaves_nothing_behind(
    changed: dict[str, object], error: type[Exception], said: str, grove: Grove
) -> None:
    wanted = new_pair("VIE-BIR", **{"reference": "NEW", **changed})

    with pytest.raises(error, match=said):
        start_pair(grove.runtime, wanted, LEAD)

    with pytest.raises(NotFoundError):
        grove.find("NEW")


def test_a_centre_may_be_exchanged_where_the_state_allows_it(any_grove: Grove) -> None:
    case = any_grove.pairs["VIE-BIR"]
    people = ("head-of-porto", "deputy-of-porto")
    for key in people:
        contact = Contact(key, key, f"{key}@example.org")
        add_person(any_grove.runtime, NewContact(contact, "porto"), LEAD)

    outcome = assign_party(any_grove.runtime, case, Part("coordinator", "porto", people), LEAD)

    assert isinstance(outcome, Plan)
    dossier = any_grove.dossier("VIE-BIR")
    assert dossier.party_of("coordinator").key == "porto"
    assert dossier.party_of("aspiring").key == "birchwater"
    assert [person.email for person in dossier.people_as("coordinator")] == [
        f"{key}@example.org" for key in people
    ]
    assert len(dossier.people_as("aspiring")) == 2


def test_a_centre_that_the_state_does_not_let_go_stays(grove: Grove) -> None:
    case = grove.pairs["VIE-BIR"]
    grove.steps("VIE-BIR", "suspend", "lead")

    for side, key in (("aspiring", "elmford"), ("coordinator", "porto")):
        outcome = assign_party(grove.runtime, case, Part(side, key), LEAD)
        assert isinstance(outcome, Refusal)

    dossier = grove.dossier("VIE-BIR")
    assert {dossier.party_of(side).key for side in dossier.parties} == {"vienna", "birchwater"}
    assert len(dossier.people_as("coordinator")) == 2
