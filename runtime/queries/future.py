"""What a forecast tells: letters, flags, states, and dates at risk."""

from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model.dossier import Person
from engine.model.family import FRESH, Family, Letter


@dataclass(frozen=True, slots=True)
class ForetoldLetter:
    """A letter to come; ``end`` is ``accepted``, or why it will not go out.

    ``number`` is its own, by which a person holds or dates it; 0 while it is not owed yet. ``mail``
    numbers the messages that go out: letters of one number go in one. 0: in none. ``put_off``:
    why it waits before it goes, where it does; ``at`` is when it goes then.
    """

    at: datetime
    pair: str  # or the child it concerns
    letter: str
    audience: str
    to: str  # the name of a person; empty when there is none
    why: str
    end: str
    reason: str
    number: int = 0
    mail: int = 0
    put_off: str = ""


@dataclass(frozen=True, slots=True)
class ForetoldFlag:
    at: datetime
    pair: str
    flag: str
    severity: str
    cause: str


@dataclass(frozen=True, slots=True)
class ForetoldState:
    at: datetime
    case: str
    left: str
    entered: str


@dataclass(frozen=True, slots=True)
class ForetoldDate:
    """A milestone that moves, or whose day goes by without its having happened."""

    case: str
    milestone: str
    forecast_on: date
    moves_to: date | None  # None: it goes by


@dataclass(frozen=True, slots=True)
class ForetoldOverview:
    """The overview of a week to come, to whom, and the number of its mail, as letters have one."""

    at: datetime
    to: str
    mail: int = 0


@dataclass(slots=True)
class Future:
    """What happens until a moment if nobody acts."""

    until: datetime
    letters: list[ForetoldLetter] = field(default_factory=list)
    flags: list[ForetoldFlag] = field(default_factory=list)
    states: list[ForetoldState] = field(default_factory=list)
    dates: list[ForetoldDate] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    overviews: list[ForetoldOverview] = field(default_factory=list)


def foretold(family: Family, letter: Letter, person: Person | None) -> ForetoldLetter:
    """A letter as it is told of, by its end; ``person`` where somebody else reads it."""
    dossier = family.whole(letter.case_id)
    person = person or dossier.reader(letter.owed.person)
    stays = {stay.number: stay.state for stay in dossier.stays}
    state = family.workflow(letter.case_id).state(stays.get(letter.stay, dossier.state))
    titles = {ladder.name: ladder.title for ladder in state.ladders}
    of_flag = str(dossier.facts.get("title", ""))  # its first state says only that it is up
    return ForetoldLetter(
        at=letter.settled_at or letter.owed_at,
        pair=dossier.reference,
        letter=letter.owed.letter,
        audience=letter.owed.audience,
        to=person.name if person is not None else "",
        why=titles.get(letter.owed.ladder) or of_flag or state.title,
        end=letter.state,
        reason=letter.reason,
        number=letter.number if letter.number < FRESH else 0,
    )
