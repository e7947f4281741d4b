"""A side holds one centre or several, in an order; a signature says for which centre it stands."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from storage.migrations.kinds import INTEGER, TEXT

revision = "0005"
down_revision = "0004"

META = MetaData()
for _there in ("cases", "centres"):
    Table(_there, META, Column("id", INTEGER, primary_key=True))
PARTIES = Table(
    "parties",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("side", TEXT, primary_key=True),
    Column("centre_id", INTEGER, ForeignKey("centres.id"), primary_key=True),
    Column("place", INTEGER, nullable=False),
    Index("ix_parties_centre", "centre_id"),
    sqlite_with_rowid=False,
)
SIGNATURES = Table(
    "signatures",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("record", TEXT, primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("role", TEXT, primary_key=True),
    Column("centre", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("signed_on", TEXT, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    # Made anew, as SQLite changes no primary key in place.
    op.rename_table("parties", "parties_before")
    op.drop_index("ix_parties_centre", "parties_before")
    op.rename_table("signatures", "signatures_before")
    META.create_all(op.get_bind(), tables=[PARTIES, SIGNATURES], checkfirst=False)
    op.execute(
        """INSERT INTO parties (case_id, side, centre_id, place)
        SELECT case_id, side, centre_id, 0 FROM parties_before"""
    )
    op.execute(
        """INSERT INTO signatures (case_id, record, number, role, centre, person, signed_on)
        SELECT case_id, record, number, role, '', person, signed_on FROM signatures_before"""
    )
    op.drop_table("parties_before")
    op.drop_table("signatures_before")
