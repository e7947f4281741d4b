"""A record asked field by field: what each takes, what stands there, what is typed instead."""

from collections.abc import Mapping
from datetime import date, datetime

from cli.shared.asking import answered, asked, listed, yes_no
from cli.shared.days import tell_day, tell_moment
from cli.shared.output import say, tell
from cli.shared.table import clean
from cli.shared.values import text
from engine.checks.records import expected, problems
from engine.literals import shown
from engine.model.fields import Field
from engine.time.written_moments import Here

OUT = "-"  # takes out what stands there
HOW = f"An empty line keeps what stands in [ ], {OUT} takes it out, Ctrl-C ends and files nothing."
_FIGURES = 6  # of a number: no list of choices is that long
_NOTHING: tuple[object, ...] = (None, "", [], ())


def filled(
    fields: tuple[Field, ...], standing: Mapping[str, object], here: Here
) -> dict[str, object]:
    """What a record, or a row of one, holds once every field was asked."""
    content = dict(standing)
    for field in fields:
        value = _asked(field, standing.get(field.name), here)
        content.pop(field.name, None)
        if value not in _NOTHING:
            content[field.name] = value
    return content


def said(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{_words(name)}: {said(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value))
    return clean(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _asked(field: Field, standing: object, here: Here) -> object:
    held = list(standing) if isinstance(standing, list | tuple) else []
    optional = ", may be left out" if field.optional else ""
    takes = "one of these, by its number" if field.kind == "choice" else expected(field)
    tell(f"\n{_words(field.name)}: {takes}{optional}")
    match field.kind:
        case "rows":
            return _rows(field, held, here)
        case "list":
            return _texts(field, held)
        case "choice":
            listed([_words(choice) for choice in field.choices])
        case _:
            pass
    stands = "" if standing is None else f" [{said(standing)}]"
    return answered(f"  {stands}> ", lambda typed: _value(field, typed, standing, here))


def _value(field: Field, typed: str, standing: object, here: Here) -> object:
    if typed == OUT or (not typed and standing is None):
        if not field.optional:
            raise ValueError(f"it is needed: give {expected(field)}")
        return None
    if not typed:
        return standing
    value = _read(field, text(typed), here)
    for wrong in problems((field,), {field.name: value}, here.today):
        raise ValueError(f"it {wrong.sentence}: {wrong.remedy}")
    return value


def _read(field: Field, typed: str, here: Here) -> object:
    """What was typed, by the kind of the field; a choice also by number, yes and no by letter."""
    if field.kind == "choice" and typed.isascii() and typed.isdigit():
        return field.choices[_place(typed, len(field.choices))]
    if field.kind == "yes_no":
        return yes_no(typed)
    value = field.read(typed, here)
    if field.kind == "date":
        tell_day(typed, date.fromisoformat(str(value)))
    if field.kind == "moment":
        tell_moment(typed, datetime.fromisoformat(str(value)), here.zone)
    return value


def _place(typed: str, count: int) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _FIGURES else 0
    if not 1 <= number <= count:
        raise ValueError(f"{shown(typed)} is none of them: write a number from 1 to {count}")
    return number - 1


def _texts(field: Field, held: list[object]) -> list[object]:
    """A list of texts, one a line; an empty line ends it."""
    while True:
        listed([said(each) for each in held])
        typed = asked(f"  one more, {OUT}NUMBER takes one out, an empty line goes on> ")
        if not typed and (held or field.optional):
            return held
        if not typed:
            say("    it is needed: give one at least")
        elif typed.startswith(OUT) and held:
            _take_out(typed, held)
        else:
            held.append(text(typed))


def _rows(field: Field, held: list[object], here: Here) -> list[object]:
    """A list of rows: each is asked field by field."""
    while True:
        listed([said(each) for each in held])
        how = f"+ a row more, NUMBER changes one, {OUT}NUMBER takes one out, an empty line goes on"
        typed = asked(f"  {how}> ") if held or field.optional else "+"
        if not typed:
            return held
        if typed.startswith(OUT):
            _take_out(typed, held)
        elif typed == "+":
            held.append(filled(field.rows, {}, here))
        else:
            _change(field, typed, held, here)


def _take_out(typed: str, held: list[object]) -> None:
    try:
        del held[_place(typed.removeprefix(OUT).strip(), len(held))]
    except ValueError as error:
        say(f"    {error}")


def _change(field: Field, typed: str, held: list[object], here: Here) -> None:
    try:
        place = _place(typed, len(held))
    except ValueError as error:
        say(f"    {error}")
        return
    row = held[place]
    held[place] = filled(field.rows, row if isinstance(row, Mapping) else {}, here)
