"""Taking over pairs that run already: from a table of actual dates, all or nothing, quietly."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from engine.adoption import Adoption, DatedColumn
from engine.definition import Workflow
from engine.dossier import CaseId
from engine.errors import ProjectError
from engine.ladders import LIVE_FROM
from engine.machine import lacking
from engine.outcomes import By, Filed, Refreshed, Refusal, Started
from engine.records import problems
from engine.view import View
from engine.zones import instant
from runtime.acting import Acting
from runtime.starting import NewPair, open_pair
from runtime.wiring import Runtime, programme_folder
from storage import cases, directory
from storage.cases import NewCase
from storage.database import Session, transaction
from storage.errors import NotFoundError
from workflows.adoption import read_adoption
from workflows.importing import Column, Kind, Problems, Row, read_table

_IMPORT = By("import", "system")

LookUp = Callable[[Session, str], object]


class AdoptionError(ProjectError):
    """A row that was read well cannot be taken over."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One pair taken over: where it stands, and the evidence that is missing."""

    reference: str
    state: str
    missing: tuple[str, ...]


def adopt(runtime: Runtime, path: Path, go_live: date, *, dry_run: bool) -> tuple[Adopted, ...]:
    """Take over every pair of the table, or none.

    History is marked as imported, nothing is sent before the go-live day. ImportProblemsError
    lists everything wrong with its row numbers.
    """
    adoption = read_adoption(programme_folder(runtime.settings) / "adoption.yaml")
    table = read_table(path, columns(adoption))
    problems_found = Problems(str(path.name))
    live_at = instant(go_live, time(0), runtime.settings.programme.zone)
    with transaction(runtime.database) as session:
        acting = Acting(session, runtime, runtime.clock())
        cases.lock_programme(session)
        orders = [_order(acting, adoption, row, problems_found) for row in table.rows]
        _check_places(acting, [order for order in orders if order is not None], problems_found)
        problems_found.refuse()
        done = tuple(_take_over(acting, order, live_at) for order in orders if order is not None)
        if dry_run:
            session.rollback_only()
    return done


def columns(adoption: Adoption) -> tuple[Column, ...]:
    """The columns of the table: who, then the dates in the order of the programme."""
    people = [Column(name, Kind.TEXT, required=needed) for name, needed in adoption.people.items()]
    facts = [Column(name, Kind.TEXT, required=False) for name in adoption.facts]
    dates = [Column(c.name, Kind.DATE, required=c.required) for c in adoption.dates]
    return (Column("reference"), *people, *facts, *dates)


@dataclass(frozen=True, slots=True)
class _Order:
    """A row understood: what to open, which history, which records."""

    row: int
    new: NewPair
    records: tuple[tuple[str, Mapping[str, object]], ...]
    passed: tuple[str, ...]
    adoption: Adoption


def _order(acting: Acting, adoption: Adoption, row: Row, found: Problems) -> _Order | None:
    before = found.count
    dated = [
        (column, day)
        for column in adoption.dates
        if isinstance(day := row.values[column.name], date)
    ]
    _check_dates(acting, row, dated, found)
    parties = {side: str(row.values[side]) for side in adoption.sides if row.values.get(side)}
    people = {
        role: tuple(key.strip() for key in str(row.values[name]).split(" ") if key.strip())
        for name, role in adoption.roles.items()
        if row.values.get(name)
    }
    _check_keys(acting, row, (parties, people), found)
    reference = str(row.values["reference"])
    if cases.find(acting.session, reference) is not None:
        found.add(f"pair {reference} is there already", row=row.number, column="reference")
    if found.count > before or not dated:
        return None
    facts = {name: row.values[name] for name in adoption.facts if row.values.get(name)}
    new = NewPair(reference, parties, people, facts, adoption.workflow, _history(acting, dated))
    passed = tuple(state for column, _ in dated for state in column.passes)
    return _Order(row.number, new, _records(dated), passed, adoption)


def _check_dates(
    acting: Acting, row: Row, dated: list[tuple[DatedColumn, date]], found: Problems
) -> None:
    today = acting.now.date()
    latest: tuple[str, date] | None = None
    for column, day in dated:
        if day > today and not column.planned:
            found.add(f"{day} lies in the future", row=row.number, column=column.name)
        if column.planned or column.loose:
            continue
        if latest is not None and day < latest[1]:
            sentence = f"{day} is before {latest[0]} ({latest[1]})"
            found.add(sentence, row=row.number, column=column.name)
        latest = (column.name, day)


