"""A day of a meeting or a signature that looks like a slip of the pen is to be meant."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import pairing
from tests.support.orchard import Orchard
from tests.support.terminal import terminal

DATE = ["pair", "record", "BIR", "onboarding_date", "--set"]
BY = {"PAIRING_PERSON": "lead"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("days")
    lead = ("--set", "name=Lead", "--set", "email=lead@example.org")
    of = ("--set", "name=Birchwater", "--set", "side=aspiring", "--set", "country=EE")
    for words in (
        ("db", "create", "--rehearsal", "--at", "2026-03-02T09:00Z"),
        ("person", "first", "lead", *lead),
        ("centre", "add", "BIR", *of, "--set", "zone=Europe/Tallinn"),
        ("pair", "new", "BIR", "--centre", "aspiring=BIR"),
    ):
        ended = pairing(*words, folder=place, **BY)
        assert ended.code == 0, ended
    return place


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("starts_at=2026-02-27 10:00", "Friday 27 February 2026 has gone by"),
        ("starts_at=2026-03-07 10:00", "Saturday 7 March 2026 is no working day"),
        ("starts_at=2026-03-05 03:00", "at BIR it is 04:00 then"),
    ],
)
def test_where_nobody_can_be_asked_an_odd_day_is_refused_unless_it_is_said_to_be_meant(
    folder: Path, day: str, said: str
) -> None:
    refused = pairing(*DATE, day, folder=folder, **BY)
    tried = pairing(*DATE, day, "--dry-run", folder=folder, **BY)
    meant = pairing(*DATE, day, "--odd-day", folder=folder, **BY)

    assert (refused.code, tried.code, meant.code) == (2, 0, 0)
    assert said in refused.err
    assert "--odd-day" in refused.err
    assert "--odd-day" in tried.err
    assert said in meant.err


def test_in_a_terminal_it_takes_a_plain_yes(folder: Path) -> None:
    words = [*DATE, "starts_at=2026-03-08 10:00", "--by", "lead"]
    with terminal(words, folder) as typing:
        typing.answers("Is the day meant? (yes or no): ", "no")
        no = typing.ends()
    with terminal(words, folder) as typing:
        typing.answers("Is the day meant? (yes or no): ", "yes")
        yes = typing.ends()

    assert no[0] != 0
    assert "nothing was filed" in no[1]
    assert yes[0] == 0


def test_a_meeting_that_was_held_before_its_agreed_day_is_one_that_somebody_means(
    folder: Path,
) -> None:
    agreed = pairing(*DATE, "starts_at=2026-03-12 10:00", folder=folder, **BY)
    minutes = ("hours=2", "gaps=x", "expected_outcomes=x", "focus_areas=x", "held_on=2026-02-26")
    words = ["pair", "record", "BIR", "onboarding"]
    words += [word for each in minutes for word in ("--set", each)]
    refused = pairing(*words, folder=folder, **BY)
    tried = pairing(*words, "--dry-run", "--odd-day", folder=folder, **BY)

    assert (agreed.code, refused.code, tried.code) == (0, 2, 0)
    assert "lies before the agreed day, Thursday 12 March 2026" in refused.err


def test_what_is_said_beside_the_day_asks_nothing(folder: Path) -> None:
    plain = pairing(*DATE, "starts_at=2026-03-12 10:00", folder=folder, **BY)
    beside = pairing(*DATE, "meeting_url=https://meet.example.org/a", folder=folder, **BY)

    assert (plain.code, beside.code) == (0, 0)


def test_a_signature_before_its_text_was_filed_is_one_that_somebody_means(tmp_path: Path) -> None:
    with closing(Orchard(tmp_path)) as orchard:
        orchard.must("clock", "advance", "P5D")
        orchard.must("pair", "record", "VIE-BIR", "agreement", "--set", "text=We share.")
        heard = ("--for", "bir-1", "--heard", "mail")
        words = ("pair", "sign", "VIE-BIR", "agreement", "--side", "aspiring", "--person", "Head")
        refused, _ = orchard.try_(*words, "--on", "2026-03-03", *heard)
        never, _ = orchard.try_(*words, "--on", "2026-02-03", *heard, "--odd-day")
        meant, _ = orchard.try_(*words, "--on", "2026-03-03", *heard, "--odd-day")

    assert (refused.code, never.code, meant.code) == (2, 1, 0)
    assert "Tuesday 3 March 2026 lies before the text" in refused.err
    assert "was filed on Friday 6 March 2026" in refused.err
    assert "--odd-day" in refused.err
    assert "from 2026-03-01 to 2026-03-06" in never.err
