"""Letters as a mail program shows them: in conversations, found by their References alone."""

from collections import defaultdict
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise

from tests.support.world import World


def conversations(world: World, mailbox: str) -> list[list[str]]:
    """The subjects in the conversations of a mailbox, the oldest first; `mailbox` before its @.

    As mail clients commonly do (RFC 5256, `REFERENCES`): each reference is the parent of the next
    one unless that has a parent, and the last is the parent of the letter.
    """
    letters = _of(world, mailbox)
    parent: dict[str, str] = {}
    for each in letters:
        chain = [*str(each["References"] or "").split(), str(each["Message-ID"])]
        for above, below in pairwise(chain):
            is_its_own = below == chain[-1]
            if (below not in parent or is_its_own) and below not in _line(parent, above):
                parent[below] = above
    found: dict[str, list[str]] = defaultdict(list)
    for each in letters:
        first = _line(parent, str(each["Message-ID"]))[-1]
        found[first].append(" ".join(str(each["Subject"]).split()))
    return list(found.values())


def _of(world: World, mailbox: str) -> list[EmailMessage]:
    address = f"{mailbox}@example.org"
    sent = [each for each in world.mailbox.letters if each.recipient == address]
    return [message_from_bytes(each.frozen, policy=policy.default) for each in sent]


def _line(parent: dict[str, str], letter: str) -> list[str]:
    """A letter, what it answers, and so on."""
    found = [letter]
    while (above := parent.get(found[-1])) is not None:
        found.append(above)
    return found
