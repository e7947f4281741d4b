"""Centres and people from tables: all rows, or every problem with its row number."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.decide.acts import Verb
from engine.literals import fact
from engine.model.outcomes import By
from imports.table import Column, Problems, Row, read_table
from notifications.addresses import AddressError
from runtime.families import Families
from runtime.permission import NotEntitledError, leave_of_office
from runtime.use_cases.directory import Entered, enter_centre, enter_person
from runtime.use_cases.directory_checks import DirectoryError, NewContact
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory.rows import Centre, Contact
from storage.errors import NotFoundError

_CENTRE = ("key", "name", "short_name", "side", "country", "zone")
_CENTRE_MORE = ("region", "city", "language", "facts")
_PERSON = ("key", "name", "email")
_PERSON_MORE = ("centre", "roles", "language", "phone", "languages", "hours")

T = TypeVar("T")


def import_centres(runtime: Runtime, path: Path, by: By) -> tuple[Entered, ...]:
    """Enter every centre of a CSV file; known ones are changed. ImportProblemsError lists all."""
    return _import(runtime, path, (_CENTRE, _CENTRE_MORE), _centre, by)


def import_people(runtime: Runtime, path: Path, by: By) -> tuple[Entered, ...]:
    """Enter every person of a CSV file; known ones are changed. ImportProblemsError lists all."""
    return _import(runtime, path, (_PERSON, _PERSON_MORE), _person, by)


def facts_of(text: str) -> dict[str, object]:
    """Read `name=value; name=value`; each value as a fact is read, an empty value takes away."""
    found: dict[str, object] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or not name.isidentifier():
            raise ValueError(f"{part[:40]!a} does not set a fact: write name=value; name=value")
        found[name] = fact(value) if value else None
    return found


def _import(
    runtime: Runtime,
    path: Path,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    enter: Callable[[Families, Row, By], Entered],
    by: By,
) -> tuple[Entered, ...]:
    needed, more = names
    table = read_table(
        path,
        [*(Column(name) for name in needed), *(Column(name, required=False) for name in more)],
    )
    problems = Problems(table.file)
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        acting = Families(session, runtime, runtime.clock())
        seen: dict[object, int] = {}
        done: list[Entered] = []
        for row in table.rows:
            first = seen.setdefault(row.values["key"], row.number)
            if first != row.number:
                problems.add(f"this key stands in row {first} too", row=row.number, column="key")
                continue
            done += _tried(partial(enter, acting, row, by), row, problems)
        problems.refuse()  # before the commit: all rows or none
    return tuple(done)


def _tried(attempt: Callable[[], T], row: Row, problems: Problems) -> Iterator[T]:
    try:
        yield attempt()
    except NotEntitledError as error:
        raise NotEntitledError(f"{problems.place(row.number)}: {error}") from error
    except (DirectoryError, AddressError, NotFoundError, ValueError) as error:
        problems.add(str(error), row=row.number)


def _centre(acting: Families, row: Row, by: By) -> Entered:
    centre = Centre(
        key=_text(row, "key"),
        name=_text(row, "name"),
        short_name=_text(row, "short_name"),
        side=_text(row, "side"),
        country=_text(row, "country"),
        zone=_text(row, "zone"),
        region=_text(row, "region"),
        city=_text(row, "city"),
        language=_text(row, "language") or "en",
        facts={name: v for name, v in facts_of(_text(row, "facts")).items() if v is not None},
    )
    return enter_centre(acting, centre, by)


def _person(acting: Families, row: Row, by: By) -> Entered:
    contact = Contact(
        key=_text(row, "key"),
        name=_text(row, "name"),
        email=_text(row, "email"),
        language=_text(row, "language") or "en",
        phone=_text(row, "phone"),
        languages=tuple(_text(row, "languages").split()),
        hours=_text(row, "hours"),
    )
    new = NewContact(contact, _text(row, "centre"), tuple(_text(row, "roles").split()))
    return enter_person(acting, new, by)


def _text(row: Row, name: str) -> str:
    return str(row.values.get(name) or "").strip()
