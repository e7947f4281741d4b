"""`pairing centre`: the centres of the programme."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Acting, Command
from cli.shared.content import facts
from cli.shared.entered import Entered, entered_line, oddities
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.trying import do
from cli.shared.values import Assignment, assignment, path, word
from engine.time.day_words import day_in_words
from runtime.queries.directory_lines import CentreLine, centre_line, centre_lines
from runtime.queries.preview import EntryChange
from runtime.use_cases import directory
from runtime.use_cases.centre_code import NewCode, renew_code
from runtime.use_cases.edits import OF_A_CENTRE, centre_with, new_centre
from runtime.use_cases.import_directory import import_centres

app = noun("Import, add, list, show or change centres.")

Key = Annotated[str, typer.Argument(metavar="CENTRE", help="Its key, such as VIE.", parser=word)]
Values = Annotated[
    list[Assignment],
    typer.Option("--set", metavar="NAME=VALUE", help="May be repeated.", parser=assignment),
]


@dataclass(frozen=True, slots=True)
class CentresEntered:
    """What became of each centre of a table."""

    centres: tuple[directory.Entered, ...]


@dataclass(frozen=True, slots=True)
class CentreList:
    """Every centre."""

    centres: tuple[CentreLine, ...]


@dataclass(frozen=True, slots=True)
class CentreShow:
    """One centre."""

    centre: CentreLine


@dataclass(frozen=True, slots=True)
class CentreNewCode:
    """The code by which a centre signs from now on."""

    new: NewCode


@app.command("import", cls=Acting)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table.", parser=path)],
) -> CentresEntered:
    """Take over every centre of a table (.xlsx, CSV), or none; known ones are changed."""
    with opened() as runtime:
        found = do(runtime, lambda on: import_centres(on, file, who()))
    rows = [(each.key, each.outcome, each.cases) for each in found]
    table = Table(("key", "outcome", "cases that looked again"), rows)
    return answer(CentresEntered(found), table, *oddities(found))


@app.command("add", cls=Acting)
def add(key: Key, set_: Values) -> Entered:
    """Add a centre: --set name=..., side, country, zone; any other name is a fact of it."""
    own, more = _told_apart(set_)
    centre = new_centre(key, own, facts(more))
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: directory.add_centre(on, centre, who())))


@app.command("list", cls=Listing)
def list_() -> CentreList:
    """List every centre."""
    with opened() as runtime:
        found = centre_lines(runtime)
    rows = [(c.key, c.name, c.side, c.city, c.country, c.zone) for c in found]
    columns = ("key", "name", "side", "city", "country", "zone")
    return answer(CentreList(found), Table(columns, rows, empty="no centre yet"))


@app.command("show", cls=Command)
def show(key: Key) -> CentreShow:
    """Show all that is known of a centre."""
    with opened() as runtime:
        found = centre_line(runtime, key)
    own = [(name, getattr(found, name)) for name in ("key", *OF_A_CENTRE)]
    closed = [("closures", [f"{first} to {last}" for first, last in found.closures])]
    rows = [*own, *closed, *found.facts.items()]
    return answer(CentreShow(found), Table(("what", "value"), rows))


@app.command("set", cls=Acting)
def set_(key: Key, values: Values) -> Entered:
    """Change a centre; any name that is not one of its own is a fact, an empty value removes it."""
    own, more = _told_apart(values)
    changes = centre_with(own, facts(more))
    with opened() as runtime:
        return entered_line(
            do(runtime, lambda on: directory.change_centre(on, key, changes, who()))
        )


@app.command("code", cls=Acting)
def code(key: Key) -> CentreNewCode:
    """Make a new code by which a centre signs on a page: tell it on the phone, it is shown once."""
    with opened() as runtime:
        found = do(runtime, lambda on: renew_code(on, key, who()), _entry)
    said = f"{found.centre} signs by the code {found.code}: tell it on the phone, not by mail"
    return answer(CentreNewCode(found), said, *_ended(found))


def _entry(new: NewCode) -> tuple[EntryChange, ...]:
    return (EntryChange(new.centre, "; ".join(("a new code", *_ended(new)))),)


def _ended(new: NewCode) -> tuple[str, ...]:
    """Whom somebody told the former code has to hear the new one."""
    if new.former_on is None:
        return ()
    day = day_in_words(new.former_on)
    return (f"the code of {day} opens nothing any more: tell the new one to whoever was told it",)


def _told_apart(values: list[Assignment]) -> tuple[dict[str, str], list[Assignment]]:
    """The fields every centre has, and the facts of this one."""
    own = {each.name: each.value for each in values if each.name in OF_A_CENTRE}
    return own, [each for each in values if each.name not in OF_A_CENTRE]
