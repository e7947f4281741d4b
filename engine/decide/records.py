"""What comes in beside steps: records, signatures, waivers, moved dates, flags raised by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.checks.among import offered
from engine.checks.records import FieldProblem, problems
from engine.decide.acts import Action, Verb
from engine.decide.adapting import not_adapting
from engine.decide.answers import foreign, sides_of, speaks_for, strangers
from engine.decide.changes import shown_by, signed_as_it_is, version_in_force
from engine.decide.draft import Draft
from engine.decide.machine import moves
from engine.decide.new_version import new_version, renews, standing
from engine.decide.offering import doubtful
from engine.decide.permissions import allows, may
from engine.decide.signing_again import sign_again
from engine.decide.unmet import first_wrong, not_taken
from engine.model.definition import SYSTEM, RaiseFlag, RecordType
from engine.model.dossier import RecordVersion, Signature, Waiver
from engine.model.outcomes import Filed, FlagRaised, Signed, Unmet, Waived
from engine.model.reasons import SEVERITIES
from engine.model.requirement import Requirement
from engine.model.sides import unsigned
from engine.suggestions import choice_of
from engine.time.zones import local_day


def file_record(draft: Draft, event: Filed) -> tuple[Unmet, ...]:
    """A new version of a record, when its content is what the definition asks for."""
    kind = draft.workflow.records.get(event.record)
    if kind is None:
        remedy = choice_of(event.record, sorted(draft.workflow.records))
        return (not_taken(event.record, f"no record {event.record}", remedy),)
    is_theirs = event.corrects or may(draft.workflow, event.by, Action(Verb.FILE, kind.name))
    if not is_theirs:
        return (_not_theirs(draft, kind, event),)
    view = draft.view()
    found = problems(offered(kind, view, event.content).fields, event.content, view.today)
    found += strangers(draft.dossier, event)
    if event.imported:
        # Old evidence may be incomplete: what is there must be right, what is not is listed.
        found = tuple(problem for problem in found if not problem.is_gap)
    if found:
        return tuple(_content(draft, kind, problem) for problem in found)
    if elsewhere := foreign(draft, event, kind.by) or not_adapting(draft, kind, event):
        return elsewhere
    if same := _same_text(draft, kind, event):
        return same
    _add(draft, kind, event)
    return ()


def _same_text(draft: Draft, kind: RecordType, event: Filed) -> tuple[Unmet, ...]:
    in_force = version_in_force(draft.workflow, draft.dossier, event)
    if not in_force or event.corrects or event.imported:
        return ()
    return signed_as_it_is(kind, draft.dossier, in_force, event.content)


def _add(draft: Draft, kind: RecordType, event: Filed) -> None:
    versions = draft.dossier.records.get(kind.name, ())
    sides = tuple(sides_of(draft.workflow, draft.dossier, event.by, kind.by))
    version = new_version(draft, kind.name, event, speaks_for(draft.dossier, sides, event))
    draft.filed.append((kind.name, version))
    records = {**draft.dossier.records, kind.name: (*versions, version)}
    draft.dossier = replace(draft.dossier, records=records)
    draft.adapt()
    latest = versions[-1] if versions else None
    draft.warnings += doubtful(draft.view(), kind.name, latest, version)
    place = standing(draft, kind.name)
    draft.event = {"record": kind.name, "title": kind.title, "version": place}
    if renews(draft.view(), kind.name, version):
        draft.event = {**draft.event, "renewed": True}
    if not event.imported:
        sign_again(draft, kind, version)
        draft.apply(kind.effects)
        draft.ladder = ""


def sign(draft: Draft, event: Signed) -> tuple[Unmet, ...]:
    """A signature under the latest version of a record; a second one of a side replaces nothing."""
    kind = draft.workflow.records.get(event.record)
    if kind is None or not kind.signatories:
        return (
            not_taken(event.record, f"no record {event.record} to sign", "Name a signed record."),
        )
    latest = draft.dossier.latest(event.record)
    if latest is None:
        return (
            not_taken(event.record, f"the {kind.title} is not filed", f"File the {kind.title}."),
        )
    meant = replace(event, centre=speaks_for(draft.dossier, (event.role,), event))
    if refused := _not_signing(draft, kind, latest, meant) or foreign(draft, event, (event.role,)):
        return refused
    _add_signature(draft, kind, latest, meant)
    return ()


def _not_signing(
    draft: Draft, kind: RecordType, latest: RecordVersion, event: Signed
) -> tuple[Unmet, ...]:
    sides = " and ".join(kind.signatories)
    centres = [centre.key for centre in draft.dossier.parties_of(event.role)]
    wrongs = (
        (
            event.role not in kind.signatories,
            f"{event.role} does not sign it",
            f"It is signed by {sides}.",
        ),
        (
            not may(draft.workflow, event.by, Action(Verb.SIGN, kind.name, event.role)),
            f"{event.by.role} may not sign for {event.role}",
            f"Ask: {event.role}.",
        ),
        (
            bool(event.centre) and event.centre not in centres,
            f"{event.centre} is no centre of {event.role} here",
            choice_of(event.centre, centres),
        ),
        (
            not event.centre and len(centres) > 1,
            f"which centre of {event.role} signed is not said",
            f"Choose one of: {', '.join(centres)}.",
        ),
        _signed_already(draft, kind, latest, event),
        (not event.person.strip(), "nobody is named", "Write who signed."),
        *_not_on(draft, kind, event.on),
    )
    return first_wrong(kind.name, wrongs)


def _signed_already(
    draft: Draft, kind: RecordType, latest: RecordVersion, event: Signed
) -> tuple[bool, str, str]:
    has_several = len(draft.dossier.parties_of(event.role)) > 1
    by_them = (each for each in latest.signatures if each.role == event.role)
    is_signed = any(not has_several or each.centre == event.centre for each in by_them)
    case = draft.dossier.reference
    undo = f"pairing pair undo {case} --reason ..."
    remedy = f"{shown_by(draft.dossier, kind.name)} If it was wrong: {undo}."
    return is_signed, f"{event.centre if has_several else event.role} has signed it already", remedy


def _not_on(draft: Draft, kind: RecordType, on: date) -> Iterator[tuple[bool, str, str]]:
    """A day to come, or one on which the text was not there yet.

    A text may be filed after it was signed, but not signed before the one that it replaces came.
    """
    dossier, today, zone = draft.dossier, draft.view().today, draft.dossier.office.zone
    yield on > today, f"{on} is still to come", "Write the day it was signed."
    before = dossier.records[kind.name][:-1]
    begun = max((dossier.stays[0].entered_at, *(each.at for each in dossier.former.ended)))
    since = local_day(before[-1].filed_at if before else begun, zone)
    of = f"version {before[-1].number}, which it replaces, came" if before else "it began"
    right = f"Write the day on which this text was signed, from {since} to {today}."
    yield on < since, f"{on} lies before {since}, when {of}", right


def _add_signature(draft: Draft, kind: RecordType, latest: RecordVersion, event: Signed) -> None:
    signature = Signature(event.role, event.person, event.on, event.centre)
    draft.signed.append((kind.name, latest.number, signature))
    signed = replace(latest, signatures=(*latest.signatures, signature))
    versions = (*draft.dossier.records[kind.name][:-1], signed)
    draft.dossier = replace(draft.dossier, records={**draft.dossier.records, kind.name: versions})
    draft.event = {"signed_by": event.person, "signed_on": event.on.isoformat(), "side": event.role}
    missing = [lack for side in kind.signatories for lack in unsigned(draft.dossier, signed, side)]
    draft.whose_turn = tuple(dict.fromkeys(str(lack.owner) for lack in missing))
    draft.waits_for = frozenset(lack.centre for lack in missing if lack.centre)
    draft.apply(kind.signed)
    draft.whose_turn, draft.waits_for = (), frozenset()


def waive(draft: Draft, event: Waived) -> tuple[Unmet, ...]:
    """Set a requirement aside, with author and reason, where the definition allows it."""
    found = [r for r in draft.workflow.requirements() if r.name == event.requirement]
    if not found:
        detail = f"no requirement {event.requirement}"
        return (not_taken(event.requirement, detail, _names(draft, event.requirement)),)
    requirement = found[0]
    if not allows(draft.workflow, event.by, Verb.WAIVE, requirement.waiver):
        return (_not_waivable(requirement, event),)
    if not event.reason.strip():
        return (not_taken(event.requirement, "no reason is given", "Write why it is set aside."),)
    by, dossier = event.by, draft.dossier
    given = (by.actor, by.role, event.reason, draft.now, dossier.partnership)
    waivers = {**dossier.waivers, requirement.name: Waiver(requirement.name, *given)}
    draft.dossier = replace(dossier, waivers=waivers)
    return ()


def raise_by_hand(draft: Draft, event: FlagRaised) -> tuple[Unmet, ...]:
    """A person may always raise a flag (Q-20), as long as there is somebody to act on it."""
    if event.flag not in draft.workflow.flags:
        kinds = dict(sorted(draft.workflow.flags.items()))
        known = [f"{name} ({kind.title})" for name, kind in kinds.items()]
        remedy = choice_of(event.flag, kinds, known)
        return (not_taken(event.flag, f"no flag {event.flag}", remedy),)
    if not event.reason.strip():
        return (not_taken(event.flag, "no reason is given", "Write what you have seen."),)
    if event.severity is not None and event.severity not in SEVERITIES:
        detail = f"no severity {event.severity}"
        return (not_taken(event.flag, detail, choice_of(event.severity, SEVERITIES)),)
    by_hand = event.by.role != SYSTEM
    draft.event = {"cause": event.reason, "by_hand": by_hand or None}
    # A person says when it is over; what a case below has raised may be over by itself.
    until = "" if by_hand else draft.until_of(event.flag)
    draft.raise_flag(RaiseFlag(event.flag, event.severity), event.reason, until)
    return ()


def _content(draft: Draft, kind: RecordType, problem: FieldProblem) -> Unmet:
    says = f"{kind.title}: all that it needs is in it."
    owner = _owner(draft, kind)
    return Unmet(kind.name, says, problem.said, owner, problem.remedy, rule=kind.rule)


def _not_theirs(draft: Draft, kind: RecordType, event: Filed) -> Unmet:
    owner = _owner(draft, kind)
    roles = " or ".join(kind.by) or owner
    says, detail = f"The {kind.title} comes from: {roles}.", f"{event.by.role} may not file it"
    return Unmet(kind.name, says, detail, owner, f"Ask: {roles}.")


def _owner(draft: Draft, kind: RecordType) -> str:
    return kind.by[0] if kind.by else draft.workflow.runs


def _not_waivable(requirement: Requirement, event: Waived) -> Unmet:
    roles = " or ".join(requirement.waiver)
    detail = f"{event.by.role} may not waive it" if roles else "nobody may waive it"
    remedy = f"Ask: {roles}." if roles else (requirement.no_waiver or requirement.remedy)
    return Unmet(
        requirement=requirement.name,
        says=requirement.says,
        detail=detail,
        owner=requirement.owner,
        remedy=remedy,
        waiver=requirement.waiver,
        no_waiver=requirement.no_waiver,
        rule=requirement.rule,
    )


def _names(draft: Draft, word: str) -> str:
    here = moves(draft.workflow, draft.dossier.state)
    names = sorted({r.name for step in here for r in step.requires})
    return choice_of(word, [r.name for r in draft.workflow.requirements()], names)
