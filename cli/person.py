"""`pairing person`: the people letters go to."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.entered import entered_line, entered_table
from cli.shared.opening import opened, who
from cli.shared.output import Table, answer
from cli.shared.tree import noun
from cli.shared.values import Assignment, assignment, path, text, word
from engine.literals import shown
from engine.suggestions import suggestion
from runtime.use_cases import directory
from runtime.use_cases.directory_checks import NewContact
from runtime.use_cases.import_directory import import_people
from storage.directory.rows import Contact

app = noun("Import, add, list or change people.")

_OWN = ("name", "email", "language", "phone", "languages", "hours")
Key = Annotated[str, typer.Argument(metavar="PERSON", help="The person's key.", parser=word)]
Values = Annotated[
    list[Assignment],
    typer.Option(
        "--set", metavar="NAME=VALUE", help=f"One of {', '.join(_OWN)}.", parser=assignment
    ),
]


@app.command("import", cls=Command)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table.", parser=path)],
) -> None:
    """Take over every person of a CSV file, or none; known ones are changed."""
    with opened() as runtime:
        entered_table("people", import_people(runtime, file, who()))


@app.command("add", cls=Command)
def add(
    key: Key,
    set_: Values,
    centre: Annotated[str | None, typer.Option(help="Where they work.", parser=word)] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(help="A role in the whole programme, such as facilitator.", parser=word),
    ] = None,
) -> None:
    """Add a person: --set name=... --set email=..."""
    given = _own(set_)
    for needed in ("name", "email"):
        if not given.get(needed):
            raise typer.BadParameter(f"{needed} is missing: add --set {needed}=...")
    contact = _changed(Contact(key=key, name="", email=""), given)
    new = NewContact(contact, centre or "", tuple(role or ()))
    with opened() as runtime:
        entered_line(directory.add_person(runtime, new))


@app.command("list", cls=Command)
def list_() -> None:
    """List everybody, with the addresses that are dead."""
    with opened() as runtime:
        found = directory.people(runtime)
        keys = {centre.id: centre.key for centre in directory.centres(runtime)}
    rows = [
        (p.key, p.name, p.email, keys.get(p.centre_id or 0, ""), "" if p.reachable else "dead")
        for p in found
    ]
    answer(
        {"people": [_body(each, keys) for each in found]},
        Table(("key", "name", "address", "centre", ""), rows, empty="nobody yet"),
    )


@app.command("set", cls=Command)
def set_(key: Key, values: Values) -> None:
    """Change a person; a new address is reachable again."""
    given = _own(values)
    with opened() as runtime:
        changed = directory.change_person(runtime, key, lambda known: _changed(known, given), who())
        entered_line(changed)


@app.command("dead", cls=Command)
def dead(
    key: Key,
    reason: Annotated[str, typer.Option(help="Why it is dead; kept.", parser=text)],
) -> None:
    """Mark an address as dead: letters go to others of the role."""
    with opened() as runtime:
        entered_line(directory.mark_dead(runtime, key, reason, who()))


@app.command("alive", cls=Command)
def alive(key: Key) -> None:
    """Mark an address as working again."""
    with opened() as runtime:
        entered_line(directory.mark_alive(runtime, key, who()))


def _own(values: list[Assignment]) -> dict[str, str]:
    for name, _ in values:
        if name not in _OWN:
            near = suggestion(name, list(_OWN))
            raise typer.BadParameter(f"{shown(name)} is no field of a person: {near}")
    return dict(values)


def _changed(known: Contact, given: dict[str, str]) -> Contact:
    languages = (
        tuple(given["languages"].replace(",", " ").split()) if "languages" in given else None
    )
    return replace(
        known,
        name=given.get("name", known.name),
        email=given.get("email", known.email),
        language=given.get("language", known.language),
        phone=given.get("phone", known.phone),
        hours=given.get("hours", known.hours),
        languages=known.languages if languages is None else languages,
    )


def _body(contact: Contact, centres: dict[int, str]) -> dict[str, object]:
    return {
        "key": contact.key,
        "name": contact.name,
        "email": contact.email,
        "centre": centres.get(contact.centre_id or 0),
        "language": contact.language,
        "languages": list(contact.languages),
        "phone": contact.phone,
        "hours": contact.hours,
        "reachable": contact.reachable,
        "dead_since": contact.dead_since,
        "dead_reason": contact.dead_reason,
    }
