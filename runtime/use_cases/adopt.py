"""Taking over pairs that run already: from a table of actual dates, all or nothing, quietly."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from engine.checks.records import problems
from engine.dates.view import View
from engine.decide.acts import Verb
from engine.decide.unmet import lacking
from engine.errors import ProjectError
from engine.letters.ladders import LIVE_FROM
from engine.model.adapting import REASON, SETTINGS, adapting
from engine.model.adoption import Adoption
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Filed, Refreshed, Refusal, Started, Waived
from engine.time.zones import instant
from imports.table import read_table
from runtime.definitions import programme_folder
from runtime.families import Families
from runtime.permission import NotEntitledError, leave_of_office
from runtime.use_cases.adopt_rows import Order, columns, orders
from runtime.use_cases.start_case import open_pair
from runtime.wiring import Runtime
from storage.cases import cases
from storage.cases.cases import NewCase
from storage.database.transactions import transaction
from workflows.schema.adoption import read_adoption


class AdoptionError(ProjectError):
    """A row that was read well cannot be taken over."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One pair taken over: where it stands, and the evidence that is missing."""

    reference: str
    state: str
    missing: tuple[str, ...]


def adopt(
    runtime: Runtime, path: Path, go_live: date, by: By, *, dry_run: bool
) -> tuple[Adopted, ...]:
    """Take over every pair of the table, or none.

    History is marked as imported, nothing is sent before the go-live day. ImportProblemsError
    lists everything wrong with its row numbers.
    """
    adoption = read_adoption(programme_folder(runtime.settings) / "adoption.yaml")
    table = read_table(path, columns(adoption))
    workflow = runtime.programme.workflows[adoption.workflow]
    live_at = instant(go_live, workflow.sends_at, runtime.settings.programme.zone)
    with transaction(runtime.database) as session:
        person = leave_of_office(session, runtime, by, Verb.ADOPT)
        acting = Families(session, runtime, runtime.clock())
        cases.lock_programme(session)
        taking = _Taking(acting, adoption, live_at, person)
        done = tuple(taking.take(order) for order in orders(acting, adoption, table))
        if dry_run:
            session.rollback_only()
    return done


@dataclass(frozen=True, slots=True)
class _Taking:
    """Rows on their way into cases, within one transaction."""

    acting: Families
    adoption: Adoption
    live_at: datetime
    by: By  # who takes over

    @property
    def told(self) -> By:
        """Who tells the history: what the table says of it is judged as the system's own."""
        return replace(self.by, role=SYSTEM)

    def take(self, order: Order) -> Adopted:
        try:
            return self._take(order)
        except NotEntitledError as error:
            raise NotEntitledError(f"row {order.row}, {order.new.reference}: {error}") from error
        except ProjectError as error:
            raise AdoptionError(f"row {order.row}, {order.new.reference}: {error}") from error

    def _take(self, order: Order) -> Adopted:
        acting = self.acting
        facts = {**order.new.facts, LIVE_FROM: self.live_at.astimezone(UTC).isoformat()}
        case_id = open_pair(acting, replace(order.new, facts=facts), self.by)
        for record, content in order.records:
            outcome = acting.happen(case_id, Filed(record, content, self.told, imported=True))
            if isinstance(outcome, Refusal):
                raise AdoptionError(outcome.unmet[0].detail)
        self._adapt(case_id, order)
        dossier = acting.load(case_id).whole(case_id)
        for child in self.adoption.children.get(dossier.state, ()):
            self._open_child(case_id, child)
        acting.happen(case_id, Refreshed())
        view = View(acting.runtime.workflow_of(dossier), dossier, acting.now)
        missing = tuple(_missing(view, order, self.adoption.route))
        return Adopted(order.new.reference, dossier.state, missing)

    def _adapt(self, case_id: CaseId, order: Order) -> None:
        """What is another in this pair, by whoever takes it over, and why (B-15)."""
        because = order.adapted.because
        rows = [{"setting": name, "value": value} for name, value in order.adapted.settings.items()]
        record = adapting(self.acting.runtime.programme.workflows[self.adoption.workflow])
        content = {SETTINGS: rows, REASON: because}
        acts: list[Filed | Waived] = [
            Waived(name, because, self.by) for name in order.adapted.waives
        ]
        if rows:
            acts.insert(0, Filed(record, content, self.by, imported=True))
        for act in acts:
            outcome = self.acting.happen(case_id, act)
            if isinstance(outcome, Refusal):
                wrong = outcome.unmet[0]
                raise AdoptionError(f"{wrong.detail}. {wrong.remedy}")

    def _open_child(self, parent: CaseId, name: str) -> None:
        workflow = self.acting.pin(name)
        child = cases.open_case(
            self.acting.session,
            NewCase(
                workflow=workflow.name,
                digest=workflow.digest,
                initial=workflow.initial,
                reference=None,
                parent_id=parent,
                opened_at=self.acting.now,
            ),
        )
        self.acting.happen(child, Started(self.told))


def _missing(view: View, order: Order, route: tuple[str, ...]) -> Iterator[str]:
    """The evidence that the steps already taken would have asked for."""
    yield from (f"{name}: the day is not given" for name in order.undated)
    told = set()
    for step in view.workflow.transitions:
        if not set(step.sources) & set(order.passed) or step.target not in route:
            continue
        for requirement in step.requires:
            if requirement.check.reads or requirement.warns or requirement.name in told:
                continue
            told.add(requirement.name)
            for unmet in lacking(view, requirement):
                yield f"{unmet.detail} ({requirement.says})"
    for name, versions in view.dossier.records.items():
        kind = view.workflow.records[name]
        gaps = [p.field for p in problems(kind.fields, versions[-1].content) if p.is_gap]
        if gaps:
            yield f"{kind.title}: {', '.join(gaps)}"
