"""Meetings as people write them: each with its record, and with what holds for all of them."""

from collections.abc import Iterator

from pydantic import Field

from workflows.language.nodes import Node
from workflows.language.scope import Scope
from workflows.language.spelling import EACH, FieldText, OneOrMore, Readers, Rules, kind_of
from workflows.schema.spelling import AtLeastOne, LetterId, Name, Shape, Text

_OF_THE_RECORD = ("by", "readers", "rule", "fields")
_LISTS = ("places", "rule")
OPTIONS = "options"  # the field of the days or times that are offered to the sides
_NOT_IN_FULL = {"by", "readers", "fields", "asks", "to"}


class MeetingText(Shape):
    """A meeting; what is missing here is said for `each`."""

    record: Name | None = None
    by: OneOrMore | None = None
    readers: OneOrMore | None = None
    rule: Rules = ()
    fields: dict[Name, FieldText] = Field(default_factory=dict)
    begins: Name | None = None
    ends: Name | None = None
    places: OneOrMore = ()
    asks: OneOrMore = ()
    needs_yes: bool = False
    lasts: AtLeastOne | None = None
    on_site: bool = False
    held: Text | None = None
    invitation: LetterId | None = None
    to: Readers | None = None
    moved: LetterId | None = None
    cancelled: LetterId | None = None


def written_meetings(scope: Scope) -> Node:
    """Every meeting in full."""
    meetings = {name: _meeting(name, node, scope) for name, node in each_meeting(scope.root)}
    return scope.part("meetings").saying(meetings)


def each_meeting(root: Node) -> Iterator[tuple[str, Node]]:
    """The meetings by name, with what is said of all of them."""
    meetings = dict(root.under("meetings"))
    shared = meetings.pop(EACH, None)
    for name, own in meetings.items():
        yield name, own.saying({**dict(shared.items() if shared else ()), **dict(own.items())})


def records_of_meetings(root: Node) -> Iterator[tuple[str, Node]]:
    """The record of each meeting, with the answers of the sides that are asked."""
    for _, node in each_meeting(root):
        record = node.get("record")
        if record is None:
            continue
        parts = {key: each for key, each in node.items() if key in _OF_THE_RECORD}
        fields = dict(node.under("fields"))
        fields |= _options(node)
        for side in _asked(node):
            fields[_times(side)] = side.saying("optional text")
            fields[_accepted(side)] = side.saying("optional yes_no")
        parts["fields"] = (node.get("fields") or node).saying(fields)
        yield record.text, Node(parts, node.place, node.named)


def _meeting(name: str, node: Node, scope: Scope) -> Node:
    parts = {"title": scope.words.say(node, "meetings", name)}
    for key, each in node.items():
        if key in _LISTS:
            parts[key] = each.listed()
        elif key not in _NOT_IN_FULL:
            parts[key] = each
    if asks := node.get("asks"):
        parts["answers"] = asks.saying({s.text: s.saying(_accepted(s)) for s in _asked(node)})
        parts["options"] = asks.saying(OPTIONS)
        parts["times"] = asks.saying({s.text: s.saying(_times(s)) for s in _asked(node)})
    if letter := parts.get("invitation"):
        to = node.get("to")
        readers = to.listed() if to else scope.readers_of(letter)
        said = {"notify": letter, **({"to": readers} if readers else {})}
        parts["invitation"] = letter.saying(said)
    return node.saying(parts)


def _options(node: Node) -> dict[str, Node]:
    """What is offered to the sides that are asked: rows of the fields that say when it is."""
    fields, begins, ends = (node.get(key) for key in ("fields", "begins", "ends"))
    when = fields.get(begins.text) if fields and begins else None
    if when is None or begins is None or node.get("asks") is None:
        return {}
    first = when if when.get("kind") else when.saying(kind_of(when.text)[0])
    last = fields.get(ends.text) if fields and ends else None
    rows = {begins.text: first, **({ends.text: last} if ends and last else {})}
    parts = {
        "optional": when.saying(value=True),
        "unique": begins,
        "rows": when.saying(rows),
    }
    return {OPTIONS: when.saying(parts)}


def _asked(node: Node) -> tuple[Node, ...]:
    asks = node.get("asks")
    return asks.several() if asks else ()


def _accepted(side: Node) -> str:
    return f"accepted_by_{side.text}"


def _times(side: Node) -> str:
    return f"times_of_{side.text}"