def _check_keys(
    acting: Acting,
    row: Row,
    named: tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]],
    found: Problems,
) -> None:
    parties, people = named
    for side, key in parties.items():
        _known(directory.centre_id, acting, key, (row, side, found))
    for role, keys in people.items():
        for key in keys:
            _known(directory.person_id, acting, key, (row, role, found))


def _known(look_up: LookUp, acting: Acting, key: str, where: tuple[Row, str, Problems]) -> None:
    row, column, found = where
    try:
        look_up(acting.session, key)
    except NotFoundError as error:
        found.add(str(error), row=row.number, column=column)


def _history(
    acting: Acting, dated: list[tuple[DatedColumn, date]]
) -> tuple[tuple[str, datetime], ...]:
    """The states gone through, in order; a date that opens no state adds nothing."""
    zone = acting.runtime.settings.programme.zone
    steps = [
        (state, instant(day, time(0), zone)) for column, day in dated for state in column.enters
    ]
    return tuple(steps)


def _records(
    dated: list[tuple[DatedColumn, date]],
) -> tuple[tuple[str, Mapping[str, object]], ...]:
    content: dict[str, dict[str, object]] = {}
    for column, day in dated:
        for path in column.records:
            record, _, field = path.partition(".")
            content.setdefault(record, {})[field] = day.isoformat()
    return tuple(content.items())


def _check_places(acting: Acting, orders: list[_Order], found: Problems) -> None:
    """One active case for a centre on each side, counting those already here (B-01)."""
    taken = cases.holders(acting.session)
    for order in orders:
        if not _workflow(acting, order).state(order.new.history[-1][0]).holds_place:
            continue
        for side, key in order.new.parties.items():
            holder = taken.get((side, key))
            if holder is not None:
                sentence = f"{key} is already in {holder}"
                found.add(sentence, row=order.row, column=side)
            taken[side, key] = order.new.reference


def _workflow(acting: Acting, order: _Order) -> Workflow:
    return acting.runtime.programme.workflows[order.new.workflow]


def _take_over(acting: Acting, order: _Order, live_at: datetime) -> Adopted:
    facts = {**order.new.facts, LIVE_FROM: live_at.astimezone(UTC).isoformat()}
    case_id = open_pair(acting, replace(order.new, facts=facts), _IMPORT)
    for record, content in order.records:
        outcome = acting.happen(case_id, Filed(record, content, _IMPORT, imported=True))
        if isinstance(outcome, Refusal):
            raise AdoptionError(f"{order.new.reference}: {outcome.unmet[0].detail}")
    dossier = cases.load(acting.session, case_id, acting.runtime.workflow)
    for child in order.adoption.children.get(dossier.state, ()):
        _open_child(acting, case_id, child)
    acting.happen(case_id, Refreshed())
    view = View(acting.runtime.workflow(dossier.digest), dossier, acting.now)
    return Adopted(order.new.reference, dossier.state, tuple(_missing(view, order)))


def _open_child(acting: Acting, parent: CaseId, name: str) -> None:
    workflow = acting.pin(name)
    child = cases.open_case(
        acting.session,
        NewCase(
            workflow=workflow.name,
            digest=workflow.digest,
            initial=workflow.initial,
            reference=None,
            parent_id=parent,
            opened_at=acting.now,
        ),
    )
    acting.happen(child, Started(_IMPORT))


def _missing(view: View, order: _Order) -> Iterator[str]:
    """The evidence that the steps already taken would have asked for."""
    for step in view.workflow.transitions:
        if not set(step.sources) & set(order.passed) or step.target not in order.adoption.route:
            continue
        for requirement in step.requires:
            if not requirement.check.reads and not requirement.warns:
                for unmet in lacking(view, requirement):
                    yield f"{requirement.says} ({unmet.detail})"
    for name, versions in view.dossier.records.items():
        kind = view.workflow.records[name]
        gaps = [p.field for p in problems(kind.fields, versions[-1].content) if p.is_gap]
        if gaps:
            yield f"{kind.title}: {', '.join(gaps)}"
