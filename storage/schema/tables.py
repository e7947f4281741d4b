"""Every table by name, out of the SQLModel classes: what statements are built from."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.schema import cases, mail, programme

METADATA = SQLModel.metadata


def _table(model: type[SQLModel]) -> Table:
    return METADATA.tables[str(model.__tablename__)]


CASES = _table(cases.Case)
JOURNAL = _table(cases.JournalEntry)
LOOKUPS = _table(cases.Lookup)
MILESTONES = _table(cases.Milestone)
PARTIES = _table(cases.CaseParty)
PAUSES = _table(cases.CasePause)
RECORDS = _table(cases.Record)
SIGNATURES = _table(cases.RecordSignature)
STAYS = _table(cases.CaseStay)
TIMERS = _table(cases.ArmedTimer)
WAIVERS = _table(cases.CaseWaiver)

ANSWERS = _table(mail.Answer)
ATTEMPTS = _table(mail.Attempt)
INBOUND = _table(mail.Inbound)
INTENTS = _table(mail.Intent)
LINKS = _table(mail.Link)
MESSAGES = _table(mail.Message)
OVERVIEWS = _table(mail.WrittenOverview)

ABSENCES = _table(programme.Absence)
CATALOGUES = _table(programme.Catalogue)
CENTRES = _table(programme.Centre)
CODES = _table(programme.CentreCode)
DEFINITIONS = _table(programme.Definition)
FEEDS = _table(programme.CalendarFeed)
INCIDENTS = _table(programme.Incident)
MENDED_WORDS = _table(programme.MendedWords)
META = _table(programme.Meta)
PEOPLE = _table(programme.Person)
REQUESTS = _table(programme.Request)
ROLES = _table(programme.Role)
