"""`pairing mail take-in` and `mail replies`: what came in is taken in from a path, and listed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import pairing
from tests.support.orchard import Orchard


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    made = Orchard(tmp_path)
    yield made
    made.close()


def _mail(orchard: Orchard, sender: str) -> str:
    place = orchard.folder / f"{sender}.eml"
    place.write_text(f"From: {sender}@example.org\nTo: pairing@example.org\n\nGood\nday.\n")
    return str(place)


def test_mail_in_a_file_is_taken_in_once_and_listed(orchard: Orchard) -> None:
    place = _mail(orchard, "bir")

    first, _ = orchard.try_("mail", "take-in", place)
    second, wrote = orchard.try_("mail", "take-in", place)
    listed, _ = orchard.try_("mail", "replies", "--pair", "VIE-BIR")
    other, _ = orchard.try_("mail", "replies", "--state", "for_a_person")

    assert "1 passed on" in first.out
    assert "1 known" in second.out
    assert not wrote
    assert "bir@example.org" in listed.out
    assert "passed on" in listed.out
    assert "nothing came in" in other.out


def test_what_a_person_has_to_look_at_is_listed_with_its_words(orchard: Orchard) -> None:
    place = ["--set", "side=aspiring", "--set", "country=AT", "--set", "zone=UTC"]
    orchard.must("centre", "add", "LIS", "--set", "name=LIS", *place)
    person = ["--set", "name=Ash", "--set", "email=ash@example.org"]
    orchard.must("person", "add", "ash", *person, "--centre", "LIS")  # of a centre without a pair
    orchard.try_("mail", "take-in", _mail(orchard, "ash"))

    listed, _ = orchard.try_("mail", "replies", "--state", "for_a_person")
    incidents, _ = orchard.try_("incident", "list")

    assert "Good day." in listed.out
    assert "mail of ash@example.org" in incidents.out


def test_a_state_that_no_mail_is_ever_in_is_refused(orchard: Orchard) -> None:
    ended, _ = orchard.try_("mail", "replies", "--state", "dnoe")

    assert ended.code == 2
    assert 'did you mean "done"?' in ended.err


def test_without_an_inbox_nothing_is_read_and_the_setting_is_named(orchard: Orchard) -> None:
    ended = pairing("mail", "take-in", folder=orchard.folder)

    assert ended.code == 0
    assert "set inbox.kind in config.toml" in ended.out


def test_what_is_no_mailbox_is_named(orchard: Orchard) -> None:
    ended, _ = orchard.try_("mail", "take-in", "nothing")

    assert ended.code == 5
    assert "nothing cannot be read: No such file or directory" in ended.err


def test_of_an_empty_file_it_is_said_that_no_mail_lies_there(orchard: Orchard) -> None:
    place = orchard.folder / "empty"
    place.write_bytes(b"")

    first, wrote = orchard.try_("mail", "take-in", str(place))
    second, _ = orchard.try_("mail", "take-in", str(place))

    assert f"no mail lies in {place}" in first.out
    assert first.out == second.out
    assert not wrote
