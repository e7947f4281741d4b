"""A world whose pages have a public address, so that its letters carry links."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from runtime.settings.web import WebSettings
from runtime.use_cases.centre_code import renew_code
from tests.support.world import LEAD, World

ADDRESS = "https://pairing.example.org"
_LINK = re.compile(rf"{re.escape(ADDRESS)}/a/([0-9A-Za-z]{{43}})")


def linked(world: World, days: int = 60) -> World:
    """The same world, from now on with links that work for so many days."""
    web = WebSettings(public_address=ADDRESS, link_days=days)
    world.settings = world.settings.model_copy(update={"web": web})
    world.reopen()
    return world


def tokens(world: World, person: str) -> Iterator[str]:
    """The tokens in the letters to an address that begins so, the oldest first."""
    for sent in world.mailbox.letters:
        if sent.recipient.startswith(person):
            body = message_from_bytes(sent.frozen, policy=policy.default).get_body(("plain",))
            yield from _LINK.findall(str(body.get_content()) if body is not None else "")


def code_of(world: World, centre: str) -> str:
    """A new code by which the people of a centre sign."""
    return renew_code(world.runtime, centre, LEAD).code
