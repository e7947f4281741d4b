"""Somebody of a team is named by name, by address, or by both; what names two names nobody."""

from dataclasses import replace

import pytest

from notifications.inbound.colleagues import called, named_in
from notifications.inbound.reply_words import Readable, Understood, Unsure, WordOffered, answer_in
from tests.support.dossiers import OPENED, a_person

ANNA = replace(a_person(1, "aspiring"), name="Dr Änna Novak", email="Anna.Novak@example.org")
BORIS = replace(a_person(2, "aspiring"), name="Boris Berg", email="b.berg@example.org")
NAMESAKE = replace(a_person(3, "aspiring"), name="Boris  berg", email="berg@example.org")
SHARED = replace(BORIS, name="Clara Berg")
ADDRESS = "anna.novak@example.org"
OFFERED = WordOffered("someone_else", ("COLLEAGUE", "COLLÈGUE"), name="person")


def _reads(line: str, *team: object) -> Understood | Unsure:
    known = Readable((OFFERED,), ("en", "fr"), OPENED.date(), "The writer", tuple(team))  # type: ignore[arg-type]  # people
    return answer_in([line], known)


@pytest.mark.parametrize(
    "words",
    [
        "Dr Änna Novak",
        "dr anna  novak.",
        ADDRESS,
        "ANNA.NOVAK@EXAMPLE.ORG",
        f"<{ADDRESS}>",
        f"mailto:{ADDRESS}",
        f"Dr Änna Novak <{ADDRESS}>",
        '"Dr Anna Novak" <Anna.Novak@Example.org>',
        f"Dr Anna Novak, {ADDRESS}.",
        f"Dr Anna Novak ({ADDRESS})",
        f"Novak, Anna <{ADDRESS}>",  # as a list of addresses calls her
        f"{ADDRESS} <mailto:{ADDRESS}>",
    ],
)
def test_one_of_the_team_is_known_by_name_by_address_or_by_both(words: str) -> None:
    assert named_in(words, (ANNA, BORIS)) == (ANNA,)
    assert _reads(f"Collègue: {words}", ANNA, BORIS) == Understood(
        "someone_else", {"person": "Dr Änna Novak"}
    )


@pytest.mark.parametrize(
    "words",
    [
        "Anna",
        "anna.novak@example.com",
        f"{ADDRESS}, b.berg@example.org",
        f"Boris Berg <{ADDRESS}>",
        "Dr Anna Novak <stranger@example.org>",
        "Dr Anna Novak, Boris Berg",
    ],
)
def test_what_names_nobody_or_two_is_a_doubt(words: str) -> None:
    assert named_in(words, (ANNA, BORIS)) == ()
    assert isinstance(_reads(f"COLLEAGUE {words}", ANNA, BORIS), Unsure)


def test_of_two_of_one_name_the_address_says_which_is_meant() -> None:
    team = (BORIS, ANNA, NAMESAKE)

    assert named_in("Boris Berg", team) == (BORIS, NAMESAKE)
    assert _reads("COLLEAGUE Boris Berg", *team) == Unsure(
        '"boris berg" names more than one in their team'
    )
    assert named_in("Boris Berg <BERG@example.org>", team) == (NAMESAKE,)
    assert called(team) == (
        "Boris Berg <b.berg@example.org>",
        "Dr Änna Novak",
        "Boris  berg <berg@example.org>",
    )
    for each, said in zip(team, called(team), strict=True):
        assert named_in(said, team) == (each,)
        found = _reads(f"COLLEAGUE {said}", *team)
        assert isinstance(found, Understood)
        assert found.values == {"person": said}


def test_of_two_with_one_mailbox_the_name_says_which_is_meant() -> None:
    team = (BORIS, SHARED)

    assert named_in("b.berg@example.org", team) == team
    assert named_in("Clara Berg <b.berg@example.org>", team) == (SHARED,)
