"""Rows of a table of running cases understood: what each would open, or what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from engine.literals import fact
from engine.model.adoption import Adoption, DatedColumn
from engine.model.definition import Workflow
from engine.time.zones import instant
from imports import cells
from imports.table import Column, Problems, Row, Table
from runtime.families import Families
from runtime.use_cases.directory_checks import wrong_player
from runtime.use_cases.start_case import NewPair, wrong_reference
from storage.cases import cases
from storage.directory import directory
from storage.errors import NotFoundError

Dated = list[tuple[DatedColumn, date]]

_NOON = time(12)
_SETTINGS, _WAIVES, _BECAUSE = ADAPTED = ("settings", "waives", "because")  # of one pair (B-15)


@dataclass(frozen=True, slots=True)
class Adapted:
    """What is another in this pair: settings by name, requirements it does not need, and why."""

    settings: Mapping[str, str]
    waives: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Order:
    """A row understood: what to open, which history, which records, what should be there."""

    row: int
    new: NewPair
    records: tuple[tuple[str, Mapping[str, object]], ...]
    passed: tuple[str, ...]  # the states whose evidence should be there
    undated: tuple[str, ...]  # the columns of steps taken, without their date
    adapted: Adapted


def columns(adoption: Adoption) -> tuple[Column, ...]:
    """The columns of the table: who, then the dates in the order of the programme."""
    people = [Column(name, required=needed) for name, needed in adoption.people.items()]
    facts = [Column(name, fact, required=False) for name in adoption.facts]
    dates = [Column(c.name, cells.day, required=c.required) for c in adoption.dates]
    adapted = [Column(name, required=False) for name in ADAPTED]
    return (Column("reference"), *people, *facts, *dates, *adapted)


def orders(acting: Families, adoption: Adoption, table: Table) -> tuple[Order, ...]:
    """What every row asks for. ImportProblemsError lists everything wrong, with its row."""
    reading = _Reading(acting, adoption, Problems(table.file))
    found = [order for row in table.rows if (order := reading.order(row)) is not None]
    reading.check_places(found)
    reading.problems.refuse()
    return tuple(found)


@dataclass(slots=True)
class _Reading:
    """One table on its way in: what was seen of it so far."""

    acting: Families
    adoption: Adoption
    problems: Problems
    references: dict[str, int] = field(default_factory=dict)  # by reference: the row

    def order(self, row: Row) -> Order | None:
        before = self.problems.count
        adoption = self.adoption
        dated = [
            (column, day)
            for column in adoption.dates
            if isinstance(day := row.values[column.name], date)
        ]
        self._check_dates(row, dated)
        parties = {side: str(row.values[side]).strip() for side in adoption.sides}
        people = {
            role: tuple(str(row.values[name] or "").split())
            for name, role in adoption.roles.items()
        }
        self._check_parties(row, parties)
        self._check_people(row, people, parties)
        reference = str(row.values["reference"]).strip()
        self._check_reference(row, reference)
        adapted = self._adapted(row)
        if not any(column.enters for column, _ in dated):
            self._wrong(row, adoption.dates[0].name, "no date says where the case stands")
        if self.problems.count > before:
            return None
        named = {name: row.values.get(name) for name in adoption.facts}
        facts = {name: value for name, value in named.items() if value is not None}
        given = {role: keys for role, keys in people.items() if keys}
        history = tuple(self._history(dated))
        sides = {side: (key,) for side, key in parties.items()}
        new = NewPair(reference, sides, given, facts, adoption.workflow, history)
        taken = _steps_taken(adoption, dated)
        return Order(
            row.number,
            new,
            _records(dated),
            passed=tuple(state for column in taken for state in column.passes),
            undated=tuple(c.name for c in taken if row.values[c.name] is None),
            adapted=adapted,
        )

    def _adapted(self, row: Row) -> Adapted:
        settings, waives, because = (str(row.values[name] or "").strip() for name in ADAPTED)
        pairs = [each.partition("=") for each in settings.split()]
        for name, equals, value in pairs:
            if not (name and value):
                self._wrong(row, _SETTINGS, f"{name[:60]}{equals} sets nothing: write name=value")
        if (settings or waives) and not because:
            self._wrong(row, _BECAUSE, "no reason is given: write why this pair is adapted")
        values = {name: value for name, _, value in pairs}
        return Adapted(values, tuple(waives.split()), because)

    def check_places(self, found: list[Order]) -> None:
        """One active case for a centre on each side, counting those already here (B-01)."""
        taken = cases.holders(self.acting.session)
        for order in found:
            if not self._workflow().state(order.new.history[-1][0]).holds_place:
                continue
            for side, (key,) in order.new.parties.items():
                holder = taken.get((side, key))
                if holder is not None:
                    self.problems.add(f"{key} is already in {holder}", row=order.row, column=side)
                taken[side, key] = order.new.reference

    def _check_reference(self, row: Row, reference: str) -> None:
        if wrong := wrong_reference(reference):
            self._wrong(row, "reference", wrong)
        elif reference in self.references:
            earlier = self.references[reference]
            self._wrong(row, "reference", f"{reference} stands in row {earlier} as well")
        elif self._is_known(cases.find, reference):
            self._wrong(row, "reference", f"there is a pair {reference} already")
        self.references.setdefault(reference, row.number)

    def _check_dates(self, row: Row, dated: Dated) -> None:
        latest: tuple[str, date] | None = None
        for column, day in dated:
            if day > self.acting.today and not column.planned:
                self._wrong(row, column.name, f"{day} lies in the future")
            if column.planned or column.loose:
                continue
            if latest is not None and day < latest[1]:
                self._wrong(row, column.name, f"{day} is before {latest[0]} ({latest[1]})")
            latest = (column.name, day)

    def _check_parties(self, row: Row, parties: Mapping[str, str]) -> None:
        seen: dict[str, str] = {}
        for side, key in parties.items():
            if key in seen:
                self._wrong(row, side, f"{key} stands on both sides: {seen[key]} and {side}")
            elif not self._is_known(directory.centre, key):
                self._wrong(row, side, f"there is no centre {key[:60]}; enter it first")
            else:
                entered = directory.centre(self.acting.session, key).side
                if entered in self.adoption.sides and entered != side:
                    self._wrong(row, side, f"{key} is entered as {entered}, not as {side}")
            seen[key] = side

    def _check_people(
        self, row: Row, people: Mapping[str, tuple[str, ...]], parties: Mapping[str, str]
    ) -> None:
        column_of = {role: name for name, role in self.adoption.roles.items()}
        for role, keys in people.items():
            for place, key in enumerate(keys):
                if key in keys[:place]:
                    self._wrong(row, column_of[role], f"{key[:60]} is named twice")
                elif not self._is_known(directory.person, key):
                    remedy = "enter them first, keys apart by a blank"
                    self._wrong(row, column_of[role], f"there is no person {key[:60]}; {remedy}")
                elif wrong := self._wrong_player(key, role, parties):
                    self._wrong(row, column_of[role], wrong)

    def _wrong_player(self, key: str, role: str, parties: Mapping[str, str]) -> str:
        session = self.acting.session
        person = directory.person(session, key)
        sides = {side: (centre,) for side, centre in parties.items()}
        return wrong_player(session, self._workflow(), role, person, sides)

    def _history(self, dated: Dated) -> Iterator[tuple[str, datetime]]:
        """The states gone through, in order; a date that opens no state adds nothing.

        Each at noon of its day, so that it is the same day where the centres are.
        """
        zone = self.acting.runtime.settings.programme.zone
        for column, day in dated:
            for state in column.enters:
                yield state, min(instant(day, _NOON, zone), self.acting.now)

    def _workflow(self) -> Workflow:
        return self.acting.runtime.programme.workflows[self.adoption.workflow]

    def _is_known(self, look_up: Callable[..., object], key: str) -> bool:
        try:
            look_up(self.acting.session, key)
        except NotFoundError:
            return False
        return True

    def _wrong(self, row: Row, column: str, sentence: str) -> None:
        self.problems.add(sentence, row=row.number, column=column)


def _steps_taken(adoption: Adoption, dated: Dated) -> list[DatedColumn]:
    """The columns up to the last that opened a state: a case went through the earlier ones too."""
    opened = {column.name for column, _ in dated if column.enters}
    steps = [column for column in adoption.dates if column.enters]
    last = max(place for place, column in enumerate(steps) if column.name in opened)
    return steps[: last + 1]


def _records(dated: Dated) -> tuple[tuple[str, Mapping[str, object]], ...]:
    content: dict[str, dict[str, object]] = {}
    for column, day in dated:
        for path in column.records:
            record, _, name = path.partition(".")
            content.setdefault(record, {})[name] = day.isoformat()
    return tuple(content.items())
