"""The address of somebody's calendar: a secret of theirs, shown once and kept by its hash alone."""

from dataclasses import dataclass

from engine.decide.acts import Verb
from engine.model.outcomes import By
from runtime import tokens
from runtime.permission import leave_of_office
from runtime.use_cases.directory_checks import DirectoryError
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import directory, feeds

PAGE = "/c/"  # of a calendar, behind the public address
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
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
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
        feeds.renew(session, person.id, tokens.hashed(token), runtime.clock())
    return Subscription(key, f"{public}{PAGE}{token}{ENDING}")


def unsubscribe(runtime: Runtime, key: str, by: By) -> Unsubscribed:
    """The address of somebody's calendar opens nothing any more; a second time does nothing."""
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
        return Unsubscribed(key, feeds.revoke(session, directory.person_id(session, key)))
