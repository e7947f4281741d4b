"""migrate(family, versions, event, now): the cases of a family brought to others (P12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engine.decide.carried_over import carried_over
from engine.decide.decide import followed
from engine.decide.draft import Draft
from engine.decide.fire import with_ends
from engine.decide.fitting import renamed, unfit, unread
from engine.decide.propagation import Propagation
from engine.decide.step import dates_of
from engine.decide.telling import OPEN, ended
from engine.decide.unmet import not_taken
from engine.model.decision import Decision
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family, Letter
from engine.model.migrating import Migrated, Version
from engine.model.outcomes import Refreshed, Unmet
from engine.model.partners import parted
from engine.model.past import Posted
from engine.model.plan import Plan

_SILENCED = "the letter is no longer in the programme"


class Becomes(StrEnum):
    """What becomes of a case with another version."""

    UNTOUCHED = "untouched"
    SAME = "same state"
    MAPPED = "mapped"
    BLOCKED = "blocked"
    HELD = "held back"  # it could be brought, and another case of its pair cannot


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one case, in which state it stands then, and why it cannot be brought."""

    case: CaseId
    reference: str
    becomes: Becomes
    state: str
    why: tuple[Unmet, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of every open case; no decision where nothing is another, or one is blocked."""

    fates: tuple[Fate, ...]
    decision: Decision | None = None


def migrate(
    family: Family,
    versions: Mapping[str, Version],
    event: Migrated,
    now: datetime,
    posted: tuple[Posted, ...] = (),
) -> Migration:
    """All open cases of a family by the versions of their workflows: all of them, or none.

    Pure, as ``decide``; NotLoadedError, EndlessError as there. ``posted`` are its letters: one that
    nobody has read and that the programme no longer has is withheld.
    """
    open_ones = [case for case, each in family.cases.items() if _is_open(each)]
    fates = tuple(_fate(family, case, versions) for case in open_ones)
    kinds = {fate.becomes for fate in fates}
    if Becomes.BLOCKED in kinds:
        return Migration(tuple(_held_back(family, fates)))
    if kinds <= {Becomes.UNTOUCHED}:
        return Migration(fates)
    moving = [fate.case for fate in fates if fate.becomes is not Becomes.UNTOUCHED]
    decision = _Work(family, versions, event, now).decide(_from_the_root(family, moving))
    return Migration(fates, _silenced(decision, versions, posted, moving))


def _is_open(dossier: Dossier) -> bool:
    return dossier.closed_at is None and not dossier.void


def _fate(family: Family, case: CaseId, versions: Mapping[str, Version]) -> Fate:
    dossier, was = family.whole(case), family.workflow(case)
    version = versions.get(was.name)
    if version is None or version.workflow.digest == was.digest:
        return Fate(case, dossier.reference, Becomes.UNTOUCHED, dossier.state)
    if why := unfit(was, version.workflow, dossier):
        return Fate(case, dossier.reference, Becomes.BLOCKED, dossier.state, why)
    state = renamed(version.workflow, dossier.state)
    becomes = Becomes.SAME if state == dossier.state else Becomes.MAPPED
    return Fate(case, dossier.reference, becomes, state)


def _held_back(family: Family, fates: tuple[Fate, ...]) -> Iterator[Fate]:
    """A family is brought whole or not at all: what could be brought stays with what cannot."""
    blocked = ", ".join(fate.reference for fate in fates if fate.becomes is Becomes.BLOCKED)
    for fate in fates:
        if fate.becomes in {Becomes.BLOCKED, Becomes.UNTOUCHED}:
            yield fate
        else:
            detail = f"it is brought only together with {blocked}, which cannot be"
            why = not_taken("held back", detail, f"Mend first what blocks {blocked}.")
            stands = family.whole(fate.case).state
            yield replace(fate, becomes=Becomes.HELD, state=stands, why=(why,))


def _from_the_root(family: Family, cases: list[CaseId]) -> list[CaseId]:
    """A case before its children: their dates hang on it."""
    return sorted(cases, key=lambda case: (_depth(family, case), case))


def _depth(family: Family, case: CaseId) -> int:
    above = family.parents.get(case)
    return 0 if above is None else 1 + _depth(family, above)


@dataclass(frozen=True, slots=True)
class _Work:
    family: Family
    versions: Mapping[str, Version]
    event: Migrated
    now: datetime

    def decide(self, cases: list[CaseId]) -> Decision:
        known = {each.workflow.digest: each.workflow for each in self.versions.values()}
        definitions = self.family.definitions
        definitions = replace(definitions, pinned={**definitions.pinned, **known})
        work = Propagation(replace(self.family, definitions=definitions), self.now)
        for case in cases:
            work.keep(self._plan(work.family, case))
        work.waiting.extend((case, Refreshed()) for case in cases)
        return followed(work, work.plans[0], self.family)

    def _plan(self, family: Family, case: CaseId) -> Plan:
        before, was = family.whole(case), family.workflow(case)
        standing = _standing(self.versions[was.name].workflow, before)
        bare = replace(standing, parent=None, children=(), asked=())
        # As it holds for this pair: with what was adapted there.
        workflow = replace(family, cases={**family.cases, case: bare}).workflow(case)
        draft = Draft(workflow, standing, self.now)
        draft.dossier = replace(draft.dossier, dates=dates_of(draft))
        after = replace(draft.dossier, timers=carried_over(draft), version=before.version + 1)
        return Plan(
            replace(self.event, what=_versions(was, workflow)),
            self.now,
            before,
            after,
            holds_place=workflow.state(after.state).holds_place,
            warnings=unread(workflow, before),
        )


def _standing(workflow: Workflow, dossier: Dossier) -> Dossier:
    """The case under the names of this version."""
    former = dossier.former
    stays, past = (
        tuple(replace(stay, state=renamed(workflow, stay.state)) for stay in every)
        for every in (dossier.stays, former.stays)
    )
    dates = {renamed(workflow, name): each for name, each in dossier.dates.items()}
    named = replace(
        dossier,
        digest=workflow.digest,
        state=renamed(workflow, dossier.state),
        stays=stays,
        dates=dict(sorted(dates.items())),
        former=replace(former, stays=past),
    )
    return parted(workflow, named)


def _versions(was: Workflow, workflow: Workflow) -> str:
    """Both as people call them, and by their hashes where that is the same."""
    names = [was.version, workflow.version]
    if was.version == workflow.version:
        names = [f"{was.version} ({was.digest[:8]})", f"{was.version} ({workflow.digest[:8]})"]
    return f"{was.name} {names[0]} to {names[1]}"


def _silenced(
    decision: Decision,
    versions: Mapping[str, Version],
    posted: tuple[Posted, ...],
    moving: list[CaseId],
) -> Decision:
    """Without the letters that nobody has read and that the programme no longer has."""
    gone = [
        each
        for each in posted
        if each.case in moving and each.state in OPEN and each.sent_at is None
        if each.letter not in versions[decision.before.workflow(each.case).name].letters
    ]
    now = decision.outcome.at
    ends: dict[int, Letter] = {
        each.number: replace(ended(each, _SILENCED, now), state="withheld") for each in gone
    }
    return replace(
        decision,
        ended=ends,
        withdrawn=frozenset(each.message for each in gone if each.message is not None),
        after=with_ends(decision.after, ends),
    )
