"""Where families are kept between decisions: in rows, or wherever else a runtime is told to."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from engine.model.decision import Decision
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family
from engine.model.others import Others
from engine.model.plan import Plan
from engine.model.putting_right import Cause
from storage.cases import lookups, others, write
from storage.cases.load import Known, load_family
from storage.database.transactions import Session


class Store(Protocol):
    """Keeps families. ``session`` is the open transaction, in which people and centres stand."""

    def load(self, session: Session, case_id: CaseId, known: Known, *, lock: bool) -> Family:
        """The family of a case; NotFoundError when there is none."""

    def renewed(self, session: Session, family: Family, event: Cause) -> Family:
        """The family just loaded, with people and centres as they are by the time of an event."""

    def others(
        self,
        session: Session,
        dossier: Dossier,
        workflows: Callable[[str], Workflow],
        reads: frozenset[str],
    ) -> Others:
        """What is asked for of the other cases, nothing else."""

    def write(self, session: Session, decision: Decision, now: datetime) -> tuple[Plan, ...]:
        """Keep a decision, and who is to look again; its plans with the numbers of their cases."""


class Rows:
    """Families in the rows of the database, people and centres read with them."""

    def load(self, session: Session, case_id: CaseId, known: Known, *, lock: bool) -> Family:
        return load_family(session, case_id, known, lock=lock)

    def renewed(self, _session: Session, family: Family, _event: Cause) -> Family:
        return family

    def others(
        self,
        session: Session,
        dossier: Dossier,
        workflows: Callable[[str], Workflow],
        reads: frozenset[str],
    ) -> Others:
        return others.others(session, dossier, workflows, reads)

    def write(self, session: Session, decision: Decision, now: datetime) -> tuple[Plan, ...]:
        plans = write.write(session, decision)
        for workflow in sorted(decision.frees):
            lookups.owe(session, workflow, decision.after.root, now)
        return plans


ROWS = Rows()
