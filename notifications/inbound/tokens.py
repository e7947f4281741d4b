"""The address that a reply to one letter goes to: the token in it says which letter it was."""

import re
from collections.abc import Iterable

PLACE = "{token}"  # in the address as the settings give it


def reply_address(pattern: str, token: str) -> str:
    """The address of one letter's replies."""
    return pattern.replace(PLACE, token)


def tokens_in(pattern: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """The tokens of those addresses that are of the pattern; whether we gave them is not asked."""
    if PLACE not in pattern:
        return ()
    before, after = (re.escape(each) for each in pattern.lower().split(PLACE))
    form = re.compile(f"{before}([0-9a-z]{{1,64}}){after}")
    found = (form.fullmatch(each.lower()) for each in addresses)
    return tuple(dict.fromkeys(each[1] for each in found if each))
