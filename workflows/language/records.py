"""Records, their fields and flags, from the language to the full form."""

from collections.abc import Iterator

from workflows.language.checks import written_check
from workflows.language.effects import written_effects
from workflows.language.meetings import records_of_meetings
from workflows.language.nodes import Node
from workflows.language.scope import Scope
from workflows.language.spelling import EACH, PAST_DAY, kind_of

_LISTS = ("by", "readers", "rule", "signatories", "hidden_from")
_EFFECTS = {"filed": "effects", "signed": "signed", "then": "effects"}


def written_records(scope: Scope) -> Node:
    """Every record in full, those of a group one by one."""
    records = {name: _record(name, node, scope) for name, node in each_record(scope.root)}
    return scope.part("records").saying(records)


def each_record(root: Node) -> Iterator[tuple[str, Node]]:
    """The records by name, with what their group says of all; those of meetings are the last."""
    for name, node in root.under("records"):
        shared = node.get(EACH)
        if shared is None:
            yield name, node
            continue
        for member, own in node.items():
            if member != EACH:
                yield member, own.saying({**dict(shared.items()), **dict(own.items())})
    yield from records_of_meetings(root)


def written_flags(scope: Scope) -> Node:
    flags: dict[str, Node] = {}
    for name, node in scope.root.under("flags"):
        title = scope.words.say(node, "flags", name)
        flags[name] = node.saying({"title": title, **_parts(node, scope)})
    return scope.part("flags").saying(flags)


def _record(name: str, node: Node, scope: Scope) -> Node:
    parts = {"title": scope.words.say(node, "records", name, "title"), **_parts(node, scope)}
    parts.pop("weight", None)  # read by the requirement that asks for the record
    if "readers" not in parts and scope.readers and "by" in parts:
        files = {each.text for each in parts["by"].several()}
        others = tuple(each for each in scope.readers.several() if each.text not in files)
        parts["readers"] = scope.readers.saying(others)
    if "fields" in parts:
        parts["fields"] = _fields(parts["fields"])
    if adapts := parts.pop("adapts", None):
        letters = adapts.saying(dict(scope.stages))
        parts["adapts"] = adapts.saying({"letters": letters} if scope.stages else {})
    return node.saying(parts)


def _parts(node: Node, scope: Scope) -> dict[str, Node]:
    parts: dict[str, Node] = {}
    for key, each in node.items():
        if key in _LISTS:
            parts[key] = each.listed()
        elif key == "until":
            parts[key] = each.saying(written_check(each))
        elif key in _EFFECTS:
            parts[_EFFECTS[key]] = written_effects(each, scope)
        else:
            parts[key] = each
    return parts


def _fields(node: Node) -> Node:
    return node.saying({name: _field(each) for name, each in node.items()})


def _field(node: Node) -> Node:
    if isinstance(node.value, str):
        parts = _kind(node)
        return parts["kind"] if len(parts) == 1 else node.saying(parts)
    if isinstance(node.value, tuple):
        return node.saying({"kind": node.saying("choice"), "choices": node})
    parts = dict(node.items())
    if "rows" in parts:
        parts["rows"] = _fields(parts["rows"])
        parts.setdefault("kind", parts["rows"].saying("rows"))
    if "choices" in parts:
        parts.setdefault("kind", parts["choices"].saying("choice"))
    if "among" in parts:
        parts.setdefault("kind", parts["among"].saying("text"))
    return node.saying({**parts, **_kind(parts["kind"])} if "kind" in parts else parts)


def _kind(node: Node) -> dict[str, Node]:
    kind, optional = kind_of(node.text)
    parts = {"kind": node.saying("date" if kind == PAST_DAY else kind)}
    if kind == PAST_DAY:
        parts["past"] = node.saying(value=True)
    if optional:
        parts["optional"] = node.saying(value=True)
    return parts
