"""Findings of the check that a file accepts: each by its kind and its place, with the reason."""

from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path as FilePath
from typing import Annotated, Literal

from pydantic import AfterValidator

from engine.lint.accepted import Accepted
from workflows.schema.spelling import Listed, Shape, Text, matching
from workflows.yaml.located import Located, Path, Plain

ACCEPTED = "accepted"
_WORDS, _LETTERS = "words", "letters"


# Not a word or two: whoever reads it later is to understand why it was meant.
_reason = matching(r"(?s)\W*(\w\S*\W+){3,}.*", "is no reason: say in a sentence why it is meant")


class AcceptedText(Shape):
    """One finding that is meant, where it stands in this file, and why it is right here."""

    finding: Literal[
        "before_its_turn",
        "case_without_end",
        "closed_record",
        "contradiction",
        "given_away",
        "hidden_flag",
        "look_alike",
        "never_met",
        "never_sent",
        "nobody_there",
        "not_there_yet",
        "other_meeting",
        "parent_and_child",
        "promise",
        "settings_cross",
        "silent_rung",
        "unknown_word",
        "unread",
    ]
    at: Text
    reason: Annotated[Text, AfterValidator(_reason)]


AcceptedTexts = Listed[AcceptedText]


def accepted_in(document: Located) -> tuple[Accepted, ...]:
    """The findings that a file accepts, which has been held against its shape."""
    content = document.content
    listed = content.get(ACCEPTED) if isinstance(content, dict) else None
    return tuple(
        _accepted(document, number, each)
        for number, each in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(each, dict)
    )


def _accepted(document: Located, number: int, each: dict[str, Plain]) -> Accepted:
    at = str(each.get("at"))
    path = _part(document.content, at)
    where = () if path is None else tuple(dict.fromkeys(_within(document, path)))
    place = document.place((ACCEPTED, number))
    texts = "" if path is None else _texts(document, path)
    return Accepted(str(each.get("finding")), at, str(each.get("reason")), place, where, texts)


def _texts(document: Located, path: Path) -> str:
    """Where the texts of a letter stand, for the words of letters: their titles lie beside them."""
    folder = FilePath(document.file).parent
    is_of_letters = folder.parent.name == _WORDS and path[:1] == (_LETTERS,)
    return f"{folder.joinpath(*map(str, path))}/" if is_of_letters else ""


def _part(content: Plain, at: str) -> Path | None:
    """The path of a part named such as ``records.memorandum``; a key may hold dots itself."""
    if not at:
        return ()
    if isinstance(content, list):
        listed = {str(number): each for number, each in enumerate(content)}
        path = _part(listed, at)
        return None if path is None else (int(path[0]), *path[1:])
    keys = content if isinstance(content, dict) else {}
    for key in sorted((k for k in keys if f"{at}.".startswith(f"{k}.")), key=len, reverse=True):
        inner = _part(keys[key], at[len(key) + 1 :])
        if inner is not None:
            return (key, *inner)
    return None


def _within(document: Located, path: Path) -> Iterator[tuple[int, int]]:
    """Every place of a part, and of what stands in it."""
    for places in (document.places, document.keys):
        if path in places:
            yield places[path].line, places[path].column
    part: Plain = reduce(getitem, path, document.content)  # type: ignore[arg-type]  # it leads there
    steps = range(len(part)) if isinstance(part, list) else part if isinstance(part, dict) else ()
    for step in steps:
        yield from _within(document, (*path, step))
