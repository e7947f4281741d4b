"""Tables of the mail: letters owed, messages frozen, every try to send one, what comes back."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.schema.kinds import BYTES, TEXT

_OWED = text("state = 'owed'")
_WAITING = text("state = 'waiting'")
_TROUBLED = text("trouble <> ''")
_TOKEN = text("reply_token <> ''")
_CONVERSATION = text("conversation <> ''")
_STANDS = text("undone_at = ''")


class Intent(SQLModel, table=True):
    """A letter owed, with its cause; its key makes a second one impossible (P6)."""

    __tablename__ = "intents"
    __table_args__ = (
        Index("ix_intents_going", "goes_at", "id", sqlite_where=_OWED, postgresql_where=_OWED),
        Index(
            "ix_intents_reader",
            "person_id",
            "goes_at",
            "id",
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        Index("ix_intents_family", "root_id", "case_id", "stay"),
        Index("ix_intents_message", "message_id"),
    )
    id: int = Field(primary_key=True)
    key: str = Field(unique=True, sa_type=TEXT)
    case_id: int = Field(foreign_key="cases.id")
    root_id: int = Field(foreign_key="cases.id")
    stay: int
    letter: str = Field(sa_type=TEXT)
    audience: str = Field(sa_type=TEXT)
    person_id: int | None = Field(foreign_key="people.id")
    ladder: str = Field(sa_type=TEXT)
    meeting: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    facts: str = Field(sa_type=TEXT)
    owed_at: str = Field(sa_type=TEXT)
    state: str = Field(sa_type=TEXT)
    reason: str = Field(sa_type=TEXT)
    message_id: int | None = Field(foreign_key="messages.id")
    # When its reader is written to; '' until that was asked.
    goes_at: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    # Until when a person holds it back: HELD until it is released, '' where nobody does; and why.
    held_until: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    held_why: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})


class Message(SQLModel, table=True):
    """A message composed once; its bytes never change again (P3 d)."""

    __tablename__ = "messages"
    __table_args__ = (
        Index(
            "ix_messages_waiting",
            "claim_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_messages_trouble",
            "trouble",
            sqlite_where=_TROUBLED,
            postgresql_where=_TROUBLED,
        ),
        Index("ix_messages_token", "reply_token", sqlite_where=_TOKEN, postgresql_where=_TOKEN),
        Index(
            "ix_messages_conversation",
            "conversation",
            sqlite_where=_CONVERSATION,
            postgresql_where=_CONVERSATION,
        ),
    )
    id: int = Field(primary_key=True)
    message_id: str = Field(unique=True, sa_type=TEXT)
    person_id: int = Field(foreign_key="people.id", index=True)
    recipient: str = Field(sa_type=TEXT)
    subject: str = Field(sa_type=TEXT)
    text: str = Field(sa_type=TEXT)
    frozen: bytes = Field(sa_type=BYTES)
    composed_at: str = Field(sa_type=TEXT)
    state: str = Field(sa_type=TEXT)
    next_at: str = Field(sa_type=TEXT)
    attempts: int
    ambiguous: int
    lease_token: str | None = Field(sa_type=TEXT)
    settled_at: str | None = Field(sa_type=TEXT)
    reply: str = Field(sa_type=TEXT)
    # When it may be claimed: when it is to be sent, or when a lease on it is over.
    claim_at: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    # What held it up at its last try, in the same words for every message it holds up.
    trouble: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    # Stands in the address that a reply goes to, and in no other message: it proves a reply.
    reply_token: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    # Of the links in it, by the numbers of their letters, which stand in its bytes instead of
    # them; '' once it has an end: by then only their hashes are kept (security 11).
    tokens: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})
    # The matter of the letter that gives it its subject; '' where it is about no one matter.
    conversation: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})


class WrittenOverview(SQLModel, table=True):
    """Which message is the overview of somebody in a week: there is one (N-22).

    None: it could not be written, which an incident tells.
    """

    __tablename__ = "overviews"
    person_id: int = Field(primary_key=True, foreign_key="people.id")
    week: str = Field(primary_key=True, sa_type=TEXT)  # its Monday
    message_id: int | None = Field(unique=True, foreign_key="messages.id")


class Attempt(SQLModel, table=True):
    """One try to send a message; without an end it may have arrived or not."""

    __tablename__ = "attempts"
    message_id: int = Field(primary_key=True, foreign_key="messages.id")
    number: int = Field(primary_key=True)
    started_at: str = Field(sa_type=TEXT)
    ended_at: str | None = Field(sa_type=TEXT)
    outcome: str = Field(sa_type=TEXT)
    reply: str = Field(sa_type=TEXT)


class Inbound(SQLModel, table=True):
    """One message that was taken in; its key makes a second time impossible."""

    __tablename__ = "inbound"
    __table_args__ = (Index("ix_inbound_sender", "sender", "received_at"),)
    id: int = Field(primary_key=True)
    key: str = Field(unique=True, sa_type=TEXT)
    received_at: str = Field(sa_type=TEXT)
    kind: str = Field(sa_type=TEXT)
    message_id: int | None = Field(foreign_key="messages.id")
    case_id: int | None = Field(foreign_key="cases.id", index=True)
    sender: str = Field(sa_type=TEXT)
    subject: str = Field(sa_type=TEXT)
    words: str = Field(sa_type=TEXT)
    state: str = Field(sa_type=TEXT)
    outcome: str = Field(sa_type=TEXT)


class Answer(SQLModel, table=True):
    """What somebody answered to a letter; of one letter one answer stands (P21)."""

    __tablename__ = "answers"
    __table_args__ = (
        Index(
            "ix_answers_standing",
            "intent_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )
    id: int = Field(primary_key=True)
    intent_id: int = Field(foreign_key="intents.id")
    case_id: int = Field(foreign_key="cases.id")
    person_id: int = Field(foreign_key="people.id")
    answer: str = Field(sa_type=TEXT)
    outcome: str = Field(sa_type=TEXT)  # all that was said of it, as it is shown again
    entry: int  # of the journal of the case, that it made; 0 where it made none
    at: str = Field(sa_type=TEXT)
    undone_at: str = Field(sa_type=TEXT, sa_column_kwargs={"server_default": ""})


class Link(SQLModel, table=True):
    """An address in a letter: the hash of its token, and the one thing it may do (security 11)."""

    __tablename__ = "links"
    hash: str = Field(primary_key=True, sa_type=TEXT)
    intent_id: int = Field(foreign_key="intents.id", index=True)
    person_id: int = Field(foreign_key="people.id")
    digest: str = Field(sa_type=TEXT)  # of the definition that the case was on
    expires_at: str = Field(sa_type=TEXT, index=True)
