"""The code that a binding answer is given with: told by a person, never by a letter (security 13).

A link can be forwarded, and is opened by machines. So whoever signs also types what whoever runs
the case told them on the phone. It is of the whole centre, and kept as a slow hash alone.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import scrypt
from hmac import compare_digest

from engine.decide.acts import Verb
from engine.decide.offered import role_of
from engine.letters.spoken import SOURCE
from engine.model.outcomes import By, WroteBack
from engine.model.sides import home_as
from engine.time.zones import local_day
from notifications.inbound.plain_words import plain
from notifications.languages import known, language_of
from notifications.signing_words import (
    LOCKED,
    ODD_CODE,
    WRONG_CODE,
    TooManyTries,
    too_many_tries,
)
from runtime.asking import Asking
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import codes, directory
from storage.directory.codes import MOST_WRONG

LENGTH = 8  # figures: what two people can say and hear in any language
_SALT = 16  # bytes


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as it is told once, and kept nowhere.

    ``former_on`` is the day on which the one was made that it ends, None where there was none.
    """

    centre: str
    code: str
    former_on: date | None


def renew_code(runtime: Runtime, centre: str, by: By) -> NewCode:
    """A new code for a centre; the one that it had is worth nothing any more."""
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
        known_centre = directory.centre(session, centre)
        former_at = codes.made_at(session, known_centre.key)
        figures = f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"
        hashed = _hashed(figures, secrets.token_hex(_SALT))
        codes.renew(session, known_centre.key, hashed, runtime.clock())
    half = LENGTH // 2
    zone = runtime.settings.programme.zone
    former_on = None if former_at is None else local_day(former_at, zone)
    return NewCode(known_centre.key, f"{figures[:half]} {figures[half:]}", former_on)


def unsigned(families: Families, asking: Asking, typed: str) -> str:
    """Why an answer is not signed by what was typed; empty where it is. Wrong ones are counted."""
    session, who = families.session, _told_by(asking)
    centre = home_as(asking.view.dossier, role_of(asking.asked.letter), asking.reader.id).key
    figures = "".join(mark for mark in plain(typed) if mark.isdecimal())
    if len(figures) != LENGTH:
        return ODD_CODE.format(number=LENGTH, own=who)
    found = codes.tried(session, centre)
    if found is None:
        return LOCKED.format(own=who)
    hashed, wrong = found
    if compare_digest(hashed, _hashed(figures, hashed.partition("$")[0])):
        codes.was_right(session, centre)
        return ""
    if wrong < MOST_WRONG:
        return WRONG_CODE.format(own=who)
    _tell(families, asking, centre)
    return LOCKED.format(own=who)


def _tell(families: Families, asking: Asking, centre: str) -> None:
    """Whoever runs the case hears at once that nobody signs by the code, and what to do."""
    view, reader = asking.view, asking.reader
    wishes = [each.language for each in view.dossier.people_as(view.workflow.runs)[:1]]
    language = language_of(next(iter(known(*wishes, view.dossier.office.language)), SOURCE))
    tries = TooManyTries(centre, reader.name, MOST_WRONG, f"pairing centre code {centre}")
    office = families.runtime.settings.mail.from_name
    words, about = too_many_tries(tries, language), (asking.asked.letter.number,)
    told = WroteBack(office, asking.asked.subject, words, about=about)
    families.happen(asking.asked.root, told)


def _told_by(asking: Asking) -> str:
    view = asking.view
    runs = view.dossier.people_as(view.workflow.runs)
    reached = (runs[0].name, runs[0].phone) if runs else (view.dossier.office.name,)
    return ", ".join(filter(None, reached))


def _hashed(figures: str, salt: str) -> str:
    slow = scrypt(figures.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1)
    return f"{salt}${slow.hex()}"
