"""Starting a case: its parties, its people, its first state."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.checks.among import words_of
from engine.dates.view import View
from engine.decide.acts import Action, Verb
from engine.decide.assignments import barred
from engine.decide.permissions import circle_of
from engine.decide.players import Sides, misplaced, standing
from engine.errors import ProjectError, quoted
from engine.literals import choice
from engine.model.definition import Workflow
from engine.model.dossier import EMPTY, CaseId, Dossier
from engine.model.outcomes import Assigned, By, Refusal, Started, Unmet
from engine.model.plan import Plan
from engine.suggestions import suggestion
from runtime.families import Families
from runtime.permission import leave, leave_of_office, leave_to_give
from runtime.use_cases.directory_checks import DirectoryError, check_cast, check_player
from runtime.wiring import Runtime
from storage.cases import cases
from storage.cases.cases import NewCase
from storage.database.transactions import Session, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class StartError(ProjectError):
    """A case cannot be started as asked."""


@dataclass(frozen=True, slots=True)
class NewPair:
    """A case to start: keys of centres by side, of people by role, the main one first."""

    reference: str
    parties: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    workflow: str = ""  # else the one that the programme's people start
    history: tuple[tuple[str, datetime], ...] = ()  # imported: the states it went through


@dataclass(frozen=True, slots=True)
class Part:
    """A centre on a side of a case, with the people who act for it, the main one first."""

    side: str
    key: str
    people: tuple[str, ...] = ()


def start_pair(runtime: Runtime, new: NewPair, by: By) -> CaseId:
    """Start a case in one transaction. StartError, DirectoryError or NotFoundError says why not."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.START)
        return open_pair(Families(session, runtime, runtime.clock()), new, by)


def open_pair(acting: Families, new: NewPair, by: By) -> CaseId:
    """The same within an open transaction (adoption opens several)."""
    programme = acting.runtime.programme
    name = new.workflow or programme.root
    if name not in programme.workflows:
        known = ", ".join(sorted(programme.workflows))
        raise StartError(f"no workflow {name}; there are: {known}")
    workflow = acting.pin(name)
    _known_sides(set(new.parties), workflow)
    _known_roles(acting, new.people)
    if wrong := wrong_reference(new.reference):
        raise StartError(wrong)
    session = acting.session
    parties = {side: _centres(session, workflow, side, k) for side, k in new.parties.items()}
    case_id = cases.open_case(
        session,
        NewCase(
            workflow=workflow.name,
            digest=workflow.digest,
            initial=new.history[-1][0] if new.history else workflow.initial,
            reference=new.reference,
            parent_id=None,
            parties=parties,
            facts={name: _fact(workflow, name, value) for name, value in new.facts.items()},
            opened_at=acting.now,
        ),
    )
    for role, keys in new.people.items():
        for key in keys:
            leave_to_give(session, acting.runtime, by, (role,), key)
            check_player(session, workflow, role, directory.person(session, key), new.parties)
        _give(acting, case_id, role, keys)
    check_cast(acting, case_id)
    outcome = acting.happen(case_id, Started(by, new.history))
    if isinstance(outcome, Refusal):
        unmet = outcome.unmet[0]
        raise StartError(f"{unmet.detail}: {unmet.remedy}")
    return case_id


def assign_party(runtime: Runtime, case_id: CaseId, centre: Part, by: By) -> Plan | Refusal:
    """Put a centre with its people on a side of a case; whoever was there before leaves it.

    On a side that may hold several they stay, and the centre joins them.

    Refused where the definition does not allow it (``assigns``). StartError: no such side.
    """
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        family = acting.load(case_id)
        dossier = family.whole(case_id)
        workflow = runtime.workflow_of(dossier)
        _known_sides({centre.side}, workflow)
        action = Action(Verb.ASSIGN, centre.side)
        allowed = leave(session, runtime, by, action, circle_of(workflow, dossier))
        if isinstance(allowed, Unmet):
            return Refusal(case_id, dossier.state, centre.side, (allowed,))
        unmet = acting.with_others(
            family, lambda w: barred(View(workflow, w.whole(case_id), acting.now), centre.side)
        )
        if unmet:
            return Refusal(case_id, dossier.state, centre.side, unmet)
        before = [each.key for each in dossier.parties.get(centre.side, ())]
        keys: tuple[str, ...] = (centre.key,)
        if centre.side in workflow.several:
            keys = (*before, *(key for key in keys if key not in before))
        else:
            roles.relieve(session, case_id, centre.side, acting.today)
        found = _centres(session, workflow, centre.side, keys)
        cases.set_party(session, case_id, centre.side, found)
        sides = {**standing(workflow, dossier), centre.side: keys}
        _check_players(session, workflow, centre, dossier, sides)
        _give(acting, case_id, centre.side, centre.people)
        check_cast(acting, case_id)
        known = " ".join(before)
        return acting.happen(case_id, Assigned(centre.side, centre.key, known, allowed))


def _check_players(
    session: Session, workflow: Workflow, centre: Part, dossier: Dossier, sides: Sides
) -> None:
    """Whoever comes, and whoever is there in another role, plays the side of their centre alone."""
    for key in centre.people:
        check_player(session, workflow, centre.side, directory.person(session, key), sides)
    for there in dossier.people:
        if there.general or there.role == centre.side:
            continue
        if wrong := misplaced(workflow, there.role, there.key, there.centre, sides):
            raise DirectoryError(wrong)


def _fact(workflow: Workflow, name: str, value: object) -> object:
    """A fact by the list that it is a word of, where there is one."""
    words = words_of(workflow, f"fact.{name}")
    try:
        return choice(str(value), words) if words and value else value
    except ValueError as error:
        raise StartError(f"{name}: {error}") from None


def _known_sides(sides: set[str], workflow: Workflow) -> None:
    if unknown := sides - set(workflow.sides):
        raise StartError(f"no side {min(unknown)}; the sides are: {', '.join(workflow.sides)}")


def _known_roles(acting: Families, named: Iterable[str]) -> None:
    """Those of every workflow: a child may know roles that its parent does not."""
    every = acting.runtime.programme.workflows.values()
    known = sorted({role for each in every for role in each.roles})
    for role in named:
        if role not in known:
            raise StartError(f"no role {role}: {suggestion(role, known)}")


def wrong_reference(reference: str) -> str:
    """Why a reference cannot be: it is typed in commands, stands in subjects, and is never taken
    for a number or a child. Empty where it may be.
    """
    if _REFERENCE.fullmatch(reference) and not reference.isdigit():
        return ""
    return (
        f"{quoted(reference)} is no reference: write at most 40 letters, digits, hyphens, dots and "
        "underscores, with a letter among them, such as VIE-BIR"
    )


def _centres(
    session: Session, workflow: Workflow, side: str, keys: tuple[str, ...]
) -> tuple[int, ...]:
    if len(keys) > 1 and side not in workflow.several:
        raise StartError(f"the side {side} holds one centre: name one of {', '.join(keys)}")
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise StartError(f"{twice[0]} is named twice on the side {side}: keep one")
    return tuple(_centre(session, side, key) for key in keys)


def _centre(session: Session, side: str, key: str) -> int:
    found = directory.centre(session, key)
    if found.side != side:
        raise StartError(f"{key} is a centre for the side {found.side}, not for {side}")
    return found.id


def _give(acting: Families, case_id: CaseId, role: str, keys: tuple[str, ...]) -> None:
    for place, key in enumerate(keys):
        person = directory.person_id(acting.session, key)
        given = Role(role, person, acting.today, case_id, main=place == 0)
        roles.give(acting.session, given)
