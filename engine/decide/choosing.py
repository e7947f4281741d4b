"""Which options on offer an answer chooses: by their numbers in its letter, or as they are."""

import re
from collections.abc import Iterator
from datetime import datetime

from engine.checks.records import FieldProblem
from engine.dates.polls import Option
from engine.dates.view import View
from engine.letters.polled import options
from engine.model.family import Letter

_FIGURES = 6  # of a number: no list is that long
_BETWEEN = re.compile(r"\s*[,;\u060c]\s*|\s+")


def options_in(
    text: str, letter: Letter, view: View, written_at: datetime
) -> tuple[str, ...] | FieldProblem:
    """The options that a text chooses, each once; or what is wrong with it.

    A number is the place on the list of the letter as it was written; what it meant is looked up
    among what is on offer by now.
    """
    listed = options(view, letter.owed.ladder, written_at)
    now = {each.begins for each in options(view, letter.owed.ladder, view.now)}
    found = dict.fromkeys(_meant(text, listed))
    strange = [each for each in found if each not in now]
    if not found or strange:
        said = f"says {strange[0]}, which is not on offer" if strange else "is missing"
        remedy = "Choose among what is on offer by now."
        return FieldProblem("options", said, remedy, is_gap=not strange)
    return tuple(found)


def _meant(text: str, listed: tuple[Option, ...]) -> Iterator[str]:
    for part in filter(None, _BETWEEN.split(text.strip())):
        number = int(part) if part.isdecimal() and len(part) <= _FIGURES else 0
        yield listed[number - 1].begins if 0 < number <= len(listed) else part
