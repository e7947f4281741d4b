"""`pairing person`: the people letters go to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Acting
from cli.shared.days import day_of
from cli.shared.entered import Entered, entered_line, shared_mailboxes
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.trying import do
from cli.shared.values import Assignment, Written, assignment, day, path, text, word
from runtime.queries.directory_lines import PersonLine, person_lines
from runtime.queries.person_calendar import CalendarDays, person_calendar
from runtime.queries.preview import EntryChange
from runtime.use_cases import absence, dead_address, directory
from runtime.use_cases.directory_checks import NewContact
from runtime.use_cases.edits import OF_A_PERSON, new_person, person_with
from runtime.use_cases.first_person import first_person
from runtime.use_cases.import_directory import import_people
from runtime.use_cases.subscription import Subscription, Unsubscribed, subscribe, unsubscribe

app = noun("Import, add, list or change people.")

Key = Annotated[str, typer.Argument(metavar="PERSON", help="The person's key.", parser=word)]
Values = Annotated[
    list[Assignment],
    typer.Option(
        "--set", metavar="NAME=VALUE", help=f"One of {', '.join(OF_A_PERSON)}.", parser=assignment
    ),
]


@dataclass(frozen=True, slots=True)
class PeopleEntered:
    """What became of each person of a table."""

    people: tuple[directory.Entered, ...]


@dataclass(frozen=True, slots=True)
class PersonList:
    """Everybody."""

    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class PersonCalendarDays:
    """What stands in the calendar of a person."""

    days: tuple[CalendarDays, ...]


@app.command("import", cls=Acting)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table.", parser=path)],
) -> PeopleEntered:
    """Take over every person of a table (.xlsx, CSV), or none; known ones are changed."""
    with opened() as runtime:
        found = do(runtime, lambda on: import_people(on, file, who()))
    rows = [(each.key, each.outcome, each.cases) for each in found]
    table = Table(("key", "outcome", "cases that looked again"), rows)
    return answer(PeopleEntered(found), table, *shared_mailboxes(found))


@app.command("add", cls=Acting)
def add(
    key: Key,
    set_: Values,
    centre: Annotated[str | None, typer.Option(help="Where they work.", parser=word)] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(help="A role in the whole programme, such as facilitator.", parser=word),
    ] = None,
) -> Entered:
    """Add a person: --set name=... --set email=..."""
    new = NewContact(new_person(key, dict(set_)), centre or "", tuple(role or ()))
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: directory.add_person(on, new, who())))


@app.command("first", cls=Acting)
def first(
    key: Key,
    set_: Values,
    role: Annotated[
        str | None,
        typer.Option(help="Of the office; absent: the one that stands above it.", parser=word),
    ] = None,
) -> Entered:
    """Enter the first person of the office, who enters everybody else: --set name, email."""
    contact = new_person(key, dict(set_))
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: first_person(on, contact, role or "")))


@app.command("list", cls=Listing)
def list_() -> PersonList:
    """List everybody, with the addresses that are dead, and who is away."""
    with opened() as runtime:
        found = person_lines(runtime)
    rows = [(p.key, p.name, p.email, p.centre, _state(p)) for p in found]
    columns = ("key", "name", "address", "centre", "")
    return answer(PersonList(found), Table(columns, rows, empty="nobody yet"))


def _state(person: PersonLine) -> str:
    """What is out of the ordinary: a dead address, wishes, absences with whoever stands in."""
    away = (
        f"away {each.first_on} to {each.last_on}"
        + (f", {each.substitute} answers" if each.substitute else "")
        for each in person.absences
    )
    slot = f"letters that can wait: {person.slot}" if person.slot else ""
    calm = f"asked for none that can wait until {person.calm_until}" if person.calm_until else ""
    fetched = f"calendar since {person.calendar_since}" if person.calendar_since else ""
    dead = "" if person.reachable else "dead"
    return "; ".join(filter(None, (dead, slot, calm, *away, fetched)))


@app.command("calendar", cls=Listing)
def calendar(
    key: Key,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as calendar programs read it.", parser=path),
    ] = None,
) -> PersonCalendarDays:
    """List the windows and due days ahead of somebody; their meetings come as invitations."""
    with opened() as runtime:
        found = person_calendar(runtime, key)
    if out is not None:
        out.write_bytes(found.ics)
    rows = [(each.first, each.last, each.title, each.case) for each in found.days]
    table = Table(("from", "to", "what", "case"), rows, empty="nothing lies ahead")
    return answer(PersonCalendarDays(found.days), table)


@app.command("subscribe", cls=Acting)
def subscribe_(key: Key) -> Subscription:
    """Make a new address from which their calendar is fetched: it is shown once, for them alone."""
    with opened() as runtime:
        found = do(runtime, lambda on: subscribe(on, key, who()), _new_address)
    return answer(
        found, f"the calendar of {key}, which programs fetch by themselves:", found.address
    )


def _new_address(new: Subscription) -> tuple[EntryChange, ...]:
    return (EntryChange(new.person, "a new address of their calendar"),)


@app.command("unsubscribe", cls=Acting)
def unsubscribe_(key: Key) -> Unsubscribed:
    """Take the address of their calendar away: it opens nothing any more."""
    with opened() as runtime:
        found = do(runtime, lambda on: unsubscribe(on, key, who()), _no_address)
    return answer(found, f"{key}: {_became(found)}")


def _no_address(done: Unsubscribed) -> tuple[EntryChange, ...]:
    return (EntryChange(done.person, _became(done)),)


def _became(done: Unsubscribed) -> str:
    return "their calendar has no address any more" if done.had_one else "their calendar had none"


@app.command("set", cls=Acting)
def set_(key: Key, values: Values) -> Entered:
    """Change a person; a new address is reachable again.

    slot: when letters come that can wait, such as "tuesday 10:00"; calm_until: the last day on
    which only urgent ones do, at most a month ahead. Empty: as for others of the role.
    """
    changes = person_with(dict(values))
    with opened() as runtime:
        return entered_line(
            do(runtime, lambda on: directory.change_person(on, key, changes, who()))
        )


@app.command("dead", cls=Acting)
def dead(
    key: Key,
    reason: Annotated[
        str,
        typer.Option(
            help="Why it is dead; whoever is to find another address reads it.", parser=text
        ),
    ],
) -> Entered:
    """Mark an address as dead: letters go to others of the role."""
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: dead_address.mark_dead(on, key, reason, who())))


@app.command("alive", cls=Acting)
def alive(key: Key) -> Entered:
    """Mark an address as working again."""
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: dead_address.mark_alive(on, key, who())))


@app.command("away", cls=Acting)
def away(
    key: Key,
    first: Annotated[
        Written, typer.Option("--from", metavar="DAY", help="The first day away.", parser=day)
    ],
    last: Annotated[
        Written, typer.Option("--until", metavar="DAY", help="The last day away.", parser=day)
    ],
    substitute: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="Who answers meanwhile, of the same side.", parser=word
        ),
    ] = None,
) -> Entered:
    """Enter when somebody does not answer: letters wait, or go to whoever stands in.

    An absence that was entered for some of the same days gives way. Why is never asked.
    """
    with opened() as runtime:
        days = day_of(runtime, first), day_of(runtime, last)
        new = absence.NewAbsence(key, *days, substitute or "")
        return entered_line(do(runtime, lambda on: absence.away(on, new, who())))


@app.command("back", cls=Acting)
def back(key: Key) -> Entered:
    """End the absence that goes on, as of yesterday, or take out the next one."""
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: absence.back(on, key, who())))
