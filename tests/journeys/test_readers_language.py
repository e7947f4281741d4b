"""A letter goes out in the language of its reader, else of their centre, else in English."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.definitions import findings
from runtime.use_cases.directory import change_centre, change_person
from runtime.use_cases.import_directory import import_people
from storage.database.transactions import reading
from storage.directory import directory
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of
from tests.support.versions import Orchards
from tests.support.versions import orchards as copied
from workflows.registry import load_programme

ARABIC = Path(__file__).parents[1] / "programmes" / "orchard_in_arabic"
ARABIC_FRAME = "البساتين"
ASKED = "مذكرة منك"
READER = key_of("VIE-BIR", "aspiring")


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    """The orchard with its words in English and in Arabic."""
    place = copied(tmp_path)
    shutil.copytree(ARABIC, place.folder / "words" / "ar")
    return place


@pytest.fixture
def grove(orchards: Orchards) -> Iterator[Grove]:
    with orchards.planted() as grove:
        yield grove


def _speaks(grove: Grove, person: str, centre: str) -> None:
    change_person(grove.runtime, READER, lambda each: replace(each, language=person), LEAD)
    change_centre(grove.runtime, "birchwater", lambda each: replace(each, language=centre), LEAD)


def _read(grove: Grove) -> tuple[str, str]:
    """Subject and text of the first letter to the growers of Birchwater."""
    grove.sends(4)
    asked = [each.message for each in grove.letters("VIE-BIR") if each.letter == "N-2.ask"]
    found = [grove.message(number) for number in asked]
    mine = next(each for each in found if each.recipient == f"{READER}@example.org")
    return mine.subject, mine.text


def test_the_arabic_words_of_the_orchard_are_all_there(orchards: Orchards) -> None:
    programme = load_programme(orchards.folder)

    assert findings(programme, orchards.folder) == ()


@pytest.mark.parametrize(
    ("person", "centre", "says"),
    [
        ("ar", "en", ARABIC_FRAME),
        ("ar-EG", "en", ARABIC_FRAME),
        ("", "ar", ARABIC_FRAME),
        ("xx", "ar", ARABIC_FRAME),
        ("en", "ar", "Orchards"),
        ("", "", "Orchards"),
        ("fr", "xx", "Orchards"),
    ],
)
def test_a_letter_is_in_the_language_of_its_reader_else_of_their_centre_else_in_english(
    grove: Grove, person: str, centre: str, says: str
) -> None:
    _speaks(grove, person, centre)

    subject, text = _read(grove)

    assert text.partition("\n")[0] == says
    assert subject == {ARABIC_FRAME: ASKED, "Orchards": "A note from you"}[says]


def test_one_letter_that_is_missing_in_a_language_is_found_and_goes_whole_in_english(
    orchards: Orchards,
) -> None:
    with orchards.planted() as grove:
        _speaks(grove, "ar", "en")
        gone = orchards.folder / "words" / "ar" / "letters" / "N-2" / "ask.txt"
        gone.unlink()

        subject, text = _read(grove)

        programme = load_programme(orchards.folder)
    assert [each for each in findings(programme, orchards.folder) if str(gone) in each]
    assert subject == "A note from you"
    assert not [each for each in text if "\u0600" <= each <= "\u06ff"]


def test_a_person_who_is_brought_in_without_a_language_has_that_of_their_centre(
    grove: Grove, tmp_path: Path
) -> None:
    rows = tmp_path / "people.csv"
    rows.write_text("key,name,email,centre\nfern,Fern,fern@example.org,birchwater\n")

    import_people(grove.runtime, rows, LEAD)

    with reading(grove.runtime.database) as session:
        assert directory.person(session, "fern").language == ""
