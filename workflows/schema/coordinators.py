"""The list of centres that a programme begins with, as `coordinators.yaml` writes it."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, ValidationError

from engine.suggestions import suggestion
from engine.time.zones import zone_exists
from workflows.schema.spelling import Listed, Name, Shape, Some, Text, Texts
from workflows.yaml.located import Located
from workflows.yaml.problems import refusal
from workflows.yaml.spot import Spot

COORDINATORS = "coordinators"
_CODE = re.compile(r"[A-Z]{2}")


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


def wrong_coordinators(document: Located, domains: tuple[str, ...]) -> Iterator[str]:
    """What is wrong in the file; domains are checked where the programme names any."""
    try:
        shape = CoordinatorsShape.model_validate(document.content)
    except ValidationError as error:
        yield from refusal(document, error, CoordinatorsShape).sentences
        return
    seen: dict[str, int] = {}
    for number, centre in enumerate(shape.coordinators):
        spot = Spot(document).at(COORDINATORS, number)
        for word in ("key", "name", "short_name"):
            value = str(getattr(centre, word))
            first = seen.setdefault(f"{word} {value}", number)
            if first != number:
                other = shape.coordinators[first].name
                place = spot.at(word).place
                yield f'{place}: the {word} "{value}" is that of {other} already: choose another'
        yield from _centre(centre, spot, domains)


def _centre(centre: CoordinatorShape, spot: Spot, domains: tuple[str, ...]) -> Iterator[str]:
    if not _CODE.fullmatch(centre.country):  # whether there is such a country is asked at entry
        place = spot.at("country").place
        yield f'{place}: "{centre.country}" is no code of a country: write two capitals, such as AT'
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
