"""The programme's own office: its name, zone and holidays, and the lists it has imported."""

from collections.abc import Mapping

from sqlalchemy import select, update

from engine.model.dossier import EMPTY
from engine.model.word_lists import LISTS
from storage.database.columns import from_json, to_mapping
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name
from storage.directory.directory import ADD_CENTRE, CHANGE_CENTRE, OFFICE
from storage.directory.rows import Centre, centre_values
from storage.schema.tables import CENTRES

_C = CENTRES.c
_FACTS = Statement[tuple[str]](select(_C.facts).where(_C.side == OFFICE))
_KEEP_FACTS = Change(update(CENTRES).where(_C.side == OFFICE).values(by_name(_C.facts)))


def keep_office(session: Session, office: Centre) -> None:
    """The office, whose zone and holidays count where no centre's do; what it imported stays."""
    kept = from_json(office_facts(session))
    values = {**centre_values(office), "side": OFFICE, "facts": kept}
    if not session.change(CHANGE_CENTRE, **values):
        session.all(ADD_CENTRE, **values)


def office_facts(session: Session) -> Mapping[str, object]:
    """What the office holds beside its name and zone: the lists of words it has imported."""
    row = session.first(_FACTS)
    return EMPTY if row is None else to_mapping(row[0])


def imported_lists(session: Session) -> dict[str, list[str]]:
    """The words of each list that the office has imported, in their order, by its name."""
    kept = office_facts(session).get(LISTS)
    return dict(kept) if isinstance(kept, dict) else {}


def keep_office_facts(session: Session, facts: Mapping[str, object]) -> None:
    session.change(_KEEP_FACTS, facts=from_json(facts))
