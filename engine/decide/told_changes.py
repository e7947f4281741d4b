"""What differs between two versions of a record, and each value of one, in words."""

from collections.abc import Iterable, Mapping

from engine.model.differences import Difference


def told(changes: Iterable[Difference]) -> list[dict[str, str]]:
    return [
        {
            "field": each.field.replace("_", " ").replace(".", ", "),
            "before": in_words(each.before),
            "after": in_words(each.after),
        }
        for each in changes
    ]


def in_words(value: object) -> str:
    """A value of a record in one line: a row with its fields, nothing as such."""
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {in_words(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value))
    return str(value)
