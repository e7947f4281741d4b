"""The checks on a case and its surroundings: signatures, versions, children, places, people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from engine.checks.wording import absent, nobody_filed, noun, rows_of, the_record, title_of
from engine.dates.anchors import day_of
from engine.dates.view import View
from engine.model.check import NO_WORDS, NOTHING, Lack
from engine.model.dossier import Child, RecordVersion
from engine.model.sides import unfiled, unsigned


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A record carries the signature of every role named, of each centre of its side (A-15)."""

    record: str
    roles: tuple[str, ...]
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        latest = view.latest(self.record)
        if latest is None:
            return (Lack(nobody_filed(the_record(view, self.record))),)
        return tuple(lack for role in self.roles for lack in unsigned(view.dossier, latest, role))

    def paths(self) -> tuple[str, ...]:
        return (f"record.{self.record}",)


@dataclass(frozen=True, slots=True)
class FiledBy:
    """A record was filed for every role named, for each centre of its side."""

    record: str
    roles: tuple[str, ...]
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        versions, says = (
            view.versions(self.record),
            f"{the_record(view, self.record)} is not filed for",
        )
        return tuple(
            lack for role in self.roles for lack in unfiled(view.dossier, versions, role, says)
        )

    def paths(self) -> tuple[str, ...]:
        return (f"record.{self.record}",)


@dataclass(frozen=True, slots=True)
class PinnedTo:
    """A field of a record names the version of another record that is the latest (A-15)."""

    of: str
    record: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        named, latest = view.value(self.of), view.latest(self.record)
        words = the_record(view, self.record)
        if latest is None:
            return (Lack(nobody_filed(words)),)
        if named == latest.number:
            return ()
        there = absent(view, self.of) if named is None else f"{noun(view, self.of)} is {named}"
        return (Lack(f"{there}; the latest version of {words} is {latest.number}"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of, f"record.{self.record}")


@dataclass(frozen=True, slots=True)
class NewerThan:
    """A record has a version filed since a state was first entered (S-12, S-14)."""

    record: str
    state: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        entered = [v.entered_at for v in view.dossier.stays if v.state == self.state]
        latest = view.latest(self.record)
        if latest is not None and (not entered or latest.filed_at >= entered[0]):
            return ()
        since = view.workflow.state(self.state).title
        return (Lack(f"no version of {the_record(view, self.record)} was filed since: {since}"),)

    def paths(self) -> tuple[str, ...]:
        return (f"record.{self.record}",)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows agreed in a pinned version are all there, same owner, dates within a slip (F-12)."""

    record: str
    rows: str
    key: str
    fields: tuple[str, ...] = ()
    date: str = ""
    slip: int = 0  # days a date may move
    since: str = ""  # a path to the version number agreed; else the version before
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        agreed, latest = self._agreed(view), view.latest(self.record)
        if agreed is None or latest is None or agreed.number == latest.number:
            return ()
        now = _maps(latest, self.rows)
        return tuple(
            Lack(problem)
            for row in _maps(agreed, self.rows)
            if (problem := self._problem(row, self._same_row(row, now)))
        )

    def _agreed(self, view: View) -> RecordVersion | None:
        versions = view.versions(self.record)
        if not self.since:
            return versions[-2] if len(versions) > 1 else None
        number = view.value(self.since)
        return next((version for version in versions if version.number == number), None)

    def _same_row(
        self, old: Mapping[str, object], now: tuple[Mapping[str, object], ...]
    ) -> Mapping[str, object] | None:
        return next((row for row in now if row.get(self.key) == old.get(self.key)), None)

    def _problem(self, old: Mapping[str, object], new: Mapping[str, object] | None) -> str:
        title = title_of(old)
        if new is None:
            return f'"{title}" was dropped'
        for name in self.fields:
            if old.get(name) != new.get(name):
                return f'"{title}": {name} changed from {old.get(name)} to {new.get(name)}'
        before, after = day_of(old.get(self.date)), day_of(new.get(self.date))
        if before and not after:
            return f'"{title}": {self.date} was {before} and is missing now'
        if before and after and after - before > timedelta(days=self.slip):
            return f'"{title}": {self.date} slips from {before} to {after}'
        return ""

    def paths(self) -> tuple[str, ...]:
        return (f"record.{self.record}.{self.rows}",)


@dataclass(frozen=True, slots=True)
class NoneOverdue:
    """No row's date lies more than ``grace`` days back, rows like ``unless`` apart (F-10)."""

    of: str
    date: str
    grace: int = 0
    unless: Mapping[str, object] = field(default_factory=lambda: NO_WORDS)
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        limit = view.today - timedelta(days=self.grace)
        return tuple(
            Lack(f'"{title_of(row)}" was due on {due}')
            for row in rows_of(view.value(self.of))
            if isinstance(row, Mapping)
            and not any(row.get(name) == value for name, value in self.unless.items())
            and (due := day_of(row.get(self.date))) is not None
            and due < limit
        )

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Children:
    """How many children of a workflow, like ``where``, are closed or open."""

    workflow: str
    at_least: int = 0
    at_most: int | None = None
    closed: bool = True
    where: Mapping[str, object] = field(default_factory=lambda: NO_WORDS)
    states: tuple[str, ...] = ()
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        found = [child for child in view.dossier.children if self._counts(child)]
        name = self.workflow.replace("_", " ")
        if len(found) < self.at_least:
            return (Lack(f"{name}: {len(found)} so far, asked: at least {self.at_least}"),)
        if self.at_most is not None and len(found) > self.at_most:
            titles = ", ".join(str(c.facts.get("title", c.state)) for c in found)
            return (Lack(f"{name} still {'closed' if self.closed else 'open'}: {titles}"),)
        return ()

    def _counts(self, child: Child) -> bool:
        return (
            child.workflow == self.workflow
            and (child.closed_at is not None) == self.closed
            and (not self.states or child.state in self.states)
            and all(child.facts.get(name) == value for name, value in self.where.items())
        )

    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody in each role can be written to."""

    roles: tuple[str, ...]
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        return tuple(
            Lack(f"nobody reachable as {role}")
            for role in self.roles
            if not any(person.reachable for person in view.dossier.people_as(role))
        )

    def paths(self) -> tuple[str, ...]:
        return ()


def _maps(version: RecordVersion, rows: str) -> tuple[Mapping[str, object], ...]:
    found = rows_of(version.content.get(rows))
    return tuple(row for row in found if isinstance(row, Mapping))
