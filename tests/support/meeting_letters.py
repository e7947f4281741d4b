"""The letters of a pair since they were last looked at, by who got them."""

from email import message_from_bytes
from email.policy import default

from tests.support.pairs import Pair


def arrived(pair: Pair) -> list[tuple[str, str, str]]:
    """Who got what since: role, subject, text; and forget it."""
    found = []
    for letter in pair.world.mailbox.letters:
        message = message_from_bytes(letter.frozen, policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        text = " ".join(str(body.get_content()).split())
        found.append((letter.recipient.partition(".")[0], str(message["subject"]), text))
    pair.world.mailbox.letters.clear()
    return found


def subjects(pair: Pair, beginning: str) -> dict[str, int]:
    """How many letters whose subject begins so each role got."""
    roles = sorted(role for role, subject, _ in arrived(pair) if subject.startswith(beginning))
    return {role: roles.count(role) for role in roles}
