"""Letters that are held up: each trouble is one incident, and it ends by itself (P18)."""

from datetime import datetime

from notifications.mailer import NO_WAY_OUT
from runtime.workers.enclosed import named
from storage.database.transactions import Session
from storage.mail import overviews, troubles
from storage.mail.attempts import ACCEPTED, NEEDS_HUMAN, Claim, Ended, state_of
from storage.mail.enclosed import enclosed
from storage.programme import incidents
from storage.programme.incidents import MAIL, Trouble


def note(session: Session, claim: Claim, ended: Ended) -> None:
    """Tell of what holds a message up, and of one that now waits for a person.

    One that went out lets others go that the same held up: they need not wait for their time.
    Whatever it was, it shows that letters can leave.
    """
    state, why = state_of(claim, ended)
    if state == ACCEPTED:
        troubles.wake_later(session, *sorted({claim.trouble, NO_WAY_OUT} - {""}))
    if ended.trouble:
        incidents.report(session, Trouble(MAIL, ended.trouble, ended.reply), ended.at)
    if state == NEEDS_HUMAN:
        needs_person(session, claim.id, why, ended.at)


def needs_person(session: Session, message: int, why: str, now: datetime) -> None:
    """Tell of a message that is not tried again by itself, under the first letter that it carries,
    with the pairs of all of them.
    """
    overview = overviews.written(session, message)
    if overview is not None:
        trouble = incidents.of_overview(overview.key, f"is not tried again: {why}")
        incidents.report(session, trouble, now)
    letters = enclosed(session, message)
    for letter in (each.letter for each in letters[:1]):
        what = named(why, letters)
        incidents.report(session, incidents.of_message(letter.number, what, letter.case_id), now)


def settle(session: Session, now: datetime) -> None:
    """Take off the list what holds up no message any more, and letters that wait for nobody."""
    known = incidents.of_mail(session)
    if not known:
        return
    left = {Trouble(MAIL, trouble) for trouble in troubles.troubles(session)}
    left |= {incidents.of_message(number) for number in troubles.waiting_for_person(session)}
    for trouble in known:
        if trouble not in left:
            incidents.settle_cause(session, trouble, now)
