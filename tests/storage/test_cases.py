"""What is committed is what is loaded, and who comes too late is told so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.decide.step import step
from engine.model.dossier import CaseId, Pause
from engine.model.others import Dated, NotLoadedError
from engine.model.outcomes import Moved, Refreshed, Refusal, Triggered, Waived
from engine.model.plan import Plan
from storage.cases import cases, others
from storage.cases.cases import NewCase
from storage.cases.load import load_family
from storage.cases.write import write
from storage.database.transactions import reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.errors import ConflictError, NotFoundError, StaleDossierError
from tests.storage.lives import DAY, FACILITATOR, LEAD, lives
from tests.support.dossiers import OPENED


def test_a_case_is_loaded_with_everything_that_was_committed(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens(colour="blue", depth={"b": [1, 2.5, None], "a": "ü"})
        story.files(case)
        story.signs(case, "aspiring")
        story.goes(case, Moved("working", date(2026, 8, 3), "the host asked", FACILITATOR))
        story.goes(case, Waived("paper_there", "seen on paper", LEAD))

        found = story.dossier(case)

    assert (found.state, found.stay, found.version) == ("asking", 1, 5)
    assert found.facts == {"colour": "blue", "depth": {"b": [1, 2.5, None], "a": "ü"}}
    assert [stay.state for stay in found.stays] == ["asking"]
    assert found.records["paper"][0].content == {"title": "A paper"}
    assert found.records["paper"][0].signatures[0].person == "head of aspiring"
    assert found.dates["working"].moved_to == date(2026, 8, 3)
    assert found.dates["working"].baseline == date(2026, 6, 2)
    assert found.waivers["paper_there"].reason == "seen on paper"
    assert {person.role for person in found.people} == {
        "facilitator",
        "coordinator",
        "aspiring",
        "lead",
    }
    assert found.party_of("aspiring").workdays.country == "RO"
    assert found.party_of("coordinator").workdays.country == "PT"
    assert found.office.workdays.country == "BE"
    assert [person.name for person in found.people_as("aspiring")] == [
        "The aspiring-PAIR-1",
        "The aspiring-PAIR-1-deputy",
    ]
    assert found.entered_at == found.opened_at == story.now


def test_a_plan_seen_from_the_database_is_the_plan_seen_in_memory(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        before = story.dossier(case)
        event = Triggered("end", FACILITATOR, note="it is over")

        story.goes(case, event)

        outcome = step(story.workflow, before, event, story.now)
        assert isinstance(outcome, Plan)
        after = story.dossier(case)
    assert after.closed_at == outcome.at
    assert after.stays == (replace(before.stays[0], left_at=outcome.at), outcome.stays[-1])
    assert after.timers == ()


def test_a_pause_keeps_the_timers_of_the_stay_it_interrupts(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.step(case, "pause")
        paused = story.dossier(case)
        story.now += 20 * DAY

        story.step(case, "resume")

        resumed = story.dossier(case)
    assert {timer.outcome for timer in paused.earlier[1]} == {"paused"}
    assert resumed.stay == 1
    assert resumed.pauses == (Pause(date(2026, 3, 2), date(2026, 3, 22)),)
    assert all(timer.settled_at is None for timer in resumed.timers)
    assert resumed.timers[1].due_at == paused.earlier[1][1].due_at + timedelta(days=20)


def test_a_pause_interrupts_the_last_stay_and_no_earlier_one(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.files(case)
        for trigger in ("work", "meet", "pause"):
            story.step(case, trigger)

        paused = story.dossier(case)
        story.step(case, "resume")

        resumed = story.dossier(case)
    assert {number: len(kept) for number, kept in paused.earlier.items()} == {3: 1}
    assert (resumed.state, resumed.stay, resumed.earlier) == ("meeting", 3, {})
    assert [timer.outcome for timer in resumed.timers] == [""]


def test_who_planned_on_an_old_version_is_refused_and_nothing_changes(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        late = story.late(case, Triggered("end", FACILITATOR))
        story.files(case)

        with (
            pytest.raises(StaleDossierError, match="PAIR-1 moved on"),
            transaction(story.database) as session,
        ):
            write(session, late)

        assert story.dossier(case).state == "asking"


def test_letters_owed_are_known_as_asked_with_what_became_of_them(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.now += DAY

        story.fires()

        asked = story.dossier(case).asked
    assert [(each.letter, each.person, each.outcome) for each in asked] == [
        ("N-01.ask", "The aspiring-PAIR-1", "owed")
    ]
    assert asked[0].on == date(2026, 3, 3)


def test_a_child_knows_its_parent_and_the_parent_its_child(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        parent = story.opens()
        with transaction(story.database) as session:
            new = NewCase("small", story.workflow.digest, "asking", story.now, parent_id=parent)
            child, second = cases.open_case(session, new), cases.open_case(session, new)

        found, above = story.dossier(child), story.dossier(parent)

    assert found.reference == "PAIR-1/small-1"
    assert found.parent is not None
    assert found.parent.dossier.reference == "PAIR-1"
    assert found.people_as("aspiring")[0].name == "The aspiring-PAIR-1"
    assert [each.id for each in above.children] == [child, second]


def test_places_and_dates_of_other_cases_are_seen_when_asked_for(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, other = story.opens("A"), story.opens("B", works_on="2026-06-05")
        third = story.opens("C", works_on="2026-06-05")
        for each in (other, third):
            story.files(each)
            story.step(each, "work")
        with transaction(story.database) as session:
            shared = directory.centre(session, "coordinator-B").id
            cases.set_party(session, case, "coordinator", (shared,))
            person = directory.person_id(session, "facilitator-A")
            roles.give(session, Role("facilitator", person, OPENED.date(), other))
        with reading(story.database) as session:
            plain = load_family(session, case, story.definitions).whole(case)
            found = others.others(session, plain, story.known, frozenset({"places", "load"}))

    assert found.active == 2
    assert found.holding == {"coordinator": ("B",)}
    assert found.dated == (Dated("facilitator", "facilitator-A", "visit", date(2026, 6, 5)),)
    with pytest.raises(NotLoadedError):
        plain.of_others("places")


def test_a_case_without_a_facilitator_of_its_own_weighs_on_the_one_of_the_programme(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        case, other = story.opens("A"), story.opens("B", works_on="2026-06-05")
        own = story.opens("C", works_on="2026-06-05")
        for each in (other, own):
            story.files(each)
            story.step(each, "work")
        with transaction(story.database) as session:
            for each in (case, other):
                roles.relieve(session, each, "facilitator", OPENED.date())
            contact = directory.Contact("north", "North", "north@example.org")
            roles.give(session, Role("facilitator", directory.add_person(session, contact)))
        with reading(story.database) as session:
            found = load_family(session, case, story.definitions).whole(case)
            known = others.others(session, found, story.known, frozenset({"load"}))

    # Once: that of B. C has facilitators of its own.
    assert known.dated == (Dated("facilitator", "north", "visit", date(2026, 6, 5)),)
    assert [each.key for each in found.people_as("facilitator")] == ["north"]


def test_what_other_cases_hold_counts_neither_ones_own_place_nor_what_is_over(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        case, other, done, left = (
            story.opens(name, works_on="2026-06-05") for name in ("A", "B", "C", "D")
        )
        with transaction(story.database) as session:
            person = directory.person_id(session, "facilitator-A")
            for each in (other, done, left):
                roles.give(session, Role("facilitator", person, OPENED.date(), each))
            roles.relieve(session, left, "facilitator", OPENED.date())
        for each in (case, other, done):
            story.files(each)
            story.step(each, "work")
        story.step(other, "meet")  # what was agreed has happened
        story.step(done, "end")

        with reading(story.database) as session:
            plain = load_family(session, case, story.definitions).whole(case)
            found = others.others(session, plain, story.known, frozenset({"places", "load"}))

    assert found.active == 0
    assert found.dated == ()


def test_a_name_that_is_taken_and_a_case_that_is_not_there(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        story.opens("A")
        new = NewCase("small", story.workflow.digest, "asking", story.now, "A")

        with (
            pytest.raises(ConflictError, match="a case A already"),
            transaction(story.database) as session,
        ):
            cases.open_case(session, new)
        with pytest.raises(NotFoundError, match="no case B"), reading(story.database) as session:
            cases.find(session, "B")
        with pytest.raises(NotFoundError, match="no case 99"):
            story.dossier(CaseId(99))


def test_a_refusal_and_a_plan_without_change_write_nothing(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        before = story.dossier(case)

        refused = story.happens(case, Triggered("work", FACILITATOR))
        story.happens(case, Refreshed())

        assert isinstance(refused, Refusal)
        assert story.dossier(case) == before
