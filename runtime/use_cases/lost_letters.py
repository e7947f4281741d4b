"""Letters that a dead address has lost: they go out once their reader can be written to (P18)."""

from functools import partial

from notifications.addresses import checked_address
from runtime.families import Families
from runtime.isolation import alone
from runtime.second_look import second_look
from storage.directory.rows import Contact
from storage.mail import links, sending, withholding
from storage.mail.enclosed import enclosed
from storage.programme.incidents import BOUNCE, Trouble


def owed_anew(acting: Families, dead: Contact, *, works: bool) -> int:
    """Let what did not reach somebody at an address go out, as far as it is needed; how many.

    It is written anew to the address, and the person, of now. `works` says that the address itself
    was put right: then it goes there as it is.
    """
    if dead.reachable:
        return 0
    address = checked_address(dead.email)
    found: list[int] = []
    for message in withholding.refused(acting.session, dead.id, address):
        trouble = Trouble(BOUNCE, f"message {message} to {address} is not sent again")
        alone(acting, trouble, partial(_goes_out, acting, (message, address), found, works=works))
    return sum(found)


def _goes_out(
    acting: Families, message: tuple[int, str], letters: list[int], *, works: bool
) -> None:
    number, address = message
    carried = len(enclosed(acting.session, number))  # none where it is an overview
    look = second_look(acting, number, address).over()
    if look is not None and look.anew:
        withholding.withhold_stuck(acting.session, number, look, acting.now)
        letters.append(len(look.anew))
    elif look is None and works and carried:
        sending.retry(acting.session, number, acting.now)
        letters.append(carried)


def readdressed(acting: Families, known: Contact, changed: Contact) -> int:
    """How many letters go out after all, where a new address takes the place of a dead one.

    What was sent to the old one opens nothing any more: somebody else may read it (security 4).
    """
    if changed.email == known.email:
        return 0
    links.revoke(acting.session, known.id)
    return owed_anew(acting, known, works=False)
