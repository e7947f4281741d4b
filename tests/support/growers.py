"""The people and the centres of the orchard: of everything that can be confused there are two."""

from datetime import UTC, datetime

from engine.model.outcomes import By
from runtime.use_cases.start_case import NewPair
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
CENTRES = (
    Centre("vienna", "Vienna Centre", "Vienna", "coordinator", "AT", "Europe/Vienna"),
    Centre("lisbon", "Lisbon Centre", "Lisbon", "coordinator", "PT", "Europe/Lisbon"),
    Centre("porto", "Porto Centre", "Porto", "coordinator", "PT", "Europe/Lisbon"),
    Centre("birchwater", "Birchwater Centre", "Birchwater", "aspiring", "RO", "Europe/Bucharest"),
    Centre("elmford", "Elmford Centre", "Elmford", "aspiring", "IS", "Atlantic/Reykjavik"),
)
PAIRS = {"VIE-BIR": ("vienna", "birchwater"), "LIS-ELM": ("lisbon", "elmford")}
LEAD = By("lead", "lead")
ROLES = ("facilitator", "coordinator", "aspiring")


def by(pair: str, role: str = "facilitator") -> By:
    """The main person of a role in a pair."""
    return LEAD if role == "lead" else By(key_of(pair, role), role)


def key_of(pair: str, role: str, place: str = "main") -> str:
    return f"{role}-{pair}-{place}".lower()


def settle_in(runtime: Runtime) -> None:
    """Everybody is in the directory, and the leads lead; no pair is begun."""
    with transaction(runtime.database) as session:
        for centre in CENTRES:
            directory.add_centre(session, centre)
        for key, main in (("lead-deputy", False), ("lead", True)):
            number = directory.add_person(session, _contact(key, "en"))
            roles.give(session, Role("lead", number, OPENED.date(), main=main))
        for pair, (coordinator, aspiring) in PAIRS.items():
            at = {"coordinator": coordinator, "aspiring": aspiring}
            for role in ROLES:
                number_of = directory.centre(session, at[role]).id if role in at else None
                for place, language in (("deputy", "de"), ("main", "en")):
                    contact = _contact(key_of(pair, role, place), language, number_of)
                    directory.add_person(session, contact)


def _contact(key: str, language: str, centre: int | None = None) -> Contact:
    name = key.replace("-", " ").title()
    return Contact(key, name, f"{key}@example.org", language, centre_id=centre)


def new_pair(pair: str, **changed: object) -> NewPair:
    """A pair of the grove as it is started, with these fields changed."""
    coordinator, aspiring = PAIRS[pair]
    people = {role: (key_of(pair, role), key_of(pair, role, "deputy")) for role in ROLES}
    known = {"parties": {"coordinator": (coordinator,), "aspiring": (aspiring,)}, "people": people}
    return NewPair(**{"reference": pair, **known, **changed})  # type: ignore[arg-type]  # fields by name
