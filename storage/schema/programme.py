"""Tables beside the cases: the database itself, definitions, the directory, requests, incidents."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.schema.kinds import TEXT


class Meta(SQLModel, table=True):
    """One line a word: programme, rehearsal, clock, beat_at."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True, sa_type=TEXT)
    value: str = Field(sa_type=TEXT)


class Definition(SQLModel, table=True):
    """Every definition a case ever ran on, word for word (P12)."""

    __tablename__ = "definitions"
    digest: str = Field(primary_key=True, sa_type=TEXT)
    workflow: str = Field(sa_type=TEXT)
    programme: str = Field(sa_type=TEXT)
    version: str = Field(sa_type=TEXT)
    text: str = Field(sa_type=TEXT)
    added_at: str = Field(sa_type=TEXT)
    letters: str = Field(sa_type=TEXT)  # the catalogue it sends; '' from before it was kept


class Catalogue(SQLModel, table=True):
    """Every catalogue of letters that a kept definition sends, with the words it had last."""

    __tablename__ = "catalogues"
    digest: str = Field(primary_key=True, sa_type=TEXT)
    text: str = Field(sa_type=TEXT)
    words: str = Field(sa_type=TEXT)
    added_at: str = Field(sa_type=TEXT)
    answers: str | None = Field(sa_type=TEXT)  # what it offers; NULL from before that was kept


class MendedWords(SQLModel, table=True):
    """The words of the letters by their hash, since when, and which texts were changed then."""

    __tablename__ = "mended_words"
    at: str = Field(primary_key=True, sa_type=TEXT)
    hash: str = Field(primary_key=True, sa_type=TEXT)
    changed: str = Field(sa_type=TEXT)


class Centre(SQLModel, table=True):
    """A centre, or the programme's own office (side ``office``)."""

    __tablename__ = "centres"
    id: int = Field(primary_key=True)
    key: str = Field(unique=True, sa_type=TEXT)
    name: str = Field(sa_type=TEXT)
    short_name: str = Field(sa_type=TEXT)
    side: str = Field(index=True, sa_type=TEXT)
    country: str = Field(sa_type=TEXT)
    region: str = Field(sa_type=TEXT)
    zone: str = Field(sa_type=TEXT)
    city: str = Field(sa_type=TEXT)
    language: str = Field(sa_type=TEXT)
    facts: str = Field(sa_type=TEXT)
    closures: str = Field(sa_type=TEXT)


class CentreCode(SQLModel, table=True):
    """The code by which the people of a centre sign on a page (security 13)."""

    __tablename__ = "codes"
    centre_id: int = Field(primary_key=True, foreign_key="centres.id")
    hash: str = Field(sa_type=TEXT)  # a slow one, with its salt: the code is told once
    made_at: str = Field(sa_type=TEXT)
    wrong: int  # tries since the last right one


class Person(SQLModel, table=True):
    """Someone who can be written to; never deleted, what they signed refers to them."""

    __tablename__ = "people"
    id: int = Field(primary_key=True)
    key: str = Field(unique=True, sa_type=TEXT)
    name: str = Field(sa_type=TEXT)
    email: str = Field(sa_type=TEXT)
    language: str = Field(sa_type=TEXT)
    phone: str = Field(sa_type=TEXT)
    languages: str = Field(sa_type=TEXT)
    hours: str = Field(sa_type=TEXT)
    centre_id: int | None = Field(foreign_key="centres.id", index=True)
    reachable: bool
    dead_since: str | None = Field(sa_type=TEXT)
    dead_reason: str = Field(sa_type=TEXT)
    slot: str = Field(sa_type=TEXT)  # when what can wait comes; '': at the slots of their role
    calm_until: str | None = Field(sa_type=TEXT)


class CalendarFeed(SQLModel, table=True):
    """The address from which a person's calendar is fetched: the hash of its token."""

    __tablename__ = "feeds"
    person_id: int = Field(primary_key=True, foreign_key="people.id")
    hash: str = Field(unique=True, sa_type=TEXT)
    made_at: str = Field(sa_type=TEXT)


class Absence(SQLModel, table=True):
    """Days on which somebody does not answer, and who does meanwhile; why is not kept."""

    __tablename__ = "absences"
    person_id: int = Field(primary_key=True, foreign_key="people.id")
    first_on: str = Field(primary_key=True, sa_type=TEXT)
    last_on: str = Field(sa_type=TEXT)
    substitute_id: int | None = Field(foreign_key="people.id")
    source: str = Field(sa_type=TEXT)  # the key of who entered it, or what told of it


class Role(SQLModel, table=True):
    """Who plays a role in a case, or, without a case, in the whole programme."""

    __tablename__ = "roles"
    __table_args__ = (
        Index("ix_roles_case", "case_id"),
        Index("ix_roles_person", "person_id"),
    )
    id: int = Field(primary_key=True)
    case_id: int | None = Field(foreign_key="cases.id")
    role: str = Field(sa_type=TEXT)
    person_id: int = Field(foreign_key="people.id")
    main: bool
    function: str = Field(sa_type=TEXT)
    department: str = Field(sa_type=TEXT)
    starts_on: str | None = Field(sa_type=TEXT)
    ends_on: str | None = Field(sa_type=TEXT)


class Request(SQLModel, table=True):
    """A request that was answered, for ever (P6, P11)."""

    __tablename__ = "requests"
    key: str = Field(primary_key=True, sa_type=TEXT)
    fingerprint: str = Field(sa_type=TEXT)
    answer: str = Field(sa_type=TEXT)
    at: str = Field(sa_type=TEXT)


class Incident(SQLModel, table=True):
    """Something that fails again and again and waits for a person (P18)."""

    __tablename__ = "incidents"
    __table_args__ = (
        Index(
            "ix_incidents_open",
            "kind",
            "cause",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
    id: int = Field(primary_key=True)
    kind: str = Field(sa_type=TEXT)
    cause: str = Field(sa_type=TEXT)
    case_id: int | None = Field(foreign_key="cases.id")
    what: str = Field(sa_type=TEXT)
    first_at: str = Field(sa_type=TEXT)
    last_at: str = Field(sa_type=TEXT)
    failures: int
    settled_at: str | None = Field(sa_type=TEXT)
