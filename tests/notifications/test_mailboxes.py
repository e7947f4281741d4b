"""What lies in a mailbox is handed out, and not again once it is marked as taken in."""

import mailbox
import os
from pathlib import Path

import pytest

from notifications.inbound.tokens import reply_address, tokens_in
from notifications.mailboxes.account import ImapSettings, MailboxError
from notifications.mailboxes.files import Maildir, Mbox, OneFile, at_path

ONE = b"From: a@example.org\nSubject: one\n\nFirst.\n"
TWO = b"From: b@example.org\nSubject: two\n\nSecond.\n"


def _mbox(path: Path) -> Path:
    box = mailbox.mbox(path)
    for raw in (ONE, TWO):
        box.add(raw)
    box.close()
    return path


def _maildir(path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    (path / "new/1").write_bytes(ONE)
    (path / "new/2").write_bytes(TWO)
    return path


def _subjects(raws: list[bytes]) -> list[str]:
    return [raw.partition(b"Subject: ")[2].partition(b"\n")[0].decode() for raw in raws]


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_what_is_marked_is_handed_out_no_more(kind: str, tmp_path: Path) -> None:
    path = {"maildir": _maildir, "mbox": _mbox}[kind](tmp_path / "box")
    first = at_path(path)
    lying = list(first.lying(10))
    first.taken(lying[0].name)
    first.close()

    again = at_path(path)
    left = list(again.lying(10))
    again.close()

    assert _subjects([each.raw for each in lying]) == ["one", "two"]
    assert _subjects([each.raw for each in left]) == ["two"]


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_so_many_are_handed_out_as_were_asked_for(kind: str, tmp_path: Path) -> None:
    path = {"maildir": _maildir, "mbox": _mbox}[kind](tmp_path / "box")

    assert _subjects([each.raw for each in at_path(path).lying(1)]) == ["one"]


def test_a_message_in_a_file_of_its_own_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(ONE)

    box = at_path(tmp_path / "one.eml")
    box.taken(next(box.lying(1)).name)
    box.close()

    assert isinstance(box, OneFile)
    assert (tmp_path / "one.eml").read_bytes() == ONE


def test_mail_that_is_delivered_while_an_mbox_is_read_is_not_lost(tmp_path: Path) -> None:
    path = _mbox(tmp_path / "box")
    reading = Mbox(path)
    lying = list(reading.lying(10))
    later = mailbox.mbox(path)
    later.add(b"From: c@example.org\nSubject: three\n\nThird.\n")
    later.close()

    for each in lying:
        reading.taken(each.name)
    reading.close()

    assert _subjects([each.raw for each in at_path(path).lying(10)]) == ["three"]


def test_what_is_no_mailbox_is_named(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="is no Maildir"):
        Maildir(tmp_path)
    with pytest.raises(MailboxError, match="cannot be read: No such file"):
        at_path(tmp_path / "nothing")
    with pytest.raises(MailboxError, match="is no mbox"):
        Mbox(tmp_path / "nothing")
    with pytest.raises(MailboxError, match="is no plain name"):
        ImapSettings("127.0.0.1", 993, folder='IN"\r\nBOX')


def test_the_address_of_a_reply_says_its_token_and_others_say_none() -> None:
    pattern = "pairing+{token}@example.org"

    assert reply_address(pattern, "0a1b") == "pairing+0a1b@example.org"
    assert tokens_in(
        pattern,
        ["PAIRING+0A1B@example.org", "pairing@example.org", "x+0a1b@example.org", "pairing+@a.org"],
    ) == ("0a1b",)
    assert tokens_in("", ["pairing+0a1b@example.org"]) == ()


def test_the_lock_of_a_reader_that_was_killed_does_not_close_an_mbox_for_ever(
    tmp_path: Path,
) -> None:
    path = _mbox(tmp_path / "box")
    lock = tmp_path / "box.lock"
    lock.touch()

    with pytest.raises(MailboxError, match="cannot be used"):  # somebody may be writing
        next(Mbox(path).lying(10))
    long_ago = lock.stat().st_mtime - 3_600
    os.utime(lock, (long_ago, long_ago))

    assert next(Mbox(path).lying(10)).raw
    assert not lock.exists()
