"""Writing a decision: what differs between before and after, together or not at all (P1)."""

from dataclasses import dataclass, field, replace

from engine.model.decision import Decision
from engine.model.dossier import CaseId
from engine.model.family import FRESH, Letter
from engine.model.plan import Plan
from engine.time.zones import local_day
from storage.cases import case_rows, cases, changed_rows, former_cast, owed_rows, restored_rows
from storage.cases.case_rows import Heads
from storage.database.columns import from_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.directory import roles
from storage.journal import journal
from storage.journal.journal import Entry


def write(session: Session, decision: Decision) -> tuple[Plan, ...]:
    """Write every plan of a decision; the answer is the plans with the numbers of opened cases.

    The caller owns the transaction. StaleDossierError: the family moved on since it was loaded.
    """
    if not decision.plans and not decision.ended:
        return ()
    reach("commit.begin")
    numbered = _Numbers(session, decision)
    plans = numbered.plans()
    reach("commit.opened")
    heads = case_rows.heads(session, decision.after.root, plans)
    keys = _write_journal(session, plans, heads, along=decision.along)
    reach("commit.journal")
    case_rows.move(session, plans, heads)
    reach("commit.move")
    _write_rows(session, decision.after.root, plans)
    letters = [numbered.letter(letter) for letter in decision.letters]
    owed_rows.owe(session, decision.after.root, zip(keys, letters, strict=True))
    owed_rows.end_letters(session, decision.ended.values())
    if decision.withdrawn:
        at = from_instant(decision.outcome.at)
        restored_rows.withdraw(session, decision.withdrawn, decision.outcome, at)
    reach("commit.letters")
    return plans


def _write_rows(session: Session, root: CaseId, plans: tuple[Plan, ...]) -> None:
    """What is put right stands first: what follows from it is written upon it."""
    restored = tuple(plan for plan in plans if plan.restores)
    restored_rows.write_restored(session, root, restored)
    former_cast.reinstate(session, restored)
    others = tuple(plan for plan in plans if not plan.restores)
    changed_rows.write_parts(session, others)
    reach("commit.parts")
    relieve(session, others)
    if others:
        changed_rows.write_timers(session, root, others)
    reach("commit.timers")


def relieve(session: Session, plans: tuple[Plan, ...]) -> None:
    """Take the centres and the people of a partnership that ended off its case."""
    for plan in plans:
        today = local_day(plan.at, plan.after.office.zone)
        for side in plan.relieved:
            cases.set_party(session, plan.case_id, side, ())
            roles.relieve(session, plan.case_id, side, today)


def _write_journal(
    session: Session, plans: tuple[Plan, ...], heads: Heads, *, along: bool
) -> list[str]:
    """One entry for each plan, each chained to the one before; the keys of the letters owed."""
    keys: list[str] = []
    entries: list[Entry] = []
    first = heads.entries + 1
    for turn, plan in enumerate(plans, start=first):
        mine = [f"{plan.case_id}/{plan.version}/{n}" for n in range(len(plan.letters))]
        place = {"turn": turn, "act": first, **({"along": True} if along else {})}
        entry = journal.entry(plan, mine, heads.of[plan.case_id], place)
        heads.of[plan.case_id] = entry.hash
        entries.append(entry)
        keys += mine
    journal.append(session, entries)
    return keys


@dataclass(slots=True)
class _Numbers:
    """Gives the cases that a decision opens the numbers of their rows."""

    session: Session
    decision: Decision
    real: dict[CaseId, CaseId] = field(default_factory=dict)

    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._numbered(plan) for plan in self.decision.plans)

    def letter(self, letter: Letter) -> Letter:
        return replace(letter, case_id=self.real.get(letter.case_id, letter.case_id))

    def _numbered(self, plan: Plan) -> Plan:
        if plan.case_id < FRESH:
            return plan
        if plan.case_id not in self.real:
            above = self.decision.after.parents[plan.case_id]
            self.real[plan.case_id] = case_rows.open_child(
                self.session,
                plan.before,
                root=self.decision.after.root,
                parent=self.real.get(above, above),
            )
        number = self.real[plan.case_id]
        return replace(
            plan, before=replace(plan.before, id=number), after=replace(plan.after, id=number)
        )
