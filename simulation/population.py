"""Invented centres and people for a rehearsal, beside the coordinators that the programme names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.model.outcomes import By
from engine.model.word_lists import LISTS
from engine.time.zones import local_day
from runtime.families import Families
from runtime.use_cases.start_case import NewPair
from runtime.wiring import Runtime
from simulation.people import Life
from simulation.pool import Bench, Seat
from simulation.story import Cast, InventedCentre, Story
from simulation.story_file import FILE, NAME, story_in
from simulation.words import StoryError
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.office import keep_office_facts
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact
from workflows.programme import Programme

_COORDINATORS = "coordinators"
_OWN = frozenset({"key", "name", "short_name", "country", "city", "zone", "region"})
_LONGEST = 14  # characters of a short name, as subjects of letters take them
_OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Member:
    """A person to be entered, the centre they belong to, and what they do there."""

    contact: Contact
    centre: str = ""
    role: str = ""  # in the whole programme


@dataclass(frozen=True, slots=True)
class Troupe:
    """Everybody a rehearsal needs."""

    centres: tuple[Centre, ...]
    members: tuple[Member, ...]
    homes: tuple[Seat, ...]  # of the invented centres, one for each pair
    bench: Bench
    office: Mapping[str, tuple[str, ...]]  # people who share the pairs among them, by role
    alone: Mapping[str, tuple[str, ...]]  # who acts for a role in the whole programme
    keeper: By  # who of the office starts the pairs
    words: Mapping[str, list[str]]  # the lists of words that the office has imported


def story_of(programme: Programme) -> Story:
    """The story that comes with a programme; StoryError when it has none."""
    if FILE not in programme.texts:
        raise StoryError(f"programme {programme.name} has no {FILE}: nobody knows what people do")
    return story_in(programme.reference[NAME], programme.texts[FILE], FILE)


def invent(programme: Programme, story: Story, pairs: int) -> Troupe:
    """Centres and people for so many pairs; a further pair changes nothing of the others."""
    cast = story.cast
    homes = tuple(_home(cast, number) for number in range(pairs))
    matched = tuple(_matched(programme, cast, number) for number in range(_seats(programme, pairs)))
    members = [*_team(cast, homes, cast.invented_side), *_team(cast, matched, cast.matched_side)]
    office = {role: _staff(cast, role, names, pairs) for role, names in cast.office.items()}
    keepers = (
        By(staff[0].contact.key, role)
        for role, staff in office.items()
        if staff[0].role in programme.workflows[story.workflow].office
    )
    return Troupe(
        keeper=next(keepers, By()),
        words={name: list(words) for name, words in cast.words.items()},
        centres=(*homes, *matched),
        members=(*members, *(member for staff in office.values() for member in staff)),
        homes=tuple(_seat(centre, cast) for centre in homes),
        bench=Bench(tuple(_seat(centre, cast) for centre in matched)),
        office={
            role: tuple(member.contact.key for member in staff)
            for role, staff in office.items()
            if len(cast.office[role]) > 1
        },
        alone={
            role: (staff[0].contact.key,)
            for role, staff in office.items()
            if len(cast.office[role]) == 1
        },
    )


def enter(runtime: Runtime, troupe: Troupe) -> None:
    """Enter centres and people into the directory, in one transaction."""
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        numbers = {centre.key: directory.add_centre(session, centre) for centre in troupe.centres}
        keep_office_facts(session, {LISTS: troupe.words})
        for member in troupe.members:
            _enter(acting, member, numbers.get(member.centre))


def new_pair(story: Story, troupe: Troupe, life: Life) -> NewPair:
    """The pair of a life, before it is matched; its people are noted in the life."""
    cast, home = story.cast, troupe.homes[life.number - 1]
    office = {
        role: (keys[(life.number - 1) // cast.pairs_each % len(keys)],)
        for role, keys in troupe.office.items()
    }
    life.people.update({**troupe.alone, **office, cast.invented_side: home.people})
    return NewPair(
        reference=life.reference,
        parties={cast.invented_side: (home.key,)},
        people={**office, cast.invented_side: home.people},
        facts={cast.domain: troupe.bench.domain(life.number), **life.facts},
        workflow=story.workflow,
    )


def _enter(acting: Families, member: Member, centre_id: int | None) -> None:
    contact = member.contact
    number = directory.add_person(
        acting.session,
        Contact(contact.key, contact.name, contact.email, phone=contact.phone, centre_id=centre_id),
    )
    if member.role:
        today = local_day(acting.now, acting.runtime.settings.programme.zone)
        roles.give(acting.session, Role(member.role, number, today))


def _home(cast: Cast, number: int) -> Centre:
    """The centres of the file, then the same names with a number behind them."""
    turn, place = divmod(number, len(cast.centres))
    known = cast.centres[place]
    invented = known if not turn else _further(known, turn + 1)
    return Centre(
        key=slug(invented.short_name),
        name=invented.name,
        short_name=invented.short_name,
        side=cast.invented_side,
        country=cast.country,
        zone=invented.zone,
        city=invented.city,
        facts=cast.facts,
    )


def _further(known: InventedCentre, count: int) -> InventedCentre:
    further = {"name": f"{known.name} {count}", "short_name": _short(known.short_name, count)}
    return known.model_copy(update=further)


def _short(name: str, count: int) -> str:
    return f"{name[: _LONGEST - 1 - len(str(count))]} {count}"


def _seats(programme: Programme, pairs: int) -> int:
    """Whole rounds of the coordinators, so that every domain has its seats."""
    listed = len(_listed(programme))
    return max(1, -(-pairs // listed)) * listed


def _matched(programme: Programme, cast: Cast, number: int) -> Centre:
    listed = _listed(programme)
    turn, place = divmod(number, len(listed))
    row = listed[place]
    key, name, short = str(row["key"]), str(row["name"]), str(row["short_name"])
    if turn:
        key, name, short = f"{key}_{turn + 1}", f"{name} {turn + 1}", _short(short, turn + 1)
    return Centre(
        key=key,
        name=name,
        short_name=short,
        side=cast.matched_side,
        country=str(row.get("country") or ""),
        region=str(row.get("region") or ""),
        zone=str(row["zone"]),
        city=str(row.get("city") or ""),
        facts={name: value for name, value in row.items() if name not in _OWN},
    )


def _listed(programme: Programme) -> tuple[Mapping[str, object], ...]:
    reference = programme.reference.get(_COORDINATORS)
    rows = reference.get(_COORDINATORS) if isinstance(reference, Mapping) else None
    found = (
        tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, tuple) else ()
    )
    if not found:
        raise StoryError(
            f"programme {programme.name} lists no coordinators in {_COORDINATORS}.yaml"
        )
    return found


def _seat(centre: Centre, cast: Cast) -> Seat:
    count = len(cast.teams[centre.side])
    keys = tuple(_key(centre.key, place) for place in range(count))
    return Seat(centre.key, str(centre.facts.get(cast.domain, "")), keys)


def _team(cast: Cast, centres: tuple[Centre, ...], side: str) -> Iterator[Member]:
    for number, centre in enumerate(centres, start=1):
        for place, function in enumerate(cast.teams[side]):
            name = f"{function} {centre.short_name}"
            phone = f"+00 {len(side)} {number:03d} {place:04d}"
            yield Member(_contact(_key(centre.key, place), name, phone), centre.key)


def _staff(cast: Cast, role: str, names: tuple[str, ...], pairs: int) -> tuple[Member, ...]:
    """People of the office: one for the whole programme, or several who share the pairs."""
    if len(names) == 1:
        return (Member(_contact(slug(names[0]), names[0], "+00 1 555 0100"), role=role),)
    needed = max(1, -(-pairs // cast.pairs_each))
    titles = [*names, *(f"{names[0]} {count}" for count in range(len(names) + 1, needed + 1))]
    return tuple(
        Member(_contact(slug(title), title, f"+00 1 555 {number:04d}"))
        for number, title in enumerate(titles[:needed], start=1)
    )


def _contact(key: str, name: str, phone: str) -> Contact:
    return Contact(key, name, f"{key.replace('_', '.')}@example.org", phone=phone)


def _key(centre: str, place: int) -> str:
    return f"{centre}_{place + 1}"


def slug(text: str) -> str:
    """A name as a key: plain letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
