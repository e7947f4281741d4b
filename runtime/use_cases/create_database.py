"""Making a database for a programme: its tables, its office, its definitions, its clock."""

import secrets
from datetime import datetime

from runtime.clock import refuse_outside, system_clock
from runtime.definitions import programme_folder, refuse_bad, sound_programme
from runtime.pinned_letters import keep
from runtime.settings.settings import Settings
from runtime.wiring import TOKEN, office
from storage.database import meta
from storage.database.transactions import create, open_database, transaction
from storage.directory.office import keep_office
from workflows.programme import Programme


def create_database(
    settings: Settings,
    *,
    rehearsal: bool,
    at: datetime | None = None,
    programme: Programme | None = None,
) -> None:
    """Make the database of the settings; ConflictError when there is one already.

    DefinitionProblemsError: the programme is not fit to run. RehearsalError: ``at`` lies outside
    the years in which cases lie.

    A rehearsal has a clock of its own, which stands at ``at`` until it is advanced. A programme
    that is loaded already need not be read again.
    """
    programme = programme or sound_programme(programme_folder(settings))
    refuse_bad(programme)
    moment = at or system_clock()
    if rehearsal:
        refuse_outside(moment)
    create(settings.database.url, rehearsal=rehearsal, programme=programme.name)
    database = open_database(settings.database.url)
    try:
        with transaction(database) as session:
            meta.put(session, TOKEN, secrets.token_hex(6))
            if rehearsal:
                meta.set_clock(session, moment)
            keep_office(session, office(settings))
            for name in programme.workflows:
                keep(session, programme, name, moment)
    finally:
        database.close()
