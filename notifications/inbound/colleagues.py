"""Which of their team somebody names in words: by name, by address, or by both."""

import re
from collections.abc import Iterable

from engine.model.people import Person
from notifications.inbound.plain_words import plain

# As it stands alone, behind a name or in brackets, and as programs for mail make links of it.
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\]{},;:\"]+@[^\s<>()\[\]{},;:\"]+)")
_AROUND = " .,;:-*_'\"<>()[]{}«»“”„"


def named_in(words: str, team: Iterable[Person]) -> tuple[Person, ...]:
    """Those of a team whom these words name: none, or more than one, is a doubt.

    An address is of one person whatever stands beside it, unless that names somebody else.
    """
    said, known = plain(words), tuple(team)
    addresses = {each.rstrip(".'") for each in _ADDRESS.findall(said)}
    name = _bare(_ADDRESS.sub(" ", said))
    by_name = tuple(each for each in known if _bare(each.name) == name)
    if not addresses:
        return by_name
    theirs = tuple(each for each in known if {plain(each.email)} == addresses)
    return tuple(each for each in theirs if each in by_name) if by_name else theirs


def called(team: Iterable[Person]) -> tuple[str, ...]:
    """The words that name each of a team alone: with the address, where two bear one name."""
    known = tuple(team)
    return tuple(
        each.name if named_in(each.name, known) == (each,) else f"{each.name} <{each.email}>"
        for each in known
    )


def _bare(words: str) -> str:
    return plain(words).strip(_AROUND)
