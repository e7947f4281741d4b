"""A decision without the letters that nobody has read, and those that say again what was read."""

from dataclasses import replace

from engine.decide.fire import with_ends
from engine.decide.signing_again import SIGNED_BEFORE
from engine.decide.telling import CORRECTED, TAKEN_BACK, Mail, letters_of
from engine.model.decision import Decision
from engine.model.definition import Workflow
from engine.model.dossier import PersonId
from engine.model.outcomes import LetterOwed
from engine.model.plan import Plan

Reading = tuple[str, PersonId | None]  # a letter, and who read it


def read_before(mail: Mail, workflow: Workflow) -> frozenset[Reading]:
    """What each has read already, or needed not, and need not read again.

    What was sent to nobody, as it was not needed, is not needed now either. Whoever read a
    correction has read what it was about: the letters that a record sends when it is filed.
    A correction itself repeats none: each is about an act of its own.
    """
    notices = letters_of(*(mail.notices.get(name, ()) for name in (CORRECTED, TAKEN_BACK)))
    records = [workflow.records[mail.replaced]] if mail.replaced else []
    filed = letters_of(*(record.effects for record in records))
    read = {
        (letter, each.person)
        for each in mail.sent
        for letter in (filed if each.letter in notices else (each.letter,))
    }
    return frozenset(read | {(each.letter, each.person) for each in mail.needless})


def unsaid(decision: Decision, mail: Mail, heard: frozenset[Reading]) -> Decision:
    """Without the letters that nobody has read, and without those that say again what was read."""
    ends = mail.ends
    again = {letter.number for letter in decision.letters if _says_again(letter.owed, heard)}
    return replace(
        decision,
        outcome=_without(decision.outcome, heard),
        plans=tuple(_without(plan, heard) for plan in decision.plans),
        letters=tuple(each for each in decision.letters if each.number not in again),
        ended=ends,
        withdrawn=frozenset(p.message for p in mail.unsent if p.message is not None),
        after=with_ends(decision.after, ends),
    )


def _without(plan: Plan, heard: frozenset[Reading]) -> Plan:
    letters = tuple(each for each in plan.letters if not _says_again(each, heard))
    return plan if len(letters) == len(plan.letters) else replace(plan, letters=letters)


def _says_again(owed: LetterOwed, heard: frozenset[Reading]) -> bool:
    """Whether its reader need not hear it: but whoever is to sign again is asked again."""
    return (owed.letter, owed.person) in heard and not owed.facts.get(SIGNED_BEFORE)
