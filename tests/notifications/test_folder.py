"""A folder of letters: each one file, whole or not there, for its owner only."""

import os
import resource
import signal
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.accounts import SmtpSettings
from notifications.addresses import Correspondent
from notifications.folder import Folder, file_name
from notifications.mailer import Delivered, Mailer, MailerError, Outgoing, TryLater
from notifications.message import Composed, Envelope, compose
from notifications.render import Rendered
from notifications.smtp import Smtp

ENVELOPE = Envelope(
    message_id="<7.12.0@pairing.example.org>",
    composed_at=datetime(2026, 12, 4, 8, 30, tzinfo=UTC),
    sender=Correspondent("Programme", "pairing@example.org"),
    reply_to=(Correspondent("Facilitator North", "facilitator.north@example.org"),),
    recipient=Correspondent("Team lead", "lead@example.org"),
    list_id="pairing.example.org",
)
TEXT = Rendered("Hello", "It is short.", "Dear Team lead.\n", "<p>Dear Team lead.</p>\n")


def outgoing(composed: Composed, sender: str) -> Outgoing:
    return Outgoing(composed.message_id, sender, composed.recipient, composed.frozen)


LETTER = outgoing(compose(ENVELOPE, TEXT), "pairing@example.org")


def nothing() -> None:
    """Record no attempt."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "letters" / "out")
    made.open()
    return made


def test_both_ways_out_are_mailers(tmp_path: Path) -> None:
    ways: list[Mailer] = [Folder(tmp_path), Smtp(SmtpSettings("mail.example.org", 587))]

    assert len(ways) == 2


def test_a_letter_is_a_file_with_its_bytes_that_only_its_owner_reads(folder: Folder) -> None:
    outcome = folder.send(LETTER, nothing)

    [file] = folder.path.iterdir()
    assert isinstance(outcome, Delivered)
    assert file.name in outcome.reply
    assert file.name.startswith("20261204T083000Z_lead@example.org_")
    assert file.read_bytes() == LETTER.frozen
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_the_same_letter_twice_is_one_file(folder: Folder) -> None:
    folder.send(LETTER, nothing)
    folder.send(LETTER, nothing)

    assert len(list(folder.path.iterdir())) == 1


def test_two_letters_of_one_moment_to_one_person_are_two_files(folder: Folder) -> None:
    other = replace(ENVELOPE, message_id="<7.12.1@pairing.example.org>")
    folder.send(LETTER, nothing)
    folder.send(outgoing(compose(other, TEXT), "pairing@example.org"), nothing)

    assert len(list(folder.path.iterdir())) == 2


@pytest.mark.parametrize(
    "message_id",
    ["<../../etc/passwd@x>", "<a/b@x>", "<\0@x>", "<" + "a" * 500 + "@x>", "<é\ud800>"],
)
def test_a_file_name_stays_in_the_folder_whatever_the_id(message_id: str) -> None:
    name = file_name(replace(LETTER, message_id=message_id))

    assert "/" not in name
    assert name.isascii()
    assert name.isprintable()
    assert not name.startswith(".")
    assert len(name) < 150


@pytest.mark.parametrize(
    "date", [b"", b"Date: soon enough\r\n", b"Date: x\r\n", b"Date: 99 99 99\r\n"]
)
def test_a_letter_without_a_readable_date_has_a_name_too(date: bytes) -> None:
    name = file_name(replace(LETTER, frozen=date + b"\r\n"))

    assert name.startswith("undated_lead@example.org_")


class KilledError(BaseException):
    """Stands for the end of the process at the worst moment."""


def killed() -> None:
    raise KilledError


def test_what_was_not_recorded_is_not_written(folder: Folder) -> None:
    with pytest.raises(KilledError):
        folder.send(LETTER, killed)

    assert list(folder.path.iterdir()) == []


def test_a_process_that_dies_while_writing_leaves_no_half_letter(folder: Folder) -> None:
    child = os.fork()
    if not child:
        # A limit on file sizes ends this process by a signal in the middle of its write.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        folder.send(LETTER, nothing)
        os._exit(0)
    _, ending = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ending)

    assert list(folder.path.glob("[!.]*.eml")) == []
    folder.send(LETTER, nothing)
    [file] = folder.path.glob("[!.]*.eml")
    assert file.read_bytes() == LETTER.frozen


def test_a_folder_that_is_gone_means_try_later(folder: Folder) -> None:
    folder.path.rmdir()

    outcome = folder.send(LETTER, nothing)

    assert isinstance(outcome, TryLater)
    assert str(folder.path) in outcome.reply


def test_a_place_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(MailerError, match="no folder for letters"):
        Folder(tmp_path / "file" / "letters").open()


def test_a_name_that_is_taken_means_try_later_and_leaves_no_remains(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / file_name(LETTER)).mkdir()

    outcome = folder.send(LETTER, nothing)

    assert isinstance(outcome, TryLater)
    assert [one.name for one in tmp_path.iterdir()] == [file_name(LETTER)]


def test_what_a_killed_process_left_half_written_is_swept_and_nothing_else(folder: Folder) -> None:
    folder.send(LETTER, nothing)
    [written] = folder.path.iterdir()
    old, fresh = (folder.path / f".{written.name}.{pid}.part" for pid in (1, 2))
    other = folder.path / "notes.part"
    for each in (old, fresh, other):
        each.write_bytes(b"Message-ID: ")
    now = datetime(2026, 12, 4, 9, tzinfo=UTC)
    for each, minutes in ((old, 60), (fresh, 1), (other, 60), (written, 60)):
        at = (now - timedelta(minutes=minutes)).timestamp()
        os.utime(each, (at, at))

    Folder(folder.path, now - timedelta(minutes=20)).open()

    assert set(folder.path.iterdir()) == {written, fresh, other}


def test_closing_twice_is_harmless(folder: Folder) -> None:
    folder.close()
    folder.close()

    assert isinstance(folder.send(LETTER, nothing), Delivered)


def test_an_outgoing_letter_is_a_value() -> None:
    assert replace(LETTER) == LETTER
    assert isinstance(LETTER, Outgoing)
