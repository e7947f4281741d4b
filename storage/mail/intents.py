"""Letters owed and not yet written: when each goes, and those that go now, by who reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_, update

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Held, Letter
from storage.database.columns import from_held, from_instant, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given
from storage.letter_rows import COLUMNS, LetterRow, letter_in
from storage.schema.tables import CASES, INTENTS, PEOPLE

OWED = "owed"
_UNPLANNED = ""
_I, _P = INTENTS.c, PEOPLE.c
ANEW = {_I.state: OWED, _I.reason: "", _I.goes_at: _UNPLANNED}  # owed once more, at a moment anew
_ROOT = CASES.alias("root")
_Row = tuple[*LetterRow, str, int, str, str]
_LETTERS = (
    select(*COLUMNS, _I.key, _I.root_id, CASES.c.state, _ROOT.c.reference)
    .join(CASES, CASES.c.id == _I.case_id)
    .join(_ROOT, _ROOT.c.id == _I.root_id)
    .where(_I.state == OWED)
    .order_by(_I.goes_at, _I.id)
    .limit(given("limit"))
    .with_for_update(of=INTENTS, skip_locked=True)
)
_NEW = Statement[_Row](_LETTERS.where(_I.goes_at == _UNPLANNED))
_GOES = (_I.goes_at > _UNPLANNED, _I.goes_at <= given("now"))
_DUE = Statement[_Row](_LETTERS.where(*_GOES, _I.person_id == given("person")))
_DUE_TO_NOBODY = Statement[_Row](_LETTERS.where(*_GOES, _I.person_id.is_(None)))
_GOING = Statement[tuple[str, int, int | None]](
    select(_I.goes_at, _I.id, _I.person_id)
    .where(
        _I.state == OWED,
        tuple_(_I.goes_at, _I.id) > tuple_(given("after_at"), given("after")),
        _I.goes_at <= given("now"),
    )
    .order_by(_I.goes_at, _I.id)
    .limit(given("limit"))
)
# Whoever owes them a letter meanwhile is not kept waiting: their number stays what it is.
_READER = Statement[tuple[int]](
    select(_P.id).where(_P.id == given("person")).with_for_update(key_share=True, skip_locked=True)
)
_IT = (_I.id == given("number"), _I.state == OWED)
_PLAN = Change(update(INTENTS).where(*_IT).values({_I.goes_at: given("at"), **by_name(_I.reason)}))
# One that another worker has at hand is left to it: two that wait for each other would hang.
_LATER = select(_I.id).where(*_IT, _I.goes_at > given("at")).with_for_update(skip_locked=True)
_SOONER = Change(
    update(INTENTS).where(_I.id == _LATER.scalar_subquery()).values({_I.goes_at: given("at")})
)
_HOLD = Change(
    update(INTENTS)
    .where(*_IT)
    .values({**by_name(_I.held_until, _I.held_why), _I.goes_at: _UNPLANNED, _I.reason: ""})
)
_FAMILY = select(CASES.c.root_id).where(CASES.c.id == given("case")).scalar_subquery()
_ASK_ANEW = Change(
    update(INTENTS).where(_I.root_id == _FAMILY, _I.state == OWED).values({_I.goes_at: _UNPLANNED})
)
_PUT_OFF = Change(
    update(INTENTS).where(_I.id == given("number")).values(by_name(_I.held_until, _I.held_why))
)
_NEXT = Statement[tuple[str | None]](
    select(func.min(_I.goes_at)).where(_I.state == OWED, _I.goes_at > _UNPLANNED)
)


@dataclass(frozen=True, slots=True)
class Place:
    """A letter in the order in which they go, and who reads it; ``at`` as it is stored."""

    at: str = _UNPLANNED
    number: int = 1 << 62  # behind all of which nobody asked yet
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class OwedLetter:
    """A letter owed and not yet composed; ``reference`` is that of the root of its case."""

    letter: Letter
    key: str
    root_id: CaseId
    state: str  # where the case stands now
    reference: str


def unplanned(session: Session, limit: int) -> tuple[OwedLetter, ...]:
    """The oldest letters of which nobody asked yet when they go; no other writer gets them."""
    return tuple(_letter(row) for row in session.all(_NEW, limit=limit))


def plan(session: Session, number: int, at: datetime, why: str = "") -> None:
    """A letter waits for its moment; why, where it is for more than a slot."""
    session.change(_PLAN, number=number, at=from_instant(at), reason=why)


def ask_anew(session: Session, cases: Iterable[CaseId]) -> None:
    """Of what the families of these cases owe it is to be asked anew when it goes."""
    session.change_each(_ASK_ANEW, ({"case": case} for case in cases))


def sooner(session: Session, number: int, at: datetime) -> None:
    """A letter that waits goes by then: it takes another one along."""
    session.change(_SOONER, number=number, at=from_instant(at))


def hold(session: Session, number: int, held: Held | None) -> bool:
    """A person holds a letter back, or, with None, lets it go again; False where it is owed no
    more. When it goes is asked anew.
    """
    until, why = from_held(held)
    return bool(session.change(_HOLD, number=number, held_until=until, held_why=why))


def put_off(session: Session, number: int, held: Held | None) -> None:
    """The reader of a letter asks to hear of its matter not before a moment, or, with None, as soon
    as ever.
    """
    until, why = from_held(held)
    session.change(_PUT_OFF, number=number, held_until=until, held_why=why)


def going(session: Session, now: datetime, limit: int, after: Place) -> tuple[Place, ...]:
    """Letters that go now, behind one of them: at most so many."""
    found = session.all(
        _GOING, now=from_instant(now), limit=limit, after_at=after.at, after=after.number
    )
    return tuple(Place(at, number, _person(person)) for at, number, person in found)


def takes(session: Session, person: PersonId) -> bool:
    """Whether somebody is ours to write to until the transaction ends: one worker writes all that
    goes to a person now, so that it goes in one message.
    """
    return session.first(_READER, person=person) is not None


def due(
    session: Session, person: PersonId | None, now: datetime, limit: int
) -> tuple[OwedLetter, ...]:
    """The letters that go to a person now, the oldest first; None: whose reader is to be found."""
    moment = from_instant(now)
    if person is None:
        rows = session.all(_DUE_TO_NOBODY, now=moment, limit=limit)
    else:
        rows = session.all(_DUE, now=moment, person=person, limit=limit)
    return tuple(_letter(row) for row in rows)


def next_going(session: Session) -> datetime | None:
    """When the next letter goes that waits for its moment."""
    found = session.first(_NEXT)
    return None if found is None else to_optional_instant(found[0])


def _letter(row: _Row) -> OwedLetter:
    key, root, state, reference = row[-4:]
    return OwedLetter(letter_in(row[:-4]), key, CaseId(root), state, reference)


def _person(number: int | None) -> PersonId | None:
    return None if number is None else PersonId(number)
