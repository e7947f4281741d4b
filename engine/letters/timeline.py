"""The small timeline below a letter: what a pair has behind it, and what comes next."""

from collections.abc import Iterator, Mapping
from datetime import date

from engine.dates.view import View
from engine.model.partners import to_pass

_MOST = 2  # of either: what is read at a glance

Row = Mapping[str, object]


def done(view: View) -> list[Row]:
    """The last dated states that are over, as they were entered: `what`, and its `day`, as ISO
    text.
    """
    root = _root(view)
    entered = dict.fromkeys(stay.state for stay in root.dossier.stays)
    known = ((name, root.dossier.dates.get(name)) for name in entered)
    days = [(name, each.actual) for name, each in known if each is not None and each.actual]
    return [{"what": _title(root, name), "day": _said(day)} for name, day in days[-_MOST:]]


def ahead(view: View) -> list[Row]:
    """The next dated states, with the `day` that is expected, and whether that `is_fixed`.

    A day that has gone by is left out, and that of a state which has no day of its own: it is the
    day on which it ends.
    """
    root = _root(view)
    return [
        {
            "what": _title(root, name),
            "day": _said(day) if day >= root.today and _has_day(root, name) else "",
            "is_fixed": root.dossier.dates[name].agreed,
        }
        for day, name in sorted(_coming(root))[:_MOST]
    ]


def _root(view: View) -> View:
    parent = view.parent()
    return view if parent is None else _root(parent)


def _coming(view: View) -> Iterator[tuple[date, str]]:
    """Where a case has not been in this partnership, and may come to."""
    been = {stay.state for stay in view.dossier.stays}
    for name in to_pass(view.workflow, view.dossier) - been:
        dates = view.dossier.dates.get(name)
        if dates is not None and dates.actual is None and dates.forecast is not None:
            yield dates.forecast, name


def _has_day(view: View, name: str) -> bool:
    return view.workflow.state(name).actual is not None


def _title(view: View, name: str) -> str:
    return view.workflow.state(name).title


def _said(day: date) -> str:
    return day.isoformat()
