"""Letters owed in a database, and messages composed of them."""

from engine.model.dossier import CaseId
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.mail import outbox, sending
from storage.mail.outbox import NewMessage
from storage.mail.sending import Claim
from tests.storage.lives import Lives


def owes(story: Lives) -> CaseId:
    case = story.opens()
    story.fires()
    return case


def composed(story: Lives) -> int:
    owes(story)
    with transaction(story.database) as session:
        (owed,) = outbox.owed(session, limit=10)
        return outbox.compose(session, a_message(story), [owed.id])


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


def claims(story: Lives, token: str) -> tuple[Claim, ...]:
    with transaction(story.database) as session:
        return sending.claim(session, story.now, 10, 60, token)
