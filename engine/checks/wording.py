"""How checks read lists and say values, paths and rows to a person."""

from collections.abc import Mapping, Sequence

from engine.dates.view import View

_SILENT_ROOTS = frozenset({"record", "fact", "setting", "parties", "event", "parent", "case"})
_OPEN_ENDED = frozenset({"on", "at", "until", "since", "by", "from"})  # "the review on is ..."


def said(value: object) -> str:
    """A value as a person would say it."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def noun(view: View, path: str) -> str:
    """What a path leads to, as a person would name it: the domain of the coordinator."""
    view, path = _led(view, path)
    root, _, rest = path.partition(".")
    first, *fields = rest.split(".")
    if root == "record" and rest:
        named = ", ".join(map(plain, fields))
        return f'"{named}" in {the_record(view, first)}' if fields else the_record(view, first)
    if root == "parties" and fields:
        return f"the {', '.join(map(plain, fields))} of the {plain(first)}"
    if root in _DAYS:
        return _DAYS[root](view, rest if root == "meeting" else first)
    words = rest if root in _SILENT_ROOTS and rest else path
    named = ", ".join(map(plain, words.split(".")))
    return f'"{named}"' if named.rpartition(" ")[2] in _OPEN_ENDED else f"the {named}"


def the_day(view: View, anchor: str) -> str:
    """What an anchor stands for, by the titles of what happens then or of where it is written."""
    found, above = view.workflow.anchors.get(anchor), view.parent()
    if found is None and above is not None:
        return the_day(above, anchor)
    sources = found.sources if found is not None else ()
    source = min(sources, key=lambda each: each.kind not in _HAPPENS, default=None)
    if source is None:
        return f"the day of {plain(anchor)}"
    if source.kind == "parent" and above is not None:
        return the_day(above, source.of)
    if source.kind in _HAPPENS:
        return _HAPPENS[source.kind](view, source.of)
    root = "record" if source.kind in {"actual", "planned", "earliest"} else "fact"
    return noun(view, f"{root}.{source.of}")


def _day_of_meeting(view: View, path: str) -> str:
    name, _, part = path.partition(".")
    meeting, above = view.workflow.meetings.get(name), view.parent()
    if meeting is None and above is not None:
        return _day_of_meeting(above, path)
    title = _quoted(meeting.title if meeting is not None else name)
    if meeting is not None and part in meeting.answers:
        return f"a yes of the {plain(part)} side to the day of {title}"
    return f"the day of {title}"


def _day_of_state(view: View, name: str) -> str:
    state, above = view.workflow.states.get(name), view.parent()
    if state is None and above is not None:
        return _day_of_state(above, name)
    return f"the day of {_quoted(state.title if state is not None else name)}"


def _quoted(title: str) -> str:
    return f'"{plain(title)}"'


_DAYS = {"anchor": the_day, "date": _day_of_state, "meeting": _day_of_meeting}
_HAPPENS = {
    "agreed": _day_of_meeting,
    **dict.fromkeys(("forecast", "ends", "entered"), _day_of_state),
}


def listing(view: View, path: str, number: int, like: str) -> str:
    """How many rows stand where a path leads: "the roadmap lists 1 objectives (short)"."""
    view, path = _led(view, path)
    root, _, rest = path.partition(".")
    first, *fields = rest.split(".")
    if root == "record" and fields:
        return f"{the_record(view, first)} lists {number} {plain(fields[-1])}{like}"
    return f"{noun(view, path)}{like}: {number}"


def absent(view: View, path: str) -> str:
    """That nothing is there where a path leads: a sentence a centre could read."""
    view, path = _led(view, path)
    root, _, rest = path.partition(".")
    first, *fields = rest.split(".")
    if root == "record":
        record = the_record(view, first)
        if not fields or view.latest(first) is None:
            return nobody_filed(record)
        return f'{record} leaves "{plain(fields[0])}" empty'
    if path == "event.note":
        return "no reason is given in the note"
    return f"{noun(view, path)} is not {'given' if root == 'event' else 'known yet'}"


def nobody_filed(record: str) -> str:
    """That nobody has filed a record: it fits titles of one thing and of several."""
    return f"nobody has filed {record} yet"


def answers(view: View, path: str, value: object) -> str:
    """What is said where a path leads, where it is not what is needed."""
    view, path = _led(view, path)
    root, _, rest = path.partition(".")
    first, *fields = rest.split(".")
    if root == "record" and fields:
        return f'{the_record(view, first)} answers "{plain(fields[-1])}" with {said(value)}'
    return f"{noun(view, path)} is {said(value)}"


def _led(view: View, path: str) -> tuple[View, str]:
    """Where a path through the parent leads, as the parent would look it up."""
    root, _, rest = path.partition(".")
    above = view.parent()
    return _led(above, rest) if root == "parent" and above is not None else (view, path)


def the_record(view: View, name: str) -> str:
    """A record by its title, as it stands within a sentence."""
    kind = view.workflow.records.get(name)
    above = view.parent()
    if kind is None and above is not None:
        return the_record(above, name)
    return f"the {_within(kind.title if kind is not None else plain(name))}"


def plain(name: str) -> str:
    """A name of a definition without what joins its parts."""
    return name.replace("_", " ")


def _within(title: str) -> str:
    """A title without its first capital, unless it is a name: the Memorandum of Understanding."""
    first, *more = title.split(" ")
    is_name = any(word[:1].isupper() and word[1:2].islower() for word in more)
    is_name = is_name or any(mark.isupper() for mark in first[1:])
    return title if is_name else title[:1].lower() + title[1:]


_NAMES = ("title", "name")


def title_of(row: Mapping[str, object]) -> str:
    """What names a row: its title or name, else its first text."""
    named = (row.get(field) for field in _NAMES)
    texts = (value for value in row.values() if isinstance(value, str))
    return str(next((value for value in (*named, *texts) if value), ""))


def rows_of(value: object) -> Sequence[object]:
    """The rows of a list; what is no list has none."""
    return value if isinstance(value, list | tuple) else ()
