"""What happened in a simulation, noted as it is written: who did what, which flags and dates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import Moved
from engine.model.plan import Plan


@dataclass(frozen=True, slots=True)
class FlagSeen:
    """One case of a flag: how bad it became, and how it ended."""

    pair: str
    flag: str
    severity: str
    raised_at: datetime
    state: str
    closed_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class WaiverSeen:
    pair: str
    requirement: str
    role: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MoveSeen:
    pair: str
    milestone: str
    to: date
    reason: str
    at: datetime


@dataclass(slots=True)
class PairSeen:
    """One pair: where it stood from when on, and when one of its people did something."""

    reference: str
    states: list[tuple[datetime, str]] = field(default_factory=list)
    did: list[datetime] = field(default_factory=list)
    told: list[datetime] = field(default_factory=list)
    started_on: date | None = None
    state: str = ""
    closed: bool = False


class Chronicle:
    """Everything the report tells of, in the order it was committed."""

    def __init__(self, flag_workflows: Iterable[str]) -> None:
        self._flag_workflows = frozenset(flag_workflows)
        self.pairs: dict[CaseId, PairSeen] = {}
        self.flags: dict[CaseId, FlagSeen] = {}
        self.waivers: list[WaiverSeen] = []
        self.moves: list[MoveSeen] = []
        self.timers: Counter[str] = Counter()
        self.events = 0
        self.owed = 0  # letters, since the last beat of the mail

    def notice(self, plan: Plan, dossier: Dossier) -> None:
        root = dossier if dossier.parent is None else dossier.parent.dossier
        pair = self.pairs.setdefault(root.id, PairSeen(root.reference))
        self.events += 1
        if plan.event.by.role != SYSTEM:
            pair.did.append(plan.at)
        if dossier.parent is None:
            self._stand(pair, plan)
        if dossier.workflow in self._flag_workflows:
            self._flag(pair.reference, plan, dossier)
        self._decisions(pair.reference, plan)
        self.timers.update(timer.outcome for timer in plan.timers.settled)
        self.owed += len(plan.letters)

    def _stand(self, pair: PairSeen, plan: Plan) -> None:
        if plan.stays or not pair.states:
            pair.states.append((plan.at, plan.entered))
        pair.state, pair.closed = plan.entered, plan.closed

    def _flag(self, pair: str, plan: Plan, dossier: Dossier) -> None:
        facts = plan.facts
        severity, flag = str(facts.get("severity", "")), str(facts.get("flag", ""))
        known = self.flags.get(dossier.id)
        if known is None:
            known = FlagSeen(pair, flag, severity, plan.at, plan.entered)
        self.flags[dossier.id] = replace(
            known,
            severity=severity,
            state=plan.entered,
            closed_at=plan.at if plan.closed else None,
            outcome=str(facts.get("outcome") or ""),
        )

    def _decisions(self, pair: str, plan: Plan) -> None:
        if plan.waiver is not None:
            waiver = plan.waiver
            self.waivers.append(
                WaiverSeen(pair, waiver.requirement, waiver.role, waiver.reason, plan.at)
            )
        if isinstance(plan.event, Moved):
            moved = plan.event
            self.moves.append(MoveSeen(pair, moved.milestone, moved.to, moved.reason, plan.at))
