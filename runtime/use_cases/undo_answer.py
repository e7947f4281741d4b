"""An answer is taken back by whoever gave it: for a day whatever follows, then while it rests."""

from collections.abc import Iterator
from contextlib import suppress

from engine.decide.past_acts import said_of, standing
from engine.model.definition import SYSTEM
from engine.model.dossier import Person
from engine.model.outcomes import By, Refusal, Unmet
from engine.model.past import Happened
from engine.model.putting_right import Undone
from runtime.asking import stands
from runtime.families import Families
from runtime.use_cases.receipt import TO_UNDO
from storage.database.transactions import savepoint
from storage.journal import past
from storage.mail import answers
from storage.mail.answers import StoredAnswer


class _NotUndoneError(Exception):
    """Takes back what was taken back already."""


_MOST = 20  # acts that are taken back with it; beyond them a person decides
_AT_REST = frozenset({"undeliverable", "wrote_back", "refreshed"})


def undo(families: Families, stored: StoredAnswer, person: Person) -> str:
    """Take an answer back with all that followed; '' once it is done, else why it is not.

    Whoever read of it is told, as of anything that is taken back. Within the first day what others
    did upon it goes with it; afterwards it stays.
    """
    if stored.person != person.id:
        return "only whoever gave an answer takes it back by its receipt"
    if not stands(families, stored):
        return "it was taken back before"
    root = families.look(stored.case_id).root
    happened = past.read(families.session, root).happened
    upon = list(_upon(happened, stored))
    if upon and families.now > stored.at + TO_UNDO:
        last = upon[-1]
        workflow = families.look(last.case).workflow(last.case)
        return f"{said_of(workflow, last)}, of {last.at:%Y-%m-%d}, rests on it"
    with suppress(_NotUndoneError), savepoint(families.session):
        # All of it, or nothing.
        if why := _taken_back(families, stored, person):
            raise _NotUndoneError
        answers.undo(families.session, stored.id, families.now)
    return why


def _taken_back(families: Families, stored: StoredAnswer, person: Person) -> str:
    # It was their own act, so no leave of the office is asked for, as of what the engine does.
    by = By(person.key, SYSTEM)
    reason = f"{person.name} took the answer of {stored.at:%Y-%m-%d} back"
    for _ in range(_MOST):
        if not stands(families, stored):
            return ""
        outcome = families.happen(stored.case_id, Undone(reason, by))
        if isinstance(outcome, Refusal):
            return _said(outcome.unmet)
    return "too much rests on it"


def _upon(happened: tuple[Happened, ...], stored: StoredAnswer) -> Iterator[Happened]:
    """What people did in the case after the answer, but for the step that came with it."""
    own = True
    for each in standing(happened):
        if each.case != stored.case_id or each.version <= stored.entry or each.turn != each.act:
            continue
        own = own and each.along
        if not own and each.role != SYSTEM and each.kind not in _AT_REST:
            yield each


def _said(unmet: tuple[Unmet, ...]) -> str:
    return "; ".join(each.detail for each in unmet)
