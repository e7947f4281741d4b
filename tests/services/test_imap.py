"""Mail is read over IMAP from a real Dovecot, over TLS only, and taken in once."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from notifications.mailboxes.account import MailboxError
from notifications.mailboxes.imap import Imap
from runtime.settings.inbox import InboxKind, InboxSettings
from runtime.workers.take_in import TakenIn, look_into
from tests.support.came_back import failure, reply
from tests.support.certificates import certificate
from tests.support.grove import Grove, grove, settings
from tests.support.inboxes import sent, told
from tests.support.mail_store import MailStore, MailStoreAbsentError, mail_store
from tests.support.orchard import ORCHARD
from tests.support.required import absent
from workflows.registry import load_programme

pytestmark = pytest.mark.services

ONE = b"From: a@example.org\r\nSubject: one\r\n\r\nFirst.\r\n"
TWO = b"From: b@example.org\r\nSubject: two\r\n\r\nSecond.\r\n"


@pytest.fixture
def store() -> Iterator[MailStore]:
    # Sockets have short names: not in the folder of the test.
    folder = Path(tempfile.mkdtemp(prefix="imap"))
    try:
        with mail_store(folder, certificate(folder)) as found:
            yield found
    except MailStoreAbsentError as error:
        absent("dovecot", str(error))
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_was_taken_in_is_seen_and_not_handed_out_again(
    security: str, store: MailStore
) -> None:
    account = store.tls if security == "tls" else store.starttls
    store.deliver("1.one", ONE)
    store.deliver("2.two", TWO)

    first = Imap(account)
    lying = list(first.lying(10))
    first.taken(lying[0].name)
    first.close()
    again = Imap(account)
    left = list(again.lying(10))
    again.close()

    assert [each.raw for each in lying] == [ONE, TWO]
    assert [each.raw for each in left] == [TWO]


def test_so_many_are_read_as_were_asked_for_and_none_is_marked_by_that(store: MailStore) -> None:
    store.deliver("1.one", ONE)
    store.deliver("2.two", TWO)

    counts = []
    for _ in range(2):
        box = Imap(store.tls)
        counts.append(len(list(box.lying(1))))
        box.close()

    assert counts == [1, 1]


def test_of_a_huge_message_only_so_much_is_read(store: MailStore) -> None:
    store.deliver("1.huge", ONE + b"x" * 12_000_000)

    box = Imap(store.tls)
    (lying,) = box.lying(1)
    box.close()

    assert len(lying.raw) == 10_000_001


def test_a_wrong_password_authority_port_or_folder_reads_nothing(store: MailStore) -> None:
    wrong = {
        "password": replace(store.tls, password="wrong"),  # noqa: S106
        "authority": replace(store.tls, ca_file=None),
        "a port without TLS": replace(store.tls, port=store.starttls.port),
        "folder": replace(store.tls, folder="Nothing"),
    }

    for account in wrong.values():
        with pytest.raises(MailboxError, match="cannot be read"):
            Imap(account)


def test_what_lies_there_has_its_effect_once_and_the_next_look_finds_nothing(
    store: MailStore, tmp_path: Path
) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with grove(where, load_programme(ORCHARD)) as planted:
        _reads(planted, store)
        letter = sent(planted)
        store.deliver("1.reply", reply(letter, "We are glad to.\n"))
        store.deliver("2.failure", failure(letter))
        store.deliver("3.other", ONE)

        taken, again = look_into(planted.runtime), look_into(planted.runtime)

        assert (taken, again) == (TakenIn(done=1, passed_on=1, nothing=1), TakenIn())
        (text,) = told(planted)
        assert "We are glad to." in text


def _reads(planted: Grove, store: MailStore) -> None:
    """Replies go to the mailbox on the server, which the programme reads."""
    account = store.tls
    inbox = InboxSettings(
        kind=InboxKind.IMAP,
        host=account.host,
        port=account.port,
        user=account.username,
        password=SecretStr(account.password),
        ca_file=str(account.ca_file),
        address="pairing+{token}@example.org",
    )
    planted.runtime = planted.with_settings(inbox=inbox)
