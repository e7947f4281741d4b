"""Tables of a case: where it stands, what is known of it, its timers, its journal."""

from sqlalchemy import Index, false, text
from sqlmodel import Field, SQLModel

from storage.schema.kinds import TEXT

_BY_KEY = {"sqlite_with_rowid": False}  # the rows lie in the order of the key: one tree, not two
_OPEN = text("settled_at IS NULL")
_HOLDS = text("holds_place")


class Case(SQLModel, table=True):
    """A running instance of a workflow, as its journal has made it."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_parent", "parent_id"),
        Index("ix_cases_root", "root_id"),
        Index("ix_cases_places", "workflow", sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    )
    id: int = Field(primary_key=True)
    parent_id: int | None = Field(foreign_key="cases.id")
    root_id: int | None = Field(foreign_key="cases.id")
    workflow: str = Field(sa_type=TEXT)
    digest: str = Field(foreign_key="definitions.digest", sa_type=TEXT)
    reference: str = Field(unique=True, sa_type=TEXT)
    state: str = Field(sa_type=TEXT)
    stay: int
    version: int
    entered_at: str = Field(sa_type=TEXT)
    opened_at: str = Field(sa_type=TEXT)
    closed_at: str | None = Field(sa_type=TEXT)
    holds_place: bool
    facts: str = Field(sa_type=TEXT)
    interrupted: int | None  # the stay that a pause interrupts
    head: str = Field(sa_type=TEXT)
    partnership: int  # which one goes on; of a child that of its parent it was opened in
    former: str = Field(sa_type=TEXT)  # the partnerships that have ended
    void: bool  # opened by an act that was taken back


class CaseParty(SQLModel, table=True):
    """Which centres stand on which side, one or several in the order they were named."""

    __tablename__ = "parties"
    __table_args__ = (Index("ix_parties_centre", "centre_id"), _BY_KEY)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    side: str = Field(primary_key=True, sa_type=TEXT)
    centre_id: int = Field(primary_key=True, foreign_key="centres.id")
    place: int


class CaseStay(SQLModel, table=True):
    """One stay in a state."""

    __tablename__ = "stays"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    number: int = Field(primary_key=True)
    state: str = Field(sa_type=TEXT)
    entered_at: str = Field(sa_type=TEXT)
    left_at: str | None = Field(sa_type=TEXT)
    partnership: int


class CasePause(SQLModel, table=True):
    """A span in which the clock of the case stood still."""

    __tablename__ = "pauses"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    number: int = Field(primary_key=True)
    began_on: str = Field(sa_type=TEXT)
    ended_on: str | None = Field(sa_type=TEXT)


class Record(SQLModel, table=True):
    """One version of an artefact."""

    __tablename__ = "records"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    name: str = Field(primary_key=True, sa_type=TEXT)
    number: int = Field(primary_key=True)
    content: str = Field(sa_type=TEXT)
    filed_at: str = Field(sa_type=TEXT)
    filed_by: str = Field(sa_type=TEXT)
    imported: bool
    centre: str = Field(sa_type=TEXT)  # the key of the one it answers for
    partnership: int  # in which it was filed
    void: str = Field(sa_type=TEXT)  # why it counts for nothing; '' while it counts
    corrects: int | None  # the number of the version that it puts right
    reason: str = Field(sa_type=TEXT)  # why


class RecordSignature(SQLModel, table=True):
    """A signature under one version of a record, one for each centre of a side."""

    __tablename__ = "signatures"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    record: str = Field(primary_key=True, sa_type=TEXT)
    number: int = Field(primary_key=True)
    role: str = Field(primary_key=True, sa_type=TEXT)
    centre: str = Field(primary_key=True, sa_type=TEXT)  # its key; '' from before it was noted
    person: str = Field(sa_type=TEXT)
    signed_on: str = Field(sa_type=TEXT)


class Milestone(SQLModel, table=True):
    """The three lives of a milestone's date, in each partnership."""

    __tablename__ = "milestones"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    partnership: int = Field(primary_key=True)
    name: str = Field(primary_key=True, sa_type=TEXT)
    baseline: str | None = Field(sa_type=TEXT)
    forecast: str | None = Field(sa_type=TEXT)
    actual: str | None = Field(sa_type=TEXT)
    moved_to: str | None = Field(sa_type=TEXT)
    reason: str = Field(sa_type=TEXT)
    agreed: bool = Field(sa_column_kwargs={"server_default": false()})


class CaseWaiver(SQLModel, table=True):
    """A requirement set aside for a partnership."""

    __tablename__ = "waivers"
    __table_args__ = (_BY_KEY,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    requirement: str = Field(primary_key=True, sa_type=TEXT)
    partnership: int = Field(primary_key=True)
    by: str = Field(sa_type=TEXT)
    role: str = Field(sa_type=TEXT)
    reason: str = Field(sa_type=TEXT)
    at: str = Field(sa_type=TEXT)


class ArmedTimer(SQLModel, table=True):
    """A due moment of a stay; it wakes when it is due, or after a failure later."""

    __tablename__ = "timers"
    __table_args__ = (
        Index("ix_timers_waking", "wake_at", "root_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        _BY_KEY,
    )
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    stay: int = Field(primary_key=True)
    ladder: str = Field(primary_key=True, sa_type=TEXT)
    rung: str = Field(primary_key=True, sa_type=TEXT)  # its name
    occurrence: int = Field(primary_key=True)
    root_id: int = Field(foreign_key="cases.id")
    due_at: str = Field(sa_type=TEXT)
    wake_at: str = Field(sa_type=TEXT)
    settled_at: str | None = Field(sa_type=TEXT)
    outcome: str = Field(sa_type=TEXT)
    graced: bool
    not_before: str | None = Field(sa_type=TEXT)
    failures: int


class Lookup(SQLModel, table=True):
    """A family that is to look again, since something it waits for became free elsewhere."""

    __tablename__ = "lookups"
    root_id: int = Field(primary_key=True, foreign_key="cases.id")
    owed_at: str = Field(sa_type=TEXT)


class JournalEntry(SQLModel, table=True):
    """What happened, chained by hashes: the proof of everything above."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_at", "at"), _BY_KEY)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    seq: int = Field(primary_key=True)
    at: str = Field(sa_type=TEXT)
    kind: str = Field(sa_type=TEXT)
    entry: str = Field(sa_type=TEXT)
    note: str = Field(sa_type=TEXT)
    prev: str = Field(sa_type=TEXT)
    hash: str = Field(sa_type=TEXT)
