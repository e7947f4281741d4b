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
class _Asked:
    """Something that is asked for in a case, and whether letters about it named a day."""

    view: View
    ladder: str
    ask: Ask
    has_day: bool

    @property
    def order(self) -> tuple[bool, date]:
        """What people were asked for before what only waits, the longest first."""
        return not self.has_day, self.ask.open_since


def standing(family: Family, reading: Reading) -> Standing:
    """How a family stands for whoever follows it."""
    views = [_view(family, each, reading.now) for each in sorted(family.cases)]
    name = str(_view(family, family.root, reading.now).value("case.name") or "")
    asked = [each for view in views for each in _asked(view)]
    days = [*_days_asked(asked), *(each for view in views for each in _milestones(view, asked))]
    late = ((what, day) for what, day in days if day < reading.today)
    return Standing(
        calls=tuple(_calls(asked, name, reading)),
        late=tuple(
            {"pair": name, "what": what, "days": (reading.today - day).days} for what, day in late
        ),
        due=tuple(_between(days, name, reading.today, reading.week_ends)),
        coming=tuple(_between(days, name, _after(reading.week_ends), reading.today + _AHEAD)),
        waiting=_waiting(_view(family, family.root, reading.now), asked, name),
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
        ask = ask_of(view, each.ladder)
        # What only waits for a look is not late (0060).
        yield _Asked(view, each.ladder, ask, bool(ask.named) and not _is_look(view, each.ladder))


def _is_look(view: View, name: str) -> bool:
    ladders = view.workflow.state(view.dossier.state).ladders
    return any(each.name == name and is_look(each, view) for each in ladders)


def _days_asked(asked: list[_Asked]) -> Iterator[tuple[str, date]]:
    """What is asked for with its day."""
    for each in asked:
        if each.has_day:
            yield each.ask.what, each.ask.asked_by


def _milestones(view: View, asked: list[_Asked]) -> Iterator[tuple[str, date]]:
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
            title = view.workflow.state(name).title
            yield view.workflow.title if view.dossier.parent else title, dates.forecast


def _between(
    days: list[tuple[str, date]], pair: str, first: date, last: date
) -> Iterator[Mapping[str, object]]:
    for what, day in days:
        if first <= day <= last:
            yield {"pair": pair, "what": what, "when": day.isoformat()}


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


def _waiting(root: View, asked: list[_Asked], pair: str) -> Row:
    """Where the family stands, and who has been waited for the longest."""
    first = min(asked, key=lambda each: each.order, default=None)
    ask = first.ask if first is not None else None
    return {
        "pair": pair,
        "case": root.dossier.reference,
        "month": root.value("case.month") or 0,
        "state": root.workflow.state(root.dossier.state).title,
        "who": ", ".join(person.name for person in ask.callees) if ask is not None else "",
        "since": ask.open_since.isoformat() if ask is not None else "",
        "days": ask.working_days if ask is not None else 0,
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
