"""The beat that looks into the mailbox: read at least once, with an effect exactly once."""

from pathlib import Path

from notifications.mailboxes.files import Maildir
from runtime.workers.arrived import take
from runtime.workers.take_in import TakenIn, look_into
from tests.support.came_back import reply
from tests.support.grove import Grove
from tests.support.inboxes import sent, told, with_inbox


def test_a_maildir_is_emptied_message_by_message(grove: Grove, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "inbox" / name).mkdir(parents=True)
    with_inbox(grove, tmp_path / "inbox")
    letter = sent(grove)
    (tmp_path / "inbox/new/1").write_bytes(reply(letter, "One.\n"))
    (tmp_path / "inbox/new/2").write_bytes(b"From: spam@example.org\n\nBuy.\n")

    taken, again = look_into(grove.runtime), look_into(grove.runtime)

    assert (taken, again) == (TakenIn(passed_on=1, nothing=1), TakenIn())
    assert sorted(each.name for each in (tmp_path / "inbox/cur").iterdir()) == ["1:2,S", "2:2,S"]


def test_a_stop_between_the_commit_and_the_mark_has_no_second_effect(
    grove: Grove, tmp_path: Path
) -> None:
    for name in ("new", "cur"):
        (tmp_path / "inbox" / name).mkdir(parents=True)
    with_inbox(grove, tmp_path / "inbox")
    (tmp_path / "inbox/new/1").write_bytes(reply(sent(grove), "One.\n"))
    lying = next(Maildir(tmp_path / "inbox").lying(1))
    take(grove.runtime, lying.raw)  # and the process ends here

    taken = look_into(grove.runtime)

    assert taken == TakenIn(known=1)
    assert len(told(grove)) == 1


def test_no_inbox_no_look(grove: Grove) -> None:
    assert look_into(grove.runtime) == TakenIn()
