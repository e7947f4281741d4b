"""The words of a story: days and values as its file writes them, and what each means in a case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from engine.checks.wording import rows_of
from engine.dates.anchors import Clockwork, day_of, rule_day
from engine.dates.view import View
from engine.errors import DefinitionError, ProjectError, quoted
from engine.time.spans import Span, parse_span, shift
from engine.time.windows import When
from engine.time.working_days import Workdays
from engine.time.zones import instant

TODAY = "today"
EACH = "each"
_SATURDAY = 5

_POINT = r"[A-Za-z][A-Za-z0-9_.]*(?: *[+-] *P[0-9A-Z]+)?"
_WORD = re.compile(
    rf"=(?:(?P<one>{_POINT})|later_of (?P<several>{_POINT}(?: *, *{_POINT})+))"
    r"(?: *@(?P<at>[0-2][0-9]:[0-5][0-9]))?"
)
_SUM = re.compile(r"(?P<of>[^ +-]+)(?: *(?P<sign>[+-]) *(?P<span>P\w+))?")


class StoryError(ProjectError):
    """The story says something that cannot be meant where it is said."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a value: ``today``, an anchor, a bound of a window, or, with a dot in it, a path."""

    of: str
    span: Span | None = None

    @property
    def is_path(self) -> bool:
        return "." in self.of


@dataclass(frozen=True, slots=True)
class Word:
    """A value found when the act is done: ``=target + P1D @10:00``, ``=record.roadmap.version``.

    Of several points the latest counts. A day that is reckoned (not copied) falls on a weekday;
    with ``at`` it becomes a moment.
    """

    points: tuple[Point, ...]
    at: time | None = None

    @property
    def is_copied(self) -> bool:
        """Whether the value is what its one point leads to, as it stands."""
        return len(self.points) == 1 and self.points[0].span is None and self.at is None


def read_word(text: str) -> Word:
    """Read ``=target + P1D @10:00`` or ``=record.roadmap.version``; DefinitionError says how."""
    found = _WORD.fullmatch(text)
    if found is None:
        raise DefinitionError(
            f"{quoted(text)} is not found anywhere: write such as =today + P28D, "
            "=target @10:00, =record.roadmap.version or =later_of target, today + P28D"
        )
    points = (found["one"] or found["several"]).split(",")
    at = time.fromisoformat(found["at"]) if found["at"] else None
    return Word(tuple(_point(point.strip()) for point in points), at)


def spoken(value: object, view: View | None) -> object:
    """A value with its words found, as it is filed; without words no view is needed."""
    if isinstance(value, Word):
        if view is None:
            raise StoryError("a word is spoken where nothing is known")
        return _found(value, view)
    if isinstance(value, Mapping):
        return {name: spoken(each, view) for name, each in value.items()}
    if isinstance(value, tuple):
        return [row for each in value for row in _rows(each, view)]
    return value


def _rows(value: object, view: View | None) -> list[object]:
    """A value of a list; of a row with ``each: FIELD`` one for each value that its field has."""
    if not isinstance(value, Mapping) or EACH not in value:
        return [spoken(value, view)]
    field = str(value[EACH])
    shared = {name: spoken(each, view) for name, each in value.items() if name != EACH}
    return [{**shared, field: each} for each in rows_of(shared.get(field))]


def has_words(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(has_words(each) for each in value.values())
    if isinstance(value, tuple):
        return any(has_words(each) for each in value)
    return isinstance(value, Word)


def day_meant(word: Word, view: View) -> date:
    """The day a word means; StoryError when nothing is known of it."""
    days = [day for point in word.points if (day := _day(point, view)) is not None]
    if not days:
        names = ", ".join(point.of for point in word.points)
        raise StoryError(f"the story speaks of {names}, of which nothing is known here")
    return max(days) if word.is_copied else weekday(max(days))


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def _point(text: str) -> Point:
    found = _SUM.fullmatch(text)
    if found is None:
        raise DefinitionError(f"{quoted(text)} is no day: write such as target - P14D")
    if not found["span"]:
        return Point(found["of"])
    return Point(found["of"], parse_span(("-" if found["sign"] == "-" else "") + found["span"]))


def _found(word: Word, view: View) -> object:
    if word.is_copied and word.points[0].is_path:
        return _listed(_value(word.points[0].of, view))
    day = day_meant(word, view)
    if word.at is None:
        return day.isoformat()
    return instant(day, word.at, view.dossier.office.zone).isoformat()


def _day(point: Point, view: View) -> date | None:
    start = _start(point, view)
    if start is None or point.span is None:
        return start
    return weekday(shift(weekday(start), point.span, Workdays.plain()))


def _start(point: Point, view: View) -> date | None:
    if point.is_path:
        return day_of(_value(point.of, view))
    if point.of == TODAY:
        return view.today
    return rule_day(Clockwork(view.workflow, view.dossier, view.dossier.state), When(point.of))


def _value(path: str, view: View) -> object:
    root, _, rest = path.partition(".")
    if root != "people":
        return view.value(path)
    people = view.dossier.people_as(rest)
    return people[0].name if people else None


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
