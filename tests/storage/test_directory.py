"""Centres and people are kept as given, dead addresses are known, roles pass on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.model.dossier import PersonId
from storage.database.transactions import reading, transaction
from storage.directory import directory, roles
from storage.directory.directory import Centre, Contact
from storage.directory.office import keep_office, keep_office_facts
from storage.directory.roles import Role, Substitution
from storage.errors import ConflictError, NotFoundError
from tests.storage.lives import lives

CENTRE = Centre(
    "north",
    "Northern Invented Centre",
    "North",
    "aspiring",
    "EE",
    "Europe/Tallinn",
    region="37",
    city="Tallinn",
    language="et",
    facts={"beds": 200, "domains": ["care"]},
    closures=((date(2026, 7, 1), date(2026, 7, 14)),),
)
CONTACT = Contact(
    "nurse",
    "The nurse",
    "nurse@example.org",
    language="et",
    phone="+372 1",
    languages=("et", "en"),
    hours="mornings",
)
TODAY = date(2026, 4, 1)


def test_a_centre_is_kept_as_it_was_given(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        number = directory.add_centre(session, CENTRE)

        assert directory.centre(session, "north") == replace(CENTRE, id=number)
        assert directory.centres(session) == (replace(CENTRE, id=number),)


def test_a_centre_is_changed_by_its_key(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        number = directory.add_centre(session, CENTRE)

        directory.change_centre(session, replace(CENTRE, city="Tartu", closures=()))

        assert directory.centre(session, "north").city == "Tartu"
        assert directory.centre(session, "north").id == number


def test_the_office_is_no_centre_of_the_list_but_that_of_every_case(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        before = story.dossier(case).office
        office = replace(CENTRE, key="office", name="The office", side="office")

        with transaction(story.database) as session:
            keep_office(session, office)
            keep_office_facts(session, {"lists": {"scale": ["1", "2"]}})
            keep_office(session, replace(office, city="Paris"))
            listed = directory.centres(session)

        after = story.dossier(case).office
    assert before.zone == "Europe/Brussels"
    assert (after.name, after.zone, after.city) == ("The office", "Europe/Tallinn", "Paris")
    assert after.facts == {"lists": {"scale": ["1", "2"]}}
    assert {each.key for each in listed} == {"coordinator-PAIR-1", "aspiring-PAIR-1"}


def test_a_person_is_kept_as_given_and_found_by_key_and_number(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        number = directory.add_person(session, CONTACT)

        kept = replace(CONTACT, id=number)
        assert directory.person(session, "nurse") == kept
        assert directory.person(session, number) == kept
        assert directory.person_id(session, "nurse") == number
        assert kept in directory.people(session)


def test_keys_are_taken_once_and_unknown_ones_are_named(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        directory.add_centre(session, CENTRE)
        directory.add_person(session, CONTACT)

        with pytest.raises(ConflictError, match="a centre north already"):
            directory.add_centre(session, CENTRE)
        with pytest.raises(ConflictError, match="a person nurse already"):
            directory.add_person(session, CONTACT)
        with pytest.raises(NotFoundError, match="no centre south"):
            directory.centre(session, "south")
        with pytest.raises(NotFoundError, match="no person south"):
            directory.person(session, "south")
        with pytest.raises(NotFoundError, match="no person 99"):
            directory.person(session, PersonId(99))
        with pytest.raises(NotFoundError, match="no centre south"):
            directory.change_centre(session, replace(CENTRE, key="south"))
        with pytest.raises(NotFoundError, match="no person south"):
            directory.change_person(session, replace(CONTACT, key="south"))


def test_a_dead_address_is_known_until_another_is_given(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        number = directory.add_person(session, CONTACT)
        moment = datetime(2026, 5, 4, 12, tzinfo=UTC)

        first = directory.mark_unreachable(session, number, "550 unknown", moment)
        second = directory.mark_unreachable(session, number, "550 again", moment)
        dead = directory.person(session, "nurse")
        directory.change_person(session, replace(CONTACT, phone="+372 2"))
        still = directory.person(session, "nurse")
        directory.change_person(session, replace(CONTACT, email="nurse.two@example.org"))
        alive = directory.person(session, "nurse")

    assert (first, second) == (True, False)
    assert (dead.reachable, dead.dead_since) == (False, date(2026, 5, 4))
    assert dead.dead_reason == "550 unknown"
    assert (still.reachable, still.phone) == (False, "+372 2")
    assert (alive.reachable, alive.dead_since, alive.dead_reason) == (True, None, "")


def test_an_address_can_be_said_to_live_again(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        number = directory.add_person(session, CONTACT)
        directory.mark_unreachable(session, number, "550 unknown", date(2026, 5, 4))

        directory.mark_reachable(session, number)

        assert directory.person(session, "nurse").reachable


def test_a_substitute_takes_the_place_of_who_leaves(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        with transaction(story.database) as session:
            old = directory.person_id(session, "aspiring-PAIR-1")
            deputy = directory.person_id(session, "aspiring-PAIR-1-deputy")
            new = directory.add_person(session, CONTACT)
            change = Substitution("aspiring", old, new, date(2026, 4, 1), case)

            roles.substitute(session, change)

            with pytest.raises(NotFoundError, match="does not play the role aspiring"):
                roles.substitute(session, change)
            history = [role for role in roles.roles(session, case) if role.role == "aspiring"]
            theirs = roles.cases_of(session, old), roles.cases_of(session, new)
        now = story.dossier(case).people_as("aspiring")

    assert [(person.name, person.main) for person in now] == [
        ("The nurse", True),
        ("The aspiring-PAIR-1-deputy", False),
    ]
    assert [(role.person, role.ends_on) for role in history] == [
        (deputy, None),
        (old, date(2026, 4, 1)),
        (new, None),
    ]
    assert theirs == ((), (case,))


def test_a_substitute_of_a_deputy_stands_second_too(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        with transaction(story.database) as session:
            deputy = directory.person_id(session, "aspiring-PAIR-1-deputy")
            new = directory.add_person(session, CONTACT)

            roles.substitute(session, Substitution("aspiring", deputy, new, TODAY, case))

        now = story.dossier(case).people_as("aspiring")
    assert [(person.name, person.main) for person in now] == [
        ("The aspiring-PAIR-1", True),
        ("The nurse", False),
    ]


def test_who_left_before_everybody_did_left_on_their_own_day(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        with transaction(story.database) as session:
            deputy = directory.person_id(session, "aspiring-PAIR-1-deputy")
            nurse = directory.add_person(session, CONTACT)
            roles.substitute(session, Substitution("aspiring", deputy, nurse, TODAY, case))

            left = roles.relieve(session, case, "aspiring", date(2026, 5, 4))

            ends = {each.person: each.ends_on for each in roles.roles(session, case)}
    assert left == 2
    assert (ends[deputy], ends[nurse]) == (TODAY, date(2026, 5, 4))


def test_roles_of_the_whole_programme_are_in_every_case(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        one, two = story.opens("A"), story.opens("B")
        with transaction(story.database) as session:
            number = directory.add_person(session, CONTACT)
            roles.give(session, Role("wp9", number, main=False, department="Nursing"))
            everywhere = roles.cases_of(session, number)
            listed = roles.roles(session, None)

        found = [story.dossier(case).people_as("wp9")[0] for case in (one, two)]

        with transaction(story.database) as session:
            other = directory.add_person(session, replace(CONTACT, key="other", name="The other"))
            left = Substitution("wp9", number, other, date(2026, 4, 1), None)
            roles.substitute(session, left)
        after = [person.name for person in story.dossier(one).people_as("wp9")]

    assert [(person.name, person.department) for person in found] == [("The nurse", "Nursing")] * 2
    assert everywhere == (one, two)
    assert {role.role for role in listed} == {"lead", "wp9"}
    assert after == ["The other"]


def test_everybody_of_a_side_leaves_at_once(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, other = story.opens(), story.opens("PAIR-2")

        with transaction(story.database) as session:
            left = roles.relieve(session, case, "coordinator", date(2026, 4, 1))

        assert left == 2
        assert story.dossier(case).people_as("coordinator") == ()
        assert len(story.dossier(case).people_as("aspiring")) == 2
        assert len(story.dossier(other).people_as("coordinator")) == 2


def test_nobody_can_be_given_a_role_who_is_not_there(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        with reading(story.database) as session:
            known = len(directory.people(session))

        with pytest.raises(ConflictError), transaction(story.database) as session:
            roles.give(session, Role("lead", PersonId(known + 1000)))
