"""What a check or a letter may look at: paths into a dossier, resolved to plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from engine.dates.anchors import anchor_day, day_of, target_day
from engine.dates.meetings import value_at
from engine.model.definition import State, Workflow
from engine.model.dossier import EMPTY, Dossier, Parent, RecordVersion, Stay
from engine.model.partners import is_asked, is_paired
from engine.model.word_lists import LISTS
from engine.time.zones import local_day


@dataclass(frozen=True, slots=True)
class View:
    """A case seen at one moment. ``event`` holds the words of what just happened."""

    workflow: Workflow
    dossier: Dossier
    now: datetime
    event: Mapping[str, object] = field(default_factory=lambda: EMPTY)

    @property
    def today(self) -> date:
        return local_day(self.now, self.dossier.office.zone)

    def parent(self) -> "View | None":
        parent: Parent | None = self.dossier.parent
        if parent is None:
            return None
        return View(parent.workflow, parent.dossier, self.now)

    def value(self, path: str) -> object:
        """The value a path leads to, None when there is nothing yet.

        Roots: ``record``, ``fact``, ``setting``, ``parties``, ``date``, ``anchor``, ``case``,
        ``event``, ``list``, ``meeting``, ``parent``. A record, a fact or a list that the case's
        workflow does not know is looked up in the parent.
        """
        root, _, rest = path.partition(".")
        look = _ROOTS.get(root)
        return None if look is None else look(self, rest)

    def versions(self, record: str) -> tuple[RecordVersion, ...]:
        """Every version of a record, the parent's when the workflow here does not know it."""
        if record in self.workflow.records or self.dossier.parent is None:
            return self.dossier.records.get(record, ())
        parent = self.dossier.parent
        return View(parent.workflow, parent.dossier, self.now).versions(record)

    def latest(self, record: str) -> RecordVersion | None:
        return next(reversed(self.versions(record)), None)


def dig(value: object, path: str) -> object:
    """Follow a dotted path into plain values; a list gives the list of its rows' values."""
    for step in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list | tuple):
            value = [row.get(step) for row in value if isinstance(row, Mapping)]
        else:
            return None
    return value


def _record(view: View, rest: str) -> object:
    name, _, field = rest.partition(".")
    latest = view.latest(name)
    if latest is None:
        return None
    if field == "version":
        return latest.number
    if field == "filed_on":
        return local_day(latest.filed_at, view.dossier.office.zone).isoformat()
    return dig(latest.content, field)


def _fact(view: View, rest: str) -> object:
    found = dig(view.dossier.facts, rest)
    parent = view.parent()
    return parent.value(f"fact.{rest}") if found is None and parent is not None else found


def _setting(view: View, rest: str) -> object:
    found = view.workflow.settings.get(rest)
    return None if found is None else found.plain


def _party(view: View, rest: str) -> object:
    side, _, field = rest.partition(".")
    if not view.dossier.parties_of(side) and _is_side(view, side):
        return None  # nobody is named there yet, or any more; a role of the office is the office's
    party = view.dossier.party_of(side)
    known = {
        "name": party.name,
        "short_name": party.short_name,
        "country": party.country,
        "city": party.city,
        "key": party.key,
    }
    return known[field] if field in known else dig(party.facts, field)


def _is_side(view: View, side: str) -> bool:
    above = view.parent()
    return side in view.workflow.sides or (above is not None and _is_side(above, side))


def _date(view: View, rest: str) -> object:
    name, _, which = rest.partition(".")
    if name not in view.workflow.states:
        parent = view.parent()
        return None if parent is None else _date(parent, rest)
    known = view.dossier.dates.get(name)
    if which == "baseline":
        return None if known is None or known.baseline is None else known.baseline.isoformat()
    day = target_day(view.workflow, view.dossier, name, which or "target")
    return None if day is None else day.isoformat()


def _anchor(view: View, rest: str) -> object:
    day = anchor_day(view.workflow, view.dossier, rest)
    return None if day is None else day.isoformat()


