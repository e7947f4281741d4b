"""What comes back by mail: a letter that reached nobody (P18), somebody's words, an answer."""

from collections.abc import Mapping
from dataclasses import asdict

from engine.decide.draft import Draft, addressees
from engine.decide.flags import at_address
from engine.model.definition import Effect, Notify, RaiseFlag
from engine.model.letter_words import ABOUT
from engine.model.outcomes import (
    ByMail,
    LetterArranged,
    LetterOwed,
    Receipted,
    Undeliverable,
    Unmet,
    WroteBack,
)
from engine.model.sides import home, team_of
from engine.time.zones import local_day


def by_mail(draft: Draft, event: ByMail) -> tuple[Unmet, ...]:
    """Take what comes back by mail, or what was decided and taken down about letters."""
    match event:
        case LetterArranged():
            draft.letters += () if event.again is None else (event.again,)
            return ()
        case WroteBack():
            return _write_back(draft, event)
        case Receipted():
            return _receipt(draft, event)
        case Undeliverable():
            return _come_back(draft, event)


def _come_back(draft: Draft, event: Undeliverable) -> tuple[Unmet, ...]:
    """Owe the letter to the next contact; tell of the dead address, or that nobody is left."""
    role, _, whole = event.audience.partition(".")
    team = team_of(draft.dossier, role, event.address)
    left = addressees(team, whole=False)
    # A letter to a whole team went to everybody else of it already.
    if event.letter and left and not whole:
        draft.event = event.facts
        draft.owe_team(event.letter, event.audience, team)
    today = local_day(draft.now, draft.dossier.office.zone)
    draft.event = {
        "address": event.address,
        "person": event.name,
        "subject": event.subject,
        "reason": event.reason,
        "since_on": today.isoformat(),
        "instead": left[0].name if left else None,
        "centre": (home(draft.dossier, team[0]) if team else draft.dossier.party_of(role)).name,
        ABOUT: list(event.about),
        "cause": f"the address of {event.name} does not work: {event.reason}",
        **_commands(draft, role, event.address),
    }
    notice = "undeliverable" if left else "no_contact_left"
    effects = draft.workflow.notices.get(notice, ())
    if event.is_told and left:
        effects = tuple(each for each in effects if not isinstance(each, Notify))
    if draft.workflow.state(draft.dossier.state).final:
        # Nobody acts on a flag of a case that has ended; one that is passed up may find somebody.
        effects = tuple(each for each in effects if not _flags_here(draft, each))
    draft.until = at_address(event.address)
    draft.apply(effects)
    draft.until = ""
    return ()


def _commands(draft: Draft, role: str, address: str) -> Mapping[str, str]:
    """The commands that mend a dead address, for whoever has it in a role."""
    having = (each.key for each in draft.dossier.people_as(role) if each.email == address)
    if not (key := next(having, "")):
        return {}
    return {
        "mends": f"pairing person set {key} --set email=...",
        "replaces": f"pairing pair substitute {draft.dossier.reference} {role} "
        f"--instead-of {key} --new PERSON",
    }


def _write_back(draft: Draft, event: WroteBack) -> tuple[Unmet, ...]:
    """Owe the words of whoever wrote to those that the definition names, also after the end."""
    draft.event = {
        "person": event.who,
        "subject": event.subject or None,
        "words": list(event.words),
        "proposed": [asdict(event.proposed)] if event.proposed is not None else None,
        "recorded": event.recorded or None,
        ABOUT: list(event.about),
    }
    draft.apply(draft.workflow.notices.get("wrote_back", ()))
    return ()


def _receipt(draft: Draft, event: Receipted) -> tuple[Unmet, ...]:
    """Owe it to the very people, whoever stands in for them: it is about what they did."""
    of_whoever_answered: Mapping[str, object] = event.own
    for role, person in event.to:
        facts = {**event.facts, **of_whoever_answered}
        draft.letters.append(LetterOwed(event.letter, role, person, facts=facts))
        of_whoever_answered = {}
    return ()


def _flags_here(draft: Draft, effect: Effect) -> bool:
    return isinstance(effect, RaiseFlag) and effect.flag in draft.workflow.flags
