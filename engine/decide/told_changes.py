"""What differs between two versions of a record, as letters tell it."""

from collections.abc import Iterable, Mapping

from engine.model.differences import Difference


def told(changes: Iterable[Difference]) -> list[dict[str, str]]:
    return [
        {
            "field": each.field.replace("_", " ").replace(".", ", "),
            "before": _words(each.before),
            "after": _words(each.after),
        }
        for each in changes
    ]


def _words(value: object) -> str:
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_words(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    return str(value)
