"""How checks read lists and say values, paths and rows to a person."""

from collections.abc import Mapping, Sequence

_SILENT_ROOTS = frozenset({"record", "fact", "parties", "event", "parent"})


def said(value: object) -> str:
    """A value as a person would say it."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def in_words(path: str) -> str:
    """A path as a person would say it: ``record.roadmap.objectives`` is "roadmap, objectives"."""
    root, _, rest = path.partition(".")
    words = rest if root in _SILENT_ROOTS and rest else path
    return ", ".join(words.split(".")).replace("_", " ")


_NAMES = ("title", "name")


def title_of(row: Mapping[str, object]) -> str:
    """What names a row: its title or name, else its first text."""
    named = (row.get(field) for field in _NAMES)
    texts = (value for value in row.values() if isinstance(value, str))
    return str(next((value for value in (*named, *texts) if value), ""))


def rows_of(value: object) -> Sequence[object]:
    """The rows of a list; what is no list has none."""
    return value if isinstance(value, list | tuple) else ()
