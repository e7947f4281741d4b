"""The list of centres that a programme begins with, as `coordinators.yaml` writes it."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, ValidationError

from engine.suggestions import suggestion
from engine.time.countries import country_code, is_country
from engine.time.zones import zone_exists
from workflows.programme import Programme
from workflows.schema.spelling import Listed, Name, Shape, Some, Text, Texts
from workflows.yaml.located import Located
from workflows.yaml.problems import refusal
from workflows.yaml.spot import Spot

COORDINATORS = "coordinators"


class CoordinatorShape(Shape):
    """One centre, or several that share a place."""

    key: Name
    name: Text
    short_name: Annotated[Text, Field(max_length=14)]  # stands in subjects of letters
    institutions: Some[Texts]
    lead_signatory: Text | None = None  # of several institutions: who signs for all
    country: Text
    city: Text
    zone: Text
    domain: Text


class CoordinatorsShape(Shape):
    source: Text
    coordinators: Some[Listed[CoordinatorShape]]


def domains_said(programme: Programme) -> dict[str, str]:
    """The domains that centres say, each with the name of a centre that says it."""
    content = programme.reference.get(COORDINATORS)
    listed = content.get(COORDINATORS) if isinstance(content, Mapping) else ()
    centres = [each for each in listed or () if isinstance(each, Mapping)]
    return {str(each.get("domain")): str(each.get("name")) for each in reversed(centres)}


def wrong_coordinators(document: Located, domains: tuple[str, ...]) -> Iterator[str]:
    """What is wrong in the file; domains are checked where the programme names any."""
    try:
        shape = CoordinatorsShape.model_validate(document.content)
    except ValidationError as error:
        yield from refusal(document, error, CoordinatorsShape).sentences
        return
    owners: dict[str, int] = {}
    for number, centre in enumerate(shape.coordinators):
        spot = Spot(document).at(COORDINATORS, number)
        for what, name, here in _its_own(centre, spot):
            first = owners.setdefault(f"{what} {name}", number)
            if first != number:
                other = shape.coordinators[first].name
                taken = f'the {what} "{name}" is that of {other} already'
                yield f"{here.place}: {taken}: choose another"
        yield from _centre(centre, spot, domains)


def _its_own(centre: CoordinatorShape, spot: Spot) -> Iterator[tuple[str, str, Spot]]:
    """What only one centre may be called, and where it is written."""
    for word in ("key", "name", "short_name"):
        yield word, str(getattr(centre, word)), spot.at(word)
    for number, name in enumerate(centre.institutions):
        yield "institution", name, spot.at("institutions", number)


def _code_of(country: str) -> str:
    """The remedy for a country that is written in another way, or for none at all."""
    try:
        return f"write {country_code(country)}"
    except ValueError as error:
        return str(error).partition(": ")[2]


def _centre(centre: CoordinatorShape, spot: Spot, domains: tuple[str, ...]) -> Iterator[str]:
    if not is_country(centre.country):
        place = spot.at("country").place
        yield f'{place}: "{centre.country}" is no code of a country: {_code_of(centre.country)}'
    if not zone_exists(centre.zone):
        place = spot.at("zone").place
        yield f'{place}: no time zone "{centre.zone}": use an IANA name like Europe/Paris'
    if domains and centre.domain not in domains:
        known = suggestion(centre.domain, list(domains))
        yield f'{spot.at("domain").place}: no domain "{centre.domain}": {known}'
    signs = centre.lead_signatory
    if signs is not None and signs not in centre.institutions:
        known = suggestion(signs, list(centre.institutions))
        yield f'{spot.at("lead_signatory").place}: no institution "{signs}": {known}'
    if signs is None and len(centre.institutions) > 1:
        place = spot.at("institutions").place
        yield f"{place}: {centre.name} has several institutions: name its lead_signatory"
