"""The same pairs twice: with an engine that never stops, and with one that is down for days."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from engine.model.outcomes import FlagRaised
from runtime.clock import VirtualClock
from storage.cases import cases
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.mail.queries import LetterLine, LetterQuery, letters
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by, states
from tests.support.world import FACILITATOR, Mailbox, World, make, settings_for

_OUTCOMES = Statement[tuple[str, str, int, str, str, int]](
    """SELECT c.reference, t.ladder, t.rung, t.outcome, COALESCE(t.settled_at, ''), t.stay
    FROM timers t JOIN cases c ON c.id = t.case_id ORDER BY c.id, t.stay, t.ladder, t.rung"""
)
NAMES = ("WORK", "LATE", "SOON", "ASKED", "SEEN")
CHECK_IN_LATER = 86  # days: the check-in of the pair at work opens a few days after the town rests


def settle(world: World) -> dict[str, Pair]:
    """Pairs in different states, each with something about to come due; beats every day so far."""
    found = {"WORK": a_pair(world, "WORK").gets_to("implementation")}
    days_go_by(world, CHECK_IN_LATER - 8)
    found["LATE"] = a_pair(world, "LATE").gets_to("memorandum").files_all()  # unsigned for 8 days
    days_go_by(world, 7)
    found["SOON"] = a_pair(world, "SOON").gets_to("memorandum").files_all()  # for one day
    found["ASKED"] = a_pair(world, "ASKED").gets_to("match_validation")
    found["SEEN"] = a_pair(world, "SEEN").gets_to("formalised")
    seen = FlagRaised("F-19", "The director was not there.", FACILITATOR, "red")
    assert act(world.runtime, found["SEEN"].case, seen).accepted
    days_go_by(world, 1)
    return found


_settled: list[tuple[bytes, datetime]] = []


def settled(folder: Path) -> tuple[World, dict[str, Pair]]:
    """The same on SQLite, played once a session and written for every world."""
    if not _settled:
        first = folder / "settled"
        first.mkdir()
        world = make(first)
        settle(world)
        world.close()
        _settled.append(((first / "pairing.db").read_bytes(), world.clock()))
    made, now = _settled[0]
    (folder / "pairing.db").write_bytes(made)
    url = f"sqlite:///{folder}/pairing.db"
    world = World(url, VirtualClock(now), Mailbox(), settings_for(url, folder))
    with reading(world.runtime.database) as session:
        return world, {name: Pair(world, cases.find(session, name)) for name in NAMES}


@dataclass(frozen=True)
class Woken:
    """What the first beats after a downtime said."""

    at: datetime
    said: tuple[LetterLine, ...]

    def sent(self) -> Counter[tuple[str | None, str]]:
        """How many messages each person got of each pair."""
        return Counter((line.person, line.root) for line in self.said if line.state == "accepted")

    def sent_to(self, person: str) -> set[str]:
        return {line.root for line in self.said if line.person == person and line.message}

    def reasons(self) -> Counter[str]:
        return Counter(line.reason for line in self.said if line.state == "superseded")


def wake(world: World, days: int) -> Woken:
    """The engine is down for so many days; then it beats once."""
    world.days_pass(days)
    world.beat()
    return Woken(world.clock(), letters_since(world, world.clock()))


def letters_since(world: World, moment: datetime) -> tuple[LetterLine, ...]:
    with reading(world.runtime.database) as session:
        return letters(session, LetterQuery(since=moment))


def superseded_timers(world: World) -> set[str]:
    """Every timer whose end says that the engine was down when it came due."""
    with reading(world.runtime.database) as session:
        rows = session.all(_OUTCOMES)
    return {f"{row[0]} {row[1]}/{row[2]}" for row in rows if row[3] == "superseded: downtime"}


@dataclass(frozen=True)
class Standing:
    """Where everybody stands in the end: cases by reference, flags by pair."""

    states: Mapping[str, str]
    flags: Mapping[str, Mapping[object, object]]


def standing(world: World, pairs: Mapping[str, Pair]) -> Standing:
    """Flags and check-ins are numbered in the order they came; what they are is what counts."""
    mains = {name: state for name, state in states(world).items() if name in pairs}
    children = Counter(
        f"{name.partition('-')[0]} {state}" for name, state in states(world).items() if "/" in name
    )
    found = {**mains, **{name: str(count) for name, count in children.items()}}
    return Standing(found, {name: pair.flags() for name, pair in pairs.items()})


def rows(world: World) -> int:
    """How much is written down: letters, messages, journal entries, timers."""
    tables = ("intents", "messages", "journal", "timers", "attempts", "incidents", "cases")
    with reading(world.runtime.database) as session:
        counts = [
            session.all(Statement[tuple[int]](f"SELECT count(*) FROM {table}"))[0][0]  # noqa: S608 - ours
            for table in tables
        ]
    return sum(counts)


def workdays_after(day: date, count: int) -> date:
    """A day so many weekdays later; the story passes no public holiday."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
