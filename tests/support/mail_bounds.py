"""A programme simulated in memory: its report, and its mails, each with the letters in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from engine.model.definition import Workflow
from engine.model.family import Letter
from engine.time.working_days import Workdays
from engine.time.zones import local_time
from notifications.slots import AT_ONCE
from runtime.settings.settings import Settings
from runtime.wiring import Runtime, office
from simulation.beats import LetterTold
from simulation.mails import mails as mails_of
from simulation.memory import Memory
from simulation.recorder import PairSeen
from simulation.report import Report
from simulation.runner import Play
from simulation.simulate import Order, stage, told
from storage.database.transactions import reading
from storage.directory import directory
from storage.directory.directory import Centre
from storage.mail.queries import LetterLine, LetterQuery, letters

SIDES = ("coordinator", "aspiring")
TURN = "whose_turn"
# Told beside what is counted: invitations and changes of meetings, agendas among them.
_APART = ("invitation", "agenda_sent", "session_fixed", "meeting_moved", "cancelled")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads, and by whose clocks and days."""

    key: str
    zone: str
    workdays: Workdays


@dataclass(frozen=True, slots=True)
class Mail:
    """The letters that went to somebody in one."""

    reader: Reader
    letters: tuple[LetterTold, ...]
    urgent: bool
    is_overview: bool
    at: datetime
    about: tuple[tuple[str, str], ...]  # pairs, each with the phase that it is in

    @property
    def local(self) -> datetime:
        return local_time(self.at, self.reader.zone)

    @property
    def day(self) -> date:
        return self.local.date()

    @property
    def is_counted(self) -> bool:
        if self.is_overview:
            return False
        return any(each.letter.partition(".")[2] not in _APART for each in self.letters)

    def goes_to(self, *roles: str) -> bool:
        """Whether a letter in it is for one of these roles alone, not for a whole team."""
        return any(each.audience in roles for each in self.letters)


@dataclass(frozen=True, slots=True)
class Played:
    """Its mails, and its letters with their ends, but for what waited while its pair rested."""

    mails: tuple[Mail, ...]
    letters: tuple[Letter, ...]
    report: Report

    @property
    def main_contacts(self) -> frozenset[str]:
        """Whoever was asked for a side, or in place of who is, once: what else they got counts."""
        return frozenset(each.reader.key for each in self.mails if each.goes_to(*SIDES, TURN))


@cache
def played(order: Order) -> Played:
    """Each order is played once in a run of the tests."""
    with stage(order, Settings()) as scenery:
        play = Play(scenery)
        play.run()
        assert isinstance(scenery.runtime.store, Memory)
        pairs = {each.reference: each for each in play.chronicle.pairs.values()}
        ended = scenery.runtime.store.ended
        every = tuple(letter for pair, letter in ended if not _rested(pairs[pair], letter))
        pairing = scenery.runtime.programme.workflows["pairing"]
        readers = _readers(scenery.runtime)
        catalogue = scenery.runtime.programme.letters
        arrived = [each for each in play.beats.letters() if each.state == "accepted"]
        urgent = _urgent(scenery.runtime)
        report = told(order, scenery, play)
    found = tuple(
        Mail(
            readers[each.person],
            each.letters,
            any(letter.letter in urgent for letter in each.letters),
            each.is_overview,
            each.at,
            tuple(dict.fromkeys(_about(own, pairs, pairing) for own in each.letters if own.pair)),
        )
        for each in mails_of(arrived, play.beats.overviews(), catalogue)
    )
    return Played(found, every, report)


@cache
def sent(pairs: int, months: int, seed: int) -> tuple[Mail, ...]:
    """The messages of a database that hold letters and were accepted, as its workers wrote them."""
    order = Order(pairs=pairs, months=months, seed=seed, on="file")
    with stage(order, Settings()) as scenery:
        Play(scenery).run()
        readers = _readers(scenery.runtime)
        urgent = _urgent(scenery.runtime)
        with reading(scenery.runtime.database) as session:
            lines = letters(session, LetterQuery(limit=10_000))
    messages: dict[int, list[LetterLine]] = {}
    for line in lines:
        if line.message is not None and line.state == "accepted":
            messages.setdefault(line.message, []).append(line)
    return tuple(_sent(some, readers, urgent) for some in messages.values())


def _sent(lines: list[LetterLine], readers: Mapping[str, Reader], urgent: set[str]) -> Mail:
    (person,), (at,) = ({each.person for each in lines}, {each.settled_at for each in lines})
    assert person is not None
    assert at is not None
    return Mail(
        readers[person],
        tuple(LetterTold(e.letter, e.audience, e.root, person, e.state, at, "") for e in lines),
        any(each.letter in urgent for each in lines),
        is_overview=False,
        at=at,
        about=(),
    )


def _urgent(runtime: Runtime) -> set[str]:
    return {each.id for each in runtime.programme.letters.stages() if each.urgency == AT_ONCE}


def _rested(pair: PairSeen, letter: Letter) -> bool:
    """Whether a pair was suspended while a letter waited."""
    left = [at for at, _ in pair.states[1:]] + [datetime.max.replace(tzinfo=UTC)]
    return letter.settled_at is not None and any(
        state == "suspended" and at < letter.settled_at and ends > letter.owed_at
        for (at, state), ends in zip(pair.states, left, strict=True)
    )


def _about(letter: LetterTold, pairs: Mapping[str, PairSeen], pairing: Workflow) -> tuple[str, str]:
    """The pair of a letter, and the phase in which it was when the letter came."""
    assert letter.settled_at is not None
    known = pairs[letter.pair].states
    passed = [state for at, state in known if at <= letter.settled_at]
    return letter.pair, pairing.state(passed[-1]).phase


def _readers(runtime: Runtime) -> Mapping[str, Reader]:
    with reading(runtime.database) as session:
        people = directory.people(session)
        homes = {
            each.centre_id: directory.centre(session, directory.centre_key(session, each.centre_id))
            for each in people
            if each.centre_id is not None
        }
    own = office(runtime.settings)
    return {each.key: _reader(each.key, homes.get(each.centre_id or 0, own)) for each in people}


def _reader(key: str, home: Centre) -> Reader:
    return Reader(key, home.zone, Workdays(home.country or None, home.region or None))
