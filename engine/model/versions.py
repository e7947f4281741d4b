"""What differs between two versions of a definition, in sentences: of all that stands in it."""

import json
from collections.abc import Iterator, Mapping

Document = Mapping[str, object]
_LONGEST = 120  # of what a new thing says: longer is for the definition itself
_ITSELF = frozenset({"is"})  # what a thing is, not a part of it
# What one thing of a section is called, in a sentence.
_ONE = {
    "states": "state",
    "transitions": "step",
    "records": "record",
    "fields": "field",
    "rows": "column",
    "flags": "flag",
    "facts": "fact",
    "anchors": "anchor",
    "phases": "phase",
    "ladders": "ladder",
    "rungs": "rung",
    "requires": "requirement",
    "watches": "watch",
    "office": "role",
    "settings": "setting",
    "notices": "notice",
    "meetings": "meeting",
    "lists": "list",
    "letters": "letter",
    "stages": "stage",
}


def version_differences(before: Document, after: Document) -> tuple[str, ...]:
    """Every difference, a sentence each, in the order of the definition; words count as well."""
    return tuple(_differences(before, after, ""))


def _differences(before: Document, after: Document, where: str) -> Iterator[str]:
    for key in {**before, **after}:
        old, new = _named(before.get(key)), _named(after.get(key))
        if old == new:
            continue
        if key in _ONE:
            yield from _things(_ONE[key], old, new, where)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _differences(old, new, f"{where}{key}, ")
        else:
            yield _changed("" if key in _ITSELF else key, old, new, where.removesuffix(", "))


def _things(one: str, old: object, new: object, where: str) -> Iterator[str]:
    """The things of a section: which are new, which are gone, what is another of the rest."""
    was = old if isinstance(old, Mapping) else {}
    now = new if isinstance(new, Mapping) else {}
    for name in {**was, **now}:
        place = f"{where}{one} {name}"
        if name not in was:
            yield f"{place} is new{_said(now[name])}"
        elif name not in now:
            yield f"{place} is gone"
        elif was[name] != now[name]:
            before, after = _named(was[name]), _named(now[name])
            if isinstance(before, Mapping) and isinstance(after, Mapping):
                yield from _differences(before, after, f"{place}, ")
            else:
                yield f"{place} is {_words(after)}, it was {_words(before)}"


def _changed(key: str, old: object, new: object, where: str) -> str:
    place = ": ".join(part for part in (where, key) if part)
    if old is None:
        return f"{place} is {_words(new)}, nothing was said before"
    if new is None:
        return f"{place} is not said any more, it was {_words(old)}"
    return f"{place} is {_words(new)}, it was {_words(old)}"


def _named(value: object) -> object:
    """A list of things that have names as these things by their names."""
    if not isinstance(value, list | tuple):
        return value
    found: dict[str, object] = {}
    for each in value:
        name = _name(each)
        if name is None or name in found:
            return value
        found[name] = {k: v for k, v in each.items() if k != "name"}
    return found or value


def _name(each: object) -> str | None:
    if not isinstance(each, Mapping):
        return None
    if "trigger" in each:
        return f"{each['trigger']} from {_words(each.get('from'))} to {_words(each.get('to'))}"
    name = each.get("name")
    return name if isinstance(name, str) else None


def _said(value: object) -> str:
    words = _words(value)
    return f": {words}" if len(words) <= _LONGEST else ""


def _words(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case list() | tuple():
            return ", ".join(map(_words, value)) or "nothing"
        case Mapping():
            said = {key: each for key, each in value.items() if each not in (None, (), [], {}, "")}
            return ", ".join(f"{key} {_words(each)}" for key, each in said.items()) or "nothing"
        case None:
            return "nothing"
        case _:
            return json.dumps(value)
