"""The address of somebody's calendar: a secret of theirs, shown once and kept by its hash alone."""

from dataclasses import dataclass
from functools import partial

from engine.decide.acts import Verb
from engine.model.outcomes import By, Refreshed
from runtime import tokens
from runtime.families import Families
from runtime.isolation import alone
from runtime.permission import leave_of_office
from runtime.use_cases.directory_checks import DirectoryError
from runtime.wiring import Runtime
from storage.database.transactions import Session, transaction
from storage.directory import directory, feeds, roles
from storage.directory.rows import Contact
from storage.programme.incidents import LOOKUP, Trouble

PAGE = "/c/"  # of a calendar, behind the public address
_MADE = "a new address of their calendar was made"
_ENDED = "the address of their calendar that they had opens nothing any more"
ENDING = ".ics"  # by which programs know what it is


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where calendar programs fetch the calendar of a person; kept nowhere."""

    person: str
    address: str


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """Whether a person had an address, which opens nothing any more."""

    person: str
    had_one: bool


def subscribe(runtime: Runtime, key: str, by: By) -> Subscription:
    """A new address for the calendar of a person; one that they had opens nothing any more.

    DirectoryError: no page is public, or they play no role.
    """
    public = runtime.settings.web.public_address
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        person = directory.person(session, key)
        if not public:
            raise DirectoryError(
                "no page can be reached from outside, so no address would open a calendar: set "
                "public_address under [web], or hand over the file of: "
                f"pairing person calendar {key} --out FILE"
            )
        if not feeds.takes_part(session, person.id):
            raise DirectoryError(
                f"person {key}: they play no role in an open pair or in the whole programme, "
                "so nothing would stand in their calendar: give them one first"
            )
        token = tokens.new_token()
        acting = Families(session, runtime, runtime.clock())
        ended = _ENDED if feeds.revoke(session, person.id) else ""
        feeds.renew(session, person.id, tokens.hashed(token), acting.now)
        _note(acting, person, f"{_MADE}; {ended}" if ended else _MADE, by)
    return Subscription(key, f"{public}{PAGE}{token}{ENDING}")


def unsubscribe(runtime: Runtime, key: str, by: By) -> Unsubscribed:
    """The address of somebody's calendar opens nothing any more; a second time does nothing."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        person = directory.person(session, key)
        had_one = feeds.revoke(session, person.id)
        if had_one:
            _note(Families(session, runtime, runtime.clock()), person, _ENDED, by)
        return Unsubscribed(key, had_one)


def ended_with(session: Session, known: Contact | None, changed: Contact) -> str:
    """What another mail address ends, for the journals of their cases; empty where it ends nothing.

    Whoever read the old mailbox may hold the address of the calendar.
    """
    is_another = known is not None and changed.email != known.email
    if known is None or not is_another or not feeds.revoke(session, known.id):
        return ""
    return f"{changed.name}: {_ENDED}"


def _note(acting: Families, person: Contact, what: str, by: By) -> None:
    """Who did it, when and for whom, in the journals of their cases; the address stands nowhere."""
    said = Refreshed(by, f"{person.name}: {what}")
    for case_id in roles.cases_of(acting.session, person.id):
        trouble = Trouble(LOOKUP, "the address of a calendar changed", case_id=case_id)
        alone(acting, trouble, partial(acting.happen, case_id, said))
