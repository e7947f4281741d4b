"""Centres and people are entered, changed and replaced; the pairs they take part in look again."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.model.plan import Plan
from imports.table import ImportProblemsError
from runtime.queries.incidents import incident_lines
from runtime.use_cases import dead_address, directory
from runtime.use_cases.directory_checks import DirectoryError, NewContact
from runtime.use_cases.edits import centre_with
from runtime.use_cases.import_directory import import_people
from runtime.use_cases.incidents import retry_incident
from runtime.use_cases.substitute import Change, substitute
from storage.directory.rows import Contact
from storage.errors import ConflictError, NotFoundError
from tests.storage.rows import meddle
from tests.support.grove import Grove
from tests.support.growers import CENTRES, LEAD, key_of

MAIN, DEPUTY = key_of("VIE-BIR", "aspiring"), key_of("VIE-BIR", "aspiring", "deputy")


def test_a_centre_that_changes_lets_its_own_pairs_look_again(any_grove: Grove) -> None:
    moved = directory.change_centre(
        any_grove.runtime, "birchwater", lambda known: replace(known, zone="Atlantic/Azores"), LEAD
    )

    assert (moved.outcome, moved.cases) == ("changed", 1)
    due = {
        pair: sorted(f"{each.due_at:%d %H:%M}" for each in any_grove.dossier(pair).timers)
        for pair in any_grove.pairs
    }
    assert "05 09:00" in due["VIE-BIR"]
    assert "05 08:00" in due["LIS-ELM"]


def test_facts_of_a_centre_are_set_and_taken_away_one_by_one(grove: Grove) -> None:
    directory.set_centre_facts(grove.runtime, "vienna", {"beds": 120, "teaming": True}, LEAD)

    directory.set_centre_facts(grove.runtime, "vienna", {"beds": None}, LEAD)

    assert directory.centre(grove.runtime, "vienna").facts == {"teaming": True}
    assert directory.centre(grove.runtime, "lisbon").facts == {}


def test_a_key_that_is_taken_is_refused(grove: Grove) -> None:
    with pytest.raises(ConflictError, match="a centre vienna already"):
        directory.add_centre(grove.runtime, CENTRES[0], LEAD)


def test_a_dead_address_gives_way_to_the_deputy_of_that_pair_only(any_grove: Grove) -> None:
    first = dead_address.mark_dead(any_grove.runtime, MAIN, "came back", LEAD)
    again = dead_address.mark_dead(any_grove.runtime, MAIN, "came back", LEAD)
    any_grove.owes(4)

    assert (first.outcome, first.cases, again.outcome) == ("dead", 1, "unchanged")
    asked = {each.person for each in any_grove.letters() if each.letter == "N-2.ask"}
    assert MAIN not in asked
    assert {DEPUTY, key_of("LIS-ELM", "aspiring")} <= asked
    (told,) = (each for each in any_grove.letters() if each.letter == "N-2.lost")
    assert (told.root, told.person) == ("VIE-BIR", key_of("VIE-BIR", "facilitator"))


def test_an_address_that_lives_again_is_written_to_again(grove: Grove) -> None:
    dead_address.mark_dead(grove.runtime, MAIN, "came back", LEAD)

    dead_address.mark_alive(grove.runtime, MAIN, LEAD)
    grove.owes(4)

    assert MAIN in {each.person for each in grove.letters()}


def test_who_plays_a_side_moves_to_another_centre_once_they_are_followed(
    any_grove: Grove, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f"key,name,email,centre\n{MAIN},Main,main@example.org,vienna\n")

    with pytest.raises(ImportProblemsError, match=f"in VIE-BIR {MAIN} is of vienna, but birch"):
        import_people(any_grove.runtime, table, LEAD)

    new = Contact("third", "Third", "third@example.org")
    directory.add_person(any_grove.runtime, NewContact(new, "birchwater"), LEAD)
    change = Change("aspiring", MAIN, "third")
    substitute(any_grove.runtime, any_grove.pairs["VIE-BIR"], change, LEAD)
    assert [each.outcome for each in import_people(any_grove.runtime, table, LEAD)] == ["changed"]


def test_a_substitute_takes_the_place_of_the_main_person_in_one_pair(any_grove: Grove) -> None:
    new = key_of("LIS-ELM", "facilitator", "deputy")
    old = key_of("VIE-BIR", "facilitator")
    change = Change("facilitator", old, new)

    outcome = substitute(any_grove.runtime, any_grove.pairs["VIE-BIR"], change, LEAD)

    assert isinstance(outcome, Plan)
    names = [each.name for each in any_grove.dossier("VIE-BIR").people_as("facilitator")]
    assert names == [
        any_grove.name_of(new),
        any_grove.name_of(key_of("VIE-BIR", "facilitator", "deputy")),
    ]
    others = [each.name for each in any_grove.dossier("LIS-ELM").people_as("facilitator")]
    assert others == [any_grove.name_of(key_of("LIS-ELM", "facilitator")), names[0]]


def test_who_does_not_play_a_role_cannot_be_replaced_in_it(grove: Grove) -> None:
    change = Change("coordinator", MAIN, DEPUTY)

    with pytest.raises(NotFoundError, match="does not play the role coordinator"):
        substitute(grove.runtime, grove.pairs["VIE-BIR"], change, LEAD)

    assert len(grove.dossier("VIE-BIR").people_as("coordinator")) == 2


def test_a_key_is_one_word_so_that_a_table_can_name_it(grove: Grove) -> None:
    person = NewContact(Contact("a b", "A B", "a.b@example.org"))
    centre = replace(CENTRES[0], key="birch water")

    with pytest.raises(DirectoryError, match="person a b: a key has no blanks"):
        directory.add_person(grove.runtime, person, LEAD)
    with pytest.raises(DirectoryError, match="centre birch water: a key has no blanks"):
        directory.add_centre(grove.runtime, centre, LEAD)


def test_a_pair_that_cannot_be_read_keeps_nobody_from_changing_what_others_read(
    any_grove: Grove,
) -> None:
    database, lead = any_grove.runtime.database, "lead"
    assert meddle(database, "UPDATE cases SET facts = '[1]' WHERE reference = 'VIE-BIR'")

    changed = directory.change_person(
        any_grove.runtime, lead, lambda known: replace(known, name="Somebody Else"), LEAD
    )
    dead = dead_address.mark_dead(any_grove.runtime, lead, "came back", LEAD)

    assert (changed.cases, dead.cases) == (1, 1)
    incidents = {each.kind: each for each in incident_lines(any_grove.runtime)}
    assert {kind: each.cause for kind, each in incidents.items()} == {
        "lookup": "a person or a centre changed, in VIE-BIR",
        "bounce": "lead@example.org is dead, in VIE-BIR",
    }
    assert meddle(database, "UPDATE cases SET facts = '{}' WHERE reference = 'VIE-BIR'")
    again = retry_incident(any_grove.runtime, incidents["bounce"].number, LEAD)
    assert again.outcome == "to be tried again: news of a dead address"
    told = [each.letter for each in any_grove.letters("VIE-BIR")]
    assert told == [each.letter for each in any_grove.letters("LIS-ELM")] != []
    assert any_grove.dossier("LIS-ELM").people_as("lead")[0].name == "Somebody Else"


def test_a_centre_with_a_list_among_its_facts_can_be_changed(grove: Grove) -> None:
    directory.set_centre_facts(grove.runtime, "vienna", {"domains": ["Care"], "old": "x"}, LEAD)

    changed = directory.change_centre(
        grove.runtime, "vienna", centre_with({"city": "Wien"}, {"old": ""}), LEAD
    )

    assert changed.outcome == "changed"
    assert directory.centre(grove.runtime, "vienna").facts == {"domains": ["Care"]}
