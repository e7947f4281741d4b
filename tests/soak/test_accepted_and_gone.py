"""F8: a real Postfix accepts a letter, then drops it or reports that it did not arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.settings.settings import MailMode, MailSettings
from runtime.workers.deliver import deliver
from runtime.workers.mailers import mailer_of
from runtime.workers.take_in import TakenIn, look_into
from storage.database.transactions import reading
from storage.directory import directory
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import OPENED, key_of
from tests.support.inboxes import MAIN, PAIR, with_inbox
from tests.support.orchard import ORCHARD
from tests.support.postfix import Postfix
from workflows.registry import Programme, load_programme

ADDRESS = f"{MAIN}@example.org"
FACILITATOR = f"{key_of(PAIR, 'facilitator')}@example.org"
DEPUTY = f"{key_of(PAIR, 'aspiring', 'deputy')}@example.org"
LOST, WROTE = "N-2.lost", "N-2.wrote"
PATIENCE = timedelta(days=14)  # of the ladder, until the lead is told
OFTEN = 20  # each, in a long run


@dataclass(frozen=True, slots=True)
class Fate:
    """What the server does with a letter, and what is made of its report."""

    action: str
    report: TakenIn
    told: str = ""  # the letter that tells the facilitator

    @property
    def is_dead(self) -> bool:
        return self.told == LOST


FATES = {
    "dropped": Fate("DISCARD", TakenIn()),
    "no such user": Fate("FILTER error:5.1.1 no such user", TakenIn(done=1), told=LOST),
    "closed": Fate("FILTER error:5.2.1 mailbox closed", TakenIn(done=1), told=LOST),
    "policy": Fate("FILTER error:5.7.1 not wanted", TakenIn(passed_on=1), told=WROTE),
    "full": Fate("FILTER error:5.2.2 mailbox full", TakenIn(passed_on=1), told=WROTE),
}

pytestmark = [
    pytest.mark.alone,
    pytest.mark.parametrize("name", FATES),
    pytest.mark.parametrize(
        "times",
        [
            pytest.param(1, marks=pytest.mark.services),
            pytest.param(OFTEN, marks=pytest.mark.soak),
        ],
    ),
]


@pytest.fixture(scope="module")
def orchard() -> Programme:
    return load_programme(ORCHARD)


def test_what_was_accepted_and_did_not_arrive_is_told_and_does_not_stop_the_ladder(
    name: str, times: int, tmp_path: Path, orchard: Programme, exchanger: Postfix
) -> None:
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        exchanger.forgets()
        exchanger.will("RCPT", FATES[name].action, ADDRESS)
        with _mailing(folder, orchard, exchanger) as grove:
            _is_lost(grove, exchanger, FATES[name])


def _is_lost(grove: Grove, exchanger: Postfix, fate: Fate) -> None:
    _sends(grove, 4)
    first = [each.recipients for each in exchanger.taken]
    found = look_into(grove.runtime)
    again = look_into(grove.runtime)
    _sends(grove)
    told = [each.letter for each in grove.letters(PAIR) if each.recipient == FACILITATOR]
    _sends(grove, 20)

    asked_above = [each.owed_at for each in grove.letters(PAIR) if each.letter == "N-2.lead"]
    arrived = {recipient for each in exchanger.taken for recipient in each.recipients}
    assert (ADDRESS,) not in first
    assert (DEPUTY,) in first
    assert (found, again) == (fate.report, TakenIn())
    assert told.count(fate.told) == bool(fate.told)
    assert _dead(grove) == [MAIN] * fate.is_dead
    # Nobody answered, whatever became of the letter: its ladder goes on, on its day.
    assert [each.date() - OPENED.date() for each in asked_above] == [PATIENCE]
    assert "lead@example.org" in arrived


@contextmanager
def _mailing(folder: Path, orchard: Programme, exchanger: Postfix) -> Iterator[Grove]:
    mail = MailSettings(mode=MailMode.SMTP, host="127.0.0.1", port=exchanger.port, tls="none")
    with planted(settings(f"sqlite:///{folder}/pairing.db", folder), orchard) as grove:
        with_inbox(grove, exchanger.reports)
        grove.runtime = grove.with_settings(mail=mail)
        yield grove


def _sends(grove: Grove, days: float = 0) -> None:
    grove.writes(days)
    mailer = mailer_of(grove.runtime)
    mailer.open()
    try:
        deliver(grove.runtime, mailer)
    finally:
        mailer.close()


def _dead(grove: Grove) -> list[str]:
    with reading(grove.runtime.database) as session:
        return [each.key for each in directory.people(session) if not each.reachable]
