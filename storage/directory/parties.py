"""Who takes part in a case: the centre of each side, the office, everybody in a role."""

from engine.model.dossier import CaseId, Party, Person, PersonId
from engine.time.working_days import Workdays
from storage.database.columns import to_mapping, to_spans, to_words
from storage.database.session import Session
from storage.database.statements import Statement

OFFICE = "office"
_NO_OFFICE = Party(OFFICE, OFFICE, "the programme", "the programme", "", "UTC", Workdays.plain())

_Centre = tuple[str, str, str, str, str, str, str, str, str, str, int]
_PARTIES = Statement[_Centre](
    """SELECT p.side, c.key, c.name, c.short_name, c.country, c.region, c.zone, c.closures, c.city,
        c.facts, p.place FROM parties p JOIN centres c ON c.id = p.centre_id
    WHERE p.case_id = :case
    UNION ALL
    SELECT 'office', c.key, c.name, c.short_name, c.country, c.region, c.zone, c.closures, c.city,
        c.facts, 0 FROM centres c WHERE c.side = 'office' ORDER BY 11"""
)
_PEOPLE = Statement[tuple[int, str, str, str, bool, str, str, str, str, str, str, bool, str]](
    """SELECT p.id, p.name, p.email, r.role, r.main, r.function, r.department, p.language, p.phone,
        p.languages, p.hours, p.reachable, COALESCE(c.key, '')
    FROM roles r JOIN people p ON p.id = r.person_id LEFT JOIN centres c ON c.id = p.centre_id
    WHERE (r.case_id = :case OR r.case_id IS NULL) AND r.ends_on IS NULL ORDER BY r.id"""
)


def parties(session: Session, case_id: CaseId) -> tuple[dict[str, tuple[Party, ...]], Party]:
    """The centres of a case by side, and the programme's own office."""
    found: dict[str, tuple[Party, ...]] = {}
    for row in session.all(_PARTIES, case=case_id):
        found[row[0]] = (*found.get(row[0], ()), _party(row))
    (office,) = found.pop(OFFICE, (_NO_OFFICE,))
    return found, office


def _party(row: _Centre) -> Party:
    side, key, name, short_name, country, region, zone, closures, city, facts, _ = row
    workdays = Workdays(country or None, region or None, to_spans(closures))
    return Party(
        side, key, name, short_name, country, zone, workdays, city=city, facts=to_mapping(facts)
    )


def people(session: Session, case_id: CaseId) -> tuple[Person, ...]:
    """Who plays a role now: those of the case, and those of the whole programme."""
    return tuple(
        Person(
            id=PersonId(row[0]),
            name=row[1],
            email=row[2],
            role=row[3],
            main=bool(row[4]),
            function=row[5],
            department=row[6],
            language=row[7],
            phone=row[8],
            languages=to_words(row[9]),
            hours=row[10],
            reachable=bool(row[11]),
            centre=row[12],
        )
        for row in session.all(_PEOPLE, case=case_id)
    )
