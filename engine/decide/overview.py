"""What a week holds for somebody who follows a family of cases (N-22): values out, no words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.dates.view import View
from engine.decide.explain import still_open
from engine.letters.ladders import NOT_SENT
from engine.letters.open_item import Ask, ask_of
from engine.letters.turns import is_look
from engine.model.dossier import CaseId, Person, PersonId
from engine.model.family import Family
from engine.model.sides import team_at

Row = Mapping[str, object]
_AHEAD = timedelta(days=30)  # the days to come that an overview looks at
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """Who looks, and when; ``calls`` is what a stage is called that asks them to call."""

    person: PersonId
    now: datetime
    today: date
    calls: str

    @property
    def week_ends(self) -> date:
        return self.today + timedelta(days=_SUNDAY - self.today.weekday())


@dataclass(frozen=True, slots=True)
class Standing:
    """How a family stands: rows of plain values, days as ISO text.

    ``calls`` are phone tasks of the reader, each with the calendar days since it is open, ``late``
    what was asked for by a day gone by or a milestone that went by, ``due`` what falls into this
    week, ``coming`` what comes later, ``waiting`` one row for the family, ``dead`` whoever cannot
    be written to.
    """

    calls: tuple[Row, ...]
    late: tuple[Row, ...]
    due: tuple[Row, ...]
    coming: tuple[Row, ...]
    waiting: Row
    dead: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of a case: something is asked for by it, is planned for it, or `ends` with it.

    `case` tells several below one pair apart, such as two flags.
    """

    what: str
    on: date
    ends: bool = False
    case: str = ""

    def words(self, pair: str) -> dict[str, object]:
        return {"pair": pair, "what": self.what, "ends": self.ends, "case": self.case}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that is asked for in a case, and whether letters about it named a day."""

    view: View
    ladder: str
    ask: Ask
    is_look: bool

    @property
    def has_day(self) -> bool:
        """What only waits for a look is not late (0060)."""
        return bool(self.ask.named) and not self.is_look

    @property
    def order(self) -> tuple[bool, bool, int]:
        """What people were asked for before what only waits, the longest first; of looks, which
        nothing ends but a step, the last.
        """
        since = self.ask.open_since.toordinal()
        return not self.has_day, self.is_look, -since if self.is_look else since


def standing(family: Family, reading: Reading) -> Standing:
    """How a family stands for whoever follows it."""
    views = [_view(family, each, reading.now) for each in sorted(family.cases)]
    name = str(_view(family, family.root, reading.now).value("case.name") or "")
    asked = [each for view in views for each in _asked(view)]
    days = [*_days_asked(asked), *(each for view in views for each in _milestones(view, asked))]
    late = (each for each in days if each.on < reading.today)
    return Standing(
        calls=tuple(_calls(asked, name, reading)),
        late=tuple({**each.words(name), "days": (reading.today - each.on).days} for each in late),
        due=tuple(_between(days, name, reading.today, reading.week_ends)),
        coming=tuple(_between(days, name, _after(reading.week_ends), reading.today + _AHEAD)),
        waiting=_waiting(_view(family, family.root, reading.now), asked, name, reading.person),
        dead=tuple(_dead(_view(family, family.root, reading.now), name)),
    )


def _view(family: Family, case_id: CaseId, now: datetime) -> View:
    return View(family.workflow(case_id), family.whole(case_id), now)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _asked(view: View) -> Iterator[_Asked]:
    """What is asked for in a case that is open."""
    if view.dossier.closed_at is not None:
        return
    for each in still_open(view):
        yield _Asked(view, each.ladder, ask_of(view, each.ladder), _is_look(view, each.ladder))


def _is_look(view: View, name: str) -> bool:
    ladders = view.workflow.state(view.dossier.state).ladders
    return any(each.name == name and is_look(each, view) for each in ladders)


def _days_asked(asked: list[_Asked]) -> Iterator[_Day]:
    """What is asked for with its day."""
    for each in asked:
        if each.has_day:
            below = each.view.dossier.reference if each.view.dossier.parent else ""
            yield _Day(each.ask.what, each.ask.asked_by, case=below)


def _milestones(view: View, asked: list[_Asked]) -> Iterator[_Day]:
    """The milestones that are ahead of a case, or went by without its getting there.

    Those of a case below go by what it is: there is one of its kind at a time. That of the state
    in which it stands is not late as long as nothing is that people were asked for there.
    """
    if view.dossier.closed_at is not None:
        return
    here = (each for each in asked if each.view is view and each.has_day)
    given = min((each.ask.asked_by for each in here), default=None)
    for name, dates in view.dossier.dates.items():
        if dates.forecast is not None and dates.actual is None:
            if name == view.dossier.state and given and dates.forecast < view.today <= given:
                continue
            if view.dossier.parent:
                yield _Day(view.workflow.title, dates.forecast)
            else:  # a state without a day of its own is over when it is left
                state = view.workflow.state(name)
                yield _Day(state.title, dates.forecast, ends=state.actual is None)


def _between(days: list[_Day], pair: str, first: date, last: date) -> Iterator[Row]:
    for each in days:
        if first <= each.on <= last:
            yield {**each.words(pair), "when": each.on.isoformat()}


def _calls(asked: list[_Asked], pair: str, reading: Reading) -> Iterator[Row]:
    """The phone tasks that the reader was given and that are open still."""
    for each in asked:
        given = (
            letter
            for letter in each.view.dossier.asked
            if letter.ladder == each.ladder
            and letter.reader == reading.person
            and letter.letter.partition(".")[2] == reading.calls
            and letter.outcome not in NOT_SENT
            and letter.on >= each.ask.open_since
        )
        if any(given):
            for person in each.ask.callees:
                yield {
                    "who": person.name,
                    "phone": person.phone,
                    "pair": pair,
                    "what": each.ask.what,
                    "days": (reading.today - each.ask.open_since).days,
                    "command": "",
                }


def _waiting(root: View, asked: list[_Asked], pair: str, reader: PersonId) -> Row:
    """Where the family stands, and who has been waited for the longest; for a look, since no day:
    it is asked for again and again, and nobody says that they have looked.
    """
    first = min(asked, key=lambda each: each.order, default=None)
    ask = first.ask if first is not None else None
    begun = first.ask if first is not None and not first.is_look else None
    return {
        "pair": pair,
        "case": root.dossier.reference,
        "month": root.value("case.month") or 0,
        "state": root.workflow.state(root.dossier.state).title,
        "who": ", ".join(person.name for person in ask.callees) if ask is not None else "",
        "in_place_of": ", ".join(person.name for person in ask.replaced) if ask is not None else "",
        "is_yours": begun is not None and reader in {each.id for each in begun.callees},
        "since": begun.open_since.isoformat() if begun is not None else "",
        "days": begun.working_days if begun is not None else 0,
        "what": ask.what if ask is not None else "",
    }


def _dead(root: View, pair: str) -> Iterator[Row]:
    """Whoever of the family cannot be written to, and who is instead."""
    dead = {each.id: each for each in root.dossier.everybody() if not each.reachable}
    for person in dead.values():
        yield {"pair": pair, "who": person.name, "instead": _instead(root, person)}


def _instead(root: View, person: Person) -> str:
    team = team_at(root.dossier, person.role, person.centre)
    return next((each.name for each in team if each.reachable), "")