def _case(view: View, rest: str) -> object:
    dossier = view.dossier
    if rest in {"name", "month", "state_title", "since"} and dossier.parent is not None:
        parent = view.parent()
        return None if parent is None else _case(parent, rest)
    if rest == "month":
        return month_of(view)
    if rest == "name":
        return " \N{EN DASH} ".join(
            party.short_name for side in dossier.parties.values() for party in side
        )
    if rest in _PARTNER:
        return _PARTNER[rest](view.workflow, dossier)
    state = view.workflow.state(dossier.state)
    since = local_day(dossier.entered_at, dossier.office.zone).isoformat()
    known = {
        "reference": dossier.reference,
        "state": dossier.state,
        "state_title": state.title,
        "since": since,
        "entered_on": since,  # of this very case, also where "since" is that of its parent
    }
    return known.get(rest)


# Whether the partner has been asked, and the pair was made; None where no partner is awaited.
_PARTNER = {"asked": is_asked, "paired": is_paired}


def month_of(view: View) -> int | None:
    """The running month of the case, 1 in its first, counted from the start anchor (Q-01)."""
    return _month_on(view, view.today)


def month_turns_on(view: View) -> date | None:
    """The next day on which the running month is another one."""
    if month_of(view) is None:
        return None
    # Walked, since one that began on the 31st turns on the 1st after a shorter month.
    day = view.today
    while _month_on(view, day) == _month_on(view, view.today):
        day += timedelta(days=1)
    return day


def _month_on(view: View, day: date) -> int | None:
    start = anchor_day(view.workflow, view.dossier, view.workflow.start_anchor)
    if start is None:
        return None
    months = (day.year - start.year) * 12 + day.month - start.month
    return months + (day.day >= start.day)


def _meeting(view: View, rest: str) -> object:
    return value_at(view.workflow, view.dossier, rest, view.today)


def _event(view: View, rest: str) -> object:
    return dig(view.event, rest)


def _parent(view: View, rest: str) -> object:
    parent = view.parent()
    return None if parent is None else parent.value(rest)


def _list(view: View, rest: str) -> object:
    """All words of a list, or a part of the one that the path behind it names."""
    name, _, inner = rest.partition(".")
    known = view.workflow.lists.get(name)
    parent = view.parent()
    if known is None:
        return None if parent is None else _list(parent, rest)
    if known.imported:
        return dig(view.dossier.office.facts, f"{LISTS}.{name}")
    part, _, path = inner.partition(".")
    if not part:
        return list(known.entries)
    return list(known.entries.get(str(view.value(path)), {}).get(part, ()))


_ROOTS = {
    "record": _record,
    "fact": _fact,
    "setting": _setting,
    "parties": _party,
    "date": _date,
    "anchor": _anchor,
    "case": _case,
    "event": _event,
    "list": _list,
    "meeting": _meeting,
    "parent": _parent,
}


def as_actual(view: View, state: State) -> date | None:
    """The day a milestone really happened: by its record, else the day its state was left."""
    if state.actual is not None:
        return day_of(view.value(state.actual))
    stays = [stay for stay in view.dossier.stays if stay.state == state.name]
    if not stays or stays[-1].left_at is None or stays[-1] == interrupted_stay(view):
        return None
    return local_day(stays[-1].left_at, view.dossier.office.zone)


def interrupted_stay(view: View) -> Stay | None:
    """The stay that a pause interrupts and to which the case may come back, while it is paused."""
    pausing = _pausing(view.workflow)
    if view.dossier.state not in pausing:
        return None
    stays = (stay for stay in view.dossier.stays if stay.state not in pausing)
    return max(stays, default=None, key=lambda stay: stay.number)


@lru_cache(maxsize=256)
def _pausing(workflow: Workflow) -> frozenset[str]:
    return frozenset(name for name, state in workflow.states.items() if state.pauses)
