"""What is wrong with the people and the centres of a story, and with the lists it brings along."""

from collections.abc import Iterator, Mapping

from engine.checks.among import among
from engine.checks.hierarchy import Lineage
from engine.model.definition import Workflow
from engine.model.word_lists import list_of
from engine.suggestions import suggestion
from engine.time.countries import is_country
from engine.time.zones import zone_exists
from simulation.story import Cast
from simulation.story_values import facts_of_centres, is_number, unread
from workflows.yaml.spot import Spot


def wrong_cast(cast: Cast, root: Workflow, lines: Lineage, spot: Spot) -> Iterator[str]:
    known = {
        "invented": ("side", cast.invented_side, root.sides),
        "matched": ("side", cast.matched_side, root.sides),
        "domain": ("fact", cast.domain, root.facts),
    }
    for key, (what, name, names) in known.items():
        if name not in names:
            place = spot.at(key).place
            yield f'{place}: no {what} "{name}": {suggestion(name, sorted(names))}'
    if cast.invented_side == cast.matched_side:
        yield f"{spot.at('matched').place}: both sides are the same: name the other one"
    yield from _played(cast.office, "role", root.office, root.roles, spot.at("office"))
    yield from _played(cast.teams, "side", root.sides, root.sides, spot.at("teams"))
    yield from unread("a centre", cast.facts, facts_of_centres(lines), spot.at("facts"))
    yield from _places(cast, spot)
    yield from _lists(cast, lines, spot.at("words"))


def _played(
    people: Mapping[str, object], what: str, needed: object, known: object, spot: Spot
) -> Iterator[str]:
    """Whoever is needed is somebody, and nobody else is named."""
    names = sorted(map(str, known if isinstance(known, tuple) else ()))
    for name in people:
        if name not in names:
            yield f'{spot.at(name).named}: no {what} "{name}": {suggestion(name, names)}'
    for name in needed if isinstance(needed, tuple | Mapping) else ():
        if name not in people:
            yield f"{spot.named}: nobody plays {name}: name somebody"


def _places(cast: Cast, spot: Spot) -> Iterator[str]:
    if not is_country(cast.country):
        remedy = "write its code such as AT, or XX for none"
        yield f'{spot.at("country").place}: no country "{cast.country}": {remedy}'
    seen: set[str] = set()
    for number, centre in enumerate(cast.centres):
        here = spot.at("centres", number)
        if not zone_exists(centre.zone):
            remedy = "use an IANA name like Europe/Paris"
            yield f'{here.at("zone").place}: no time zone "{centre.zone}": {remedy}'
        if centre.short_name in seen:
            place = here.at("short_name").place
            yield f'{place}: another centre is "{centre.short_name}" already: choose another name'
        seen.add(centre.short_name)


def _lists(cast: Cast, lines: Lineage, spot: Spot) -> Iterator[str]:
    """Words of lists that the office imports, numbers where a field takes them for numbers."""
    workflows = lines.workflows.values()
    imported = sorted(n for each in workflows for n, found in each.lists.items() if found.imported)
    fields = [f for each in workflows for r in each.records.values() for f in among(r.fields)]
    scales = {list_of(field.among) for field in fields if field.kind == "number"}
    for name, words in cast.words.items():
        if name not in imported:
            here = spot.at(name).named
            yield f'{here}: no list that is imported "{name}": {suggestion(name, imported)}'
        for number, word in enumerate(words if name in scales else ()):
            if not is_number(word):
                place = spot.at(name, number).place
                yield f'{place}: "{word}" is no number, and fields want one of {name}: write one'
