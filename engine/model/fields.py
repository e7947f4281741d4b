"""A field of a record, and of each row of a list of rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import literals
from engine.model.texts import Key, Name
from engine.places import NOWHERE, Place
from engine.time.countries import country_code
from engine.time.written_days import read_day
from engine.time.written_moments import Here, read_moment


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record and what its content must be."""

    name: Key
    kind: str  # one of engine.checks.records.KINDS
    optional: bool = False
    choices: tuple[str, ...] = ()
    among: str = ""  # the path of the words that it takes: of a list, or of what was filed
    at_least: float | None = None
    at_most: float | None = None
    past: bool = False  # a date of what has happened: never one to come
    not_before: Name = ""  # another date beside it, which may not be the later one
    rows: tuple["Field", ...] = ()  # the fields of each row of a list of rows
    unique: Name = ""  # the field of its rows that says another thing in each
    place: Place = NOWHERE

    def read(self, text: str, here: Here) -> object:
        """What a person wrote, as content holds it; ValueError says what would be right."""
        reader = _READERS.get(self.kind)
        return reader(self, text.strip(), here) if reader else text


Reader = Callable[[Field, str, Here], object]

_READERS: Mapping[str, Reader] = {
    "date": lambda field, text, here: read_day(
        text, here.today, "past" if field.past else here.when
    ).isoformat(),
    "moment": lambda _, text, here: read_moment(text, here).isoformat(timespec="minutes"),
    "yes_no": lambda _, text, __: literals.yes_no(text),
    "number": lambda _, text, __: literals.number(text),
    "whole": lambda _, text, __: literals.whole_number(text),
    "version": lambda _, text, __: literals.whole_number(text),
    "choice": lambda field, text, _: literals.choice(text, field.choices),
    "country": lambda _, text, __: country_code(text),
    "list": lambda field, text, _: (
        [literals.choice(text, field.choices)] if field.choices else [text]
    ),
}


def in_their_order(fields: tuple[Field, ...], content: Mapping[str, object]) -> dict[str, object]:
    """The content of a record in the order of its fields; what is no field of it stands last."""
    names = [field.name for field in fields if field.name in content]
    return {name: content[name] for name in (*names, *content)}
