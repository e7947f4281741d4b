"""Everybody of two simulated pairs reads French: no letter holds an English sentence of ours."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from runtime.settings.settings import Settings
from simulation.runner import Play, Scenery
from simulation.simulate import Order, stage
from simulation.story_file import NAME
from storage.database.transactions import transaction
from storage.directory import directory
from tests.support.letter_words import words_of

ENGLISH = re.compile(
    r"\b(the|and|you|your|is|are|was|were|of|with|by|please|what|which|not|yet|needed|nobody|has)\b",
    re.IGNORECASE,
)
FLAG = re.compile(r"- motif : « (.+?) »|Le résultat : « (.+?) »")


def _speak_french(scenery: Scenery) -> set[str]:
    """Everybody reads French from now on. Their names, and those of their centres."""
    with transaction(scenery.runtime.database) as session:
        people, centres = directory.people(session), directory.centres(session)
        for person in people:
            directory.change_person(session, replace(person, language="fr"))
    own = {name for each in centres for name in (each.name, each.short_name)}
    return own | {each.name for each in people}


def _written(value: object) -> Iterator[str]:
    """What people of the story write: every text in its file."""
    match value:
        case str():
            yield " ".join(value.split())
        case Mapping():
            yield from (text for each in value.values() for text in _written(each))
        case list() | tuple():
            yield from (text for each in value for text in _written(each))
        case _:
            pass


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], set[str]]:
    """The letters of nine months, each in one line, and what people themselves wrote."""
    folder: Path = tmp_path_factory.mktemp("letters")
    order = Order(pairs=2, months=9, seed=7, people="erratic", letters_folder=folder)
    with stage(order, Settings()) as scenery:
        own = _speak_french(scenery)
        Play(scenery).run()
        own |= set(_written(scenery.runtime.programme.reference[NAME]))
    return [_one_line(each) for each in sorted(folder.glob("*.eml"))], own


def _one_line(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    text = f"{mail['subject']}\n{words_of(mail)}"
    return " ".join(text.split())


def test_no_letter_says_an_english_sentence_of_ours(played: tuple[list[str], set[str]]) -> None:
    letters, own = played
    # What is longest first: one name may stand in another.
    phrases = [each for each in sorted(own, key=len, reverse=True) if " " in each]
    theirs = re.compile("|".join((*map(re.escape, phrases), r"\S+@\S+")))

    found = {
        text[max(0, word.start() - 60) : word.end() + 60]
        for text in (theirs.sub("…", each) for each in letters)
        for word in ENGLISH.finditer(text)
    }

    assert len(letters) > 50
    assert sorted(found) == []


def test_why_a_flag_is_up_and_how_it_ends_is_said_in_french(
    played: tuple[list[str], set[str]],
) -> None:
    letters, _ = played
    said = {reason for each in letters for reason in FLAG.findall(each)}

    assert len(said) > 3
    assert any("pas encore déposé" in each or "réglé" in each for pair in said for each in pair)
