"""What people say of a centre or a person, as a new entry or as changes of a known one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from engine.literals import day
from engine.suggestions import suggestion
from engine.time.slots import Slot, read_slot
from runtime.use_cases.directory_checks import DirectoryError
from storage.directory.rows import Centre, Contact

OF_WISHES = ("slot", "calm_until")
OF_A_CENTRE = ("name", "short_name", "side", "country", "region", "zone", "city", "language")
OF_A_PERSON = ("name", "email", "language", "phone", "languages", "hours", *OF_WISHES)
_NEEDED_OF_A_CENTRE = ("name", "side", "country", "zone")
_NEEDED_OF_A_PERSON = ("name", "email")


def new_centre(key: str, own: Mapping[str, str], facts: Mapping[str, object]) -> Centre:
    """A centre out of its own fields and its facts."""
    _refuse_gaps(own, _NEEDED_OF_A_CENTRE)
    given = {"short_name": key, "language": "en", **{n: value for n, value in own.items() if value}}
    return replace(Centre(key, "", "", "", "", "", facts=facts), **given)  # type: ignore[arg-type]  # by name


def centre_with(own: Mapping[str, str], facts: Mapping[str, object]) -> Callable[[Centre], Centre]:
    """A centre with these fields and facts instead; an empty fact is taken away.

    A mistyped field would silently become a fact: DirectoryError names the one that was meant.
    """
    for name in facts:
        meant = suggestion(name, list(OF_A_CENTRE))
        if meant.startswith("did you mean"):
            raise DirectoryError(f"{name} is no field of a centre: {meant}")

    def changed(centre: Centre) -> Centre:
        every = {**centre.facts, **facts}
        kept = {name: value for name, value in every.items() if not _is_nothing(value)}
        return replace(centre, **own, facts=kept)  # type: ignore[arg-type]  # fields by name

    return changed


def new_person(key: str, own: Mapping[str, str]) -> Contact:
    """A person out of their fields."""
    _refuse_gaps(own, _NEEDED_OF_A_PERSON)
    return person_with(own)(Contact(key=key, name="", email=""))


def person_with(own: Mapping[str, str]) -> Callable[[Contact], Contact]:
    """A person with these fields instead."""
    for name in own:
        if name not in OF_A_PERSON:
            near = suggestion(name, list(OF_A_PERSON))
            raise DirectoryError(f"{name} is no field of a person: {near}")
    values: dict[str, object] = dict(own)
    if "languages" in own:
        values["languages"] = tuple(own["languages"].replace(",", " ").split())
    values |= {name: _wish(name, own[name]) for name in OF_WISHES if name in own}
    return lambda known: replace(known, **values)  # type: ignore[arg-type]  # fields by name


def _wish(name: str, text: str) -> Slot | date | None:
    """When somebody asked for letters that can wait, or until when for none; empty: for neither."""
    if not text:
        return None
    try:
        return read_slot(text) if name == "slot" else day(text)
    except ValueError as error:
        raise DirectoryError(f"{name}: {error}") from error


def _refuse_gaps(own: Mapping[str, str], needed: tuple[str, ...]) -> None:
    for name in needed:
        if not own.get(name):
            raise DirectoryError(f"{name} is missing: add --set {name}=...")


def _is_nothing(value: object) -> bool:
    return value is None or value == ""
