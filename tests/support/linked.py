"""A world whose pages have a public address, so that its letters carry links."""

import re
from collections.abc import Iterator

from runtime.settings.web import WebSettings
from tests.support.world import World

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
            yield from _LINK.findall(sent.frozen.decode("ascii", "replace").replace("=\r\n", ""))
