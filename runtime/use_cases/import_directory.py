"""Centres and people from tables: all rows, or every problem with its row number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from runtime.use_cases.directory import Entered, enter_centre, enter_person, sharing
from runtime.use_cases.directory_checks import DirectoryError, NewContact
from runtime.use_cases.edits import OF_WISHES, person_with
from runtime.wiring import Runtime
from storage.database.transactions import Session, transaction
from storage.directory import directory
from storage.directory.rows import Centre, Contact
from storage.errors import NotFoundError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a table enters: its columns, how a row is entered, what is told of all of them."""

    needed: tuple[str, ...]
    more: tuple[str, ...]
    enter: Callable[[Families, Row, By], Entered]
    look_back: Callable[[Session, tuple[Entered, ...]], tuple[Entered, ...]]


def import_centres(runtime: Runtime, path: Path, by: By) -> tuple[Entered, ...]:
    """Enter every centre of a table; known ones are changed. ImportProblemsError lists all."""
    return _import(runtime, path, _CENTRES, by)


def import_people(runtime: Runtime, path: Path, by: By) -> tuple[Entered, ...]:
    """Enter every person of a table; known ones are changed. ImportProblemsError lists all."""
    return _import(runtime, path, _PEOPLE, by)


def facts_of(text: str) -> dict[str, object]:
    """Read `name=value; name=value`; each value as a fact is read, an empty value takes away."""
    found: dict[str, object] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or not name.isidentifier():
            raise ValueError(f"{part[:40]!a} does not set a fact: write name=value; name=value")
        found[name] = fact(value) if value else None
    return found


def _import(runtime: Runtime, path: Path, kind: _Kind, by: By) -> tuple[Entered, ...]:
    needed = [Column(name) for name in kind.needed]
    table = read_table(path, [*needed, *(Column(name, required=False) for name in kind.more)])
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
            done += _tried(partial(kind.enter, acting, row, by), row, problems)
        problems.refuse()  # before the commit: all rows or none
        return kind.look_back(session, tuple(done))


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
        language=_text(row, "language"),
        phone=_text(row, "phone"),
        languages=tuple(_text(row, "languages").split()),
        hours=_text(row, "hours"),
    )
    # What they asked for themselves stays where the table has no column for it.
    known = directory.entered_person(acting.session, contact.key)
    if known is not None:
        contact = replace(contact, slot=known.slot, calm_until=known.calm_until)
    said = {name: _text(row, name) for name in OF_WISHES if name in row.columns}
    contact = person_with(said)(contact)
    new = NewContact(contact, _text(row, "centre"), tuple(_text(row, "roles").split()))
    return enter_person(acting, new, by)


def _with_others(session: Session, done: tuple[Entered, ...]) -> tuple[Entered, ...]:
    """Each person with those who read the same mailbox: letters to both go there."""
    others = sharing(session)
    return tuple(replace(each, same_mailbox=others.get(each.key, ())) for each in done)


def _text(row: Row, name: str) -> str:
    return str(row.values.get(name) or "").strip()


_CENTRES = _Kind(
    needed=("key", "name", "short_name", "side", "country", "zone"),
    more=("region", "city", "language", "facts"),
    enter=_centre,
    look_back=lambda _, done: done,
)
_PEOPLE = _Kind(
    needed=("key", "name", "email"),
    more=("centre", "roles", "language", "phone", "languages", "hours", *OF_WISHES),
    enter=_person,
    look_back=_with_others,
)
