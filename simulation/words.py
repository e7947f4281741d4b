"""What the words of a story mean when an act is done: days, moments, what records hold."""

from collections.abc import Mapping
from datetime import date

from engine.dates.anchors import Clockwork, day_of, rule_day
from engine.dates.view import View
from engine.errors import ProjectError
from engine.time.spans import shift
from engine.time.windows import When
from engine.time.working_days import Workdays
from engine.time.zones import instant
from simulation.people import weekday
from simulation.story import TODAY, Point, Word


class StoryError(ProjectError):
    """The story says something that cannot be meant where it is said."""


def spoken(value: object, view: View | None) -> object:
    """A value with its words found, as it is filed; without words no view is needed."""
    if isinstance(value, Word):
        if view is None:
            raise StoryError("a word is spoken where nothing is known")
        return _found(value, view)
    if isinstance(value, Mapping):
        return {name: spoken(each, view) for name, each in value.items()}
    if isinstance(value, tuple):
        return [spoken(each, view) for each in value]
    return value


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
