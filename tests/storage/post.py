"""Letters owed in a database, and messages composed of them."""

from engine.model.dossier import CaseId
from storage.database.transactions import Session, reading, transaction
from storage.directory import directory
from storage.mail import attempts, intents, outbox, sending
from storage.mail.attempts import Claim
from storage.mail.intents import OwedLetter
from storage.mail.outbox import NewMessage
from tests.storage.lives import Lives


def owes(story: Lives) -> CaseId:
    case = story.opens()
    story.fires()
    return case


def composed(story: Lives) -> int:
    owes(story)
    with transaction(story.database) as session:
        (owed,) = intents.unplanned(session, limit=10)
        return outbox.compose(session, a_message(story), [owed.letter.number])


def a_message(story: Lives) -> NewMessage:
    with reading(story.database) as session:
        person = directory.person_id(session, "aspiring-PAIR-1")
    return NewMessage(
        "<1@example.org>",
        person,
        "aspiring@example.org",
        "The paper",
        "Please file it.",
        b"To: someone\r\n\r\n\xc3\xbc",
        story.now,
    )


def begins(session: Session, story: Lives, token: str) -> Claim | None:
    """A message claimed for a minute, with a try written down."""
    claim = sending.take(session, story.now, 60, token)
    if claim is None or claim.spent:
        return None
    attempts.start(session, claim, story.now)
    return claim


def begun(story: Lives, token: str) -> Claim | None:
    with transaction(story.database) as session:
        return begins(session, story, token)


def a_claim(story: Lives, token: str) -> Claim:
    claim = begun(story, token)
    assert claim is not None
    return claim


def all_need_a_person(story: Lives) -> tuple[OwedLetter, ...]:
    """Nothing that is owed can be written: a person has to look; which letters that were."""
    with transaction(story.database) as session:
        failed = intents.unplanned(session, limit=10)
        outbox.need_human(session, [each.letter.number for each in failed], "a fact is missing")
    return failed
