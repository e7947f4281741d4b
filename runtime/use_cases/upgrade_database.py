"""Upgrading and describing the database of a programme."""

from dataclasses import dataclass
from datetime import datetime

from runtime.settings.settings import Settings
from runtime.wiring import keep_definitions, office, open_runtime
from storage.database import meta, transactions
from storage.database.transactions import open_database, reading, transaction
from storage.directory.office import keep_office


@dataclass(frozen=True, slots=True)
class Founded:
    """What a database is for."""

    where: str
    programme: str
    rehearsal: bool
    now: datetime | None  # of a rehearsal


def upgrade_database(settings: Settings) -> Founded:
    """Give a database the tables of this version, the office and the definitions in force."""
    transactions.refuse_unmade(settings.database.url)
    transactions.upgrade(settings.database.url)
    with open_runtime(settings) as runtime:
        keep_definitions(runtime)
        with transaction(runtime.database) as session:
            keep_office(session, office(settings))
    return describe_database(settings)


def describe_database(settings: Settings) -> Founded:
    """Say what a database is for; SchemaError or UnavailableError when it cannot be used."""
    opened = open_database(settings.database.url)
    try:
        with reading(opened) as session:
            rehearsal = meta.is_rehearsal(session)
            now = meta.clock(session) if rehearsal else None
            return Founded(opened.where, meta.programme(session), rehearsal, now)
    finally:
        opened.close()
