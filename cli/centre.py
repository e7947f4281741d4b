"""`pairing centre`: the centres of the programme."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.content import facts
from cli.shared.entered import entered_line, entered_table
from cli.shared.opening import opened, who
from cli.shared.output import Table, answer
from cli.shared.tree import noun
from cli.shared.values import Assignment, assignment, path, word
from engine.suggestions import suggestion
from runtime.use_cases import directory
from runtime.use_cases.directory_checks import DirectoryError
from runtime.use_cases.import_directory import import_centres
from storage.directory.rows import Centre

app = noun("Import, add, list, show or change centres.")

_OWN = ("name", "short_name", "side", "country", "region", "zone", "city", "language")
_NEEDED = ("name", "side", "country", "zone")
Key = Annotated[str, typer.Argument(metavar="CENTRE", help="Its key, such as VIE.", parser=word)]
Values = Annotated[
    list[Assignment],
    typer.Option("--set", metavar="NAME=VALUE", help="May be repeated.", parser=assignment),
]


@app.command("import", cls=Command)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table.", parser=path)],
) -> None:
    """Take over every centre of a CSV file, or none; known ones are changed."""
    with opened() as runtime:
        entered_table("centres", import_centres(runtime, file, who()))


@app.command("add", cls=Command)
def add(key: Key, set_: Values) -> None:
    """Add a centre: --set name=..., side, country, zone; any other name is a fact of it."""
    given = dict(set_)
    for needed in _NEEDED:
        if not given.get(needed):
            raise typer.BadParameter(f"{needed} is missing: add --set {needed}=...")
    own = {name: given.get(name, "") for name in _OWN}
    own["short_name"] = own["short_name"] or key
    own["language"] = own["language"] or "en"
    more = facts([pair for pair in set_ if pair[0] not in _OWN])
    with opened() as runtime:
        centre = Centre(key, "", "", "", "", "", facts=more)
        entered_line(directory.add_centre(runtime, _with(centre, own)))


@app.command("list", cls=Command)
def list_() -> None:
    """List every centre."""
    with opened() as runtime:
        found = directory.centres(runtime)
    rows = [(c.key, c.name, c.side, c.city, c.country, c.zone) for c in found]
    answer(
        {"centres": [_body(each) for each in found]},
        Table(("key", "name", "side", "city", "country", "zone"), rows, empty="no centre yet"),
    )


@app.command("show", cls=Command)
def show(key: Key) -> None:
    """Show all that is known of a centre."""
    with opened() as runtime:
        found = _body(directory.centre(runtime, key))
    rows = [(name, value) for name, value in found.items() if name != "facts"]
    known = found["facts"]
    more = list(known.items()) if isinstance(known, dict) else []
    answer({"centre": found}, Table(("what", "value"), rows + more))


@app.command("set", cls=Command)
def set_(key: Key, values: Values) -> None:
    """Change a centre; any name that is not one of its own is a fact, an empty value removes it."""
    own = {name: value for name, value in values if name in _OWN}
    more = {
        name: value if value != "" else None
        for name, value in facts([pair for pair in values if pair[0] not in _OWN]).items()
    }
    _refuse_near_misses(list(more))

    def changed(centre: Centre) -> Centre:
        every = {**centre.facts, **more}
        kept = {name: value for name, value in every.items() if value is not None}
        return replace(_with(centre, own), facts=kept)

    with opened() as runtime:
        entered_line(directory.change_centre(runtime, key, changed, who()))


def _with(centre: Centre, own: Mapping[str, str]) -> Centre:
    return replace(
        centre,
        name=own.get("name", centre.name),
        short_name=own.get("short_name", centre.short_name),
        side=own.get("side", centre.side),
        country=own.get("country", centre.country),
        region=own.get("region", centre.region),
        zone=own.get("zone", centre.zone),
        city=own.get("city", centre.city),
        language=own.get("language", centre.language),
    )


def _refuse_near_misses(names: list[str]) -> None:
    """A mistyped name would silently become a fact."""
    for name in names:
        meant = suggestion(name, list(_OWN))
        if meant.startswith("did you mean"):
            raise DirectoryError(f"{name} is no field of a centre: {meant}")


def _body(centre: Centre) -> dict[str, object]:
    return {
        "key": centre.key,
        **{name: getattr(centre, name) for name in _OWN},
        "closures": [[first.isoformat(), last.isoformat()] for first, last in centre.closures],
        "facts": dict(centre.facts),
    }
