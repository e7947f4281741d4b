"""The office of a programme: the roles that run it, as a definition declares them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.model.texts import Key, Name


@dataclass(frozen=True, slots=True)
class OfficeRole:
    """What a role of the office may do; the engine knows none of them by name."""

    name: Key
    runs: bool = False  # whose turn it is where nobody else's is
    files: bool = False  # files, signs and steps for a side what it heard from there
    above: Name = ""  # stands above that role: a rung to it is an escalation (P5)


def running_role(office: Mapping[str, OfficeRole], roles: tuple[str, ...]) -> str:
    """The role that runs the programme: declared so, else the first of the office, else of all."""
    named = (role.name for role in office.values() if role.runs)
    return next(named, next(iter(office), roles[0] if roles else ""))


def derived(
    roles: Iterable[str], sides: tuple[str, ...], steps_by: frozenset[str]
) -> Iterator[OfficeRole]:
    """The office of a definition that declares none: roles beside the sides that take steps.

    The first runs the programme, and the others stand above it. Versions that running cases are
    pinned to were written before an office could be declared.
    """
    first = ""
    for role in roles:
        if role not in sides and role in steps_by:
            yield OfficeRole(role, runs=not first, files=True, above=first)
            first = first or role
