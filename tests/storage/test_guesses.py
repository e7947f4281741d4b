"""A key that is nearly right is guessed at: of a centre, of a person, of a case."""

import pytest

from storage.cases import cases
from storage.database.transactions import Session, transaction
from storage.directory import directory
from storage.directory.directory import Centre, Contact
from storage.directory.office import keep_office
from storage.errors import NotFoundError
from tests.storage.lives import lives


def _centre(key: str, side: str) -> Centre:
    return Centre(key, "Northern Invented Centre", "North", side, "EE", "Europe/Tallinn")


def test_a_key_that_is_nearly_right_is_guessed_at(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        story.opens()
        with transaction(story.database) as session:
            keep_office(session, _centre("norths", "office"))
            directory.add_centre(session, _centre("north", "aspiring"))
            directory.add_person(session, Contact("nurse", "The nurse", "nurse@example.org"))
            _are_guessed_at(session)


def _are_guessed_at(session: Session) -> None:
    with pytest.raises(NotFoundError, match=r'^there is no centre NORTHS; .* "north"\?$'):
        directory.centre(session, "NORTHS")
    with pytest.raises(NotFoundError, match=r'^there is no person nurs; .* "nurse"\?$'):
        directory.person(session, "nurs")
    with pytest.raises(NotFoundError, match=r'^there is no case pair-1; .* "PAIR-1"\?$'):
        cases.find(session, "pair-1")


def test_what_is_like_nothing_known_is_told_where_to_look(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        with pytest.raises(NotFoundError, match=r"^there is no centre x; pairing centre list "):
            directory.centre(session, "x")
        with pytest.raises(NotFoundError, match=r"^there is no person x; pairing person list "):
            directory.person(session, "x")
