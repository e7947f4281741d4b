"""The example table of running pairs, and the centres and people it names."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from storage.database.transactions import Session, transaction
from storage.directory import directory
from storage.directory.rows import Centre, Contact
from tests.support.world import World, wp6

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "adoption.csv"
TODAY = datetime(2027, 11, 15, 9, tzinfo=UTC)
STATES = {
    "OSL-BIR": "formalised",
    "CAN-ELM": "onboarding",
    "OUE-OAK": "visit_preparation",
    "NDS-FER": "memorandum",
    "ESM-ASH": "implementation",
    "VIE-HAZ": "report_loop",
    "POR-YEW": "continued_implementation",
    "CUR-LIN": "closure",
}

# A column, what stands in it in the row of NDS-FER, and what is said of it.
BAD_CELLS = (
    ("reference", "", "is empty"),
    ("reference", "OSL BIR", "is no reference"),
    ("reference", "12", "is no reference"),
    ("reference", "OSL/BIR", "is no reference"),
    ("reference", "ÖSL-BIR", "is no reference"),
    ("reference", "x" * 41, "is no reference"),
    ("reference", "OSL-BIR", "stands in row 2 as well"),
    ("coordinator", "", "is empty"),
    ("coordinator", "atlantis", "there is no centre atlantis"),
    ("coordinator", "Vienna", "there is no centre Vienna"),
    ("coordinator", "vienna", "already in"),
    ("coordinator", "hazelford", "is entered as aspiring, not as coordinator"),
    ("coordinator", "fernbrook", "is entered as aspiring"),
    ("aspiring", "", "is empty"),
    ("aspiring", "niedersachsen", "stands on both sides"),
    ("aspiring", "oslo", "is entered as coordinator"),
    ("aspiring", "hazelford", "already in"),
    ("aspiring", "fern brook", "there is no centre fern brook"),
    ("facilitator", "", "is empty"),
    ("facilitator", "facilitator_west", "there is no person facilitator_west"),
    ("facilitator", "facilitator_north;facilitator_south", "there is no person"),
    ("coordinator_people", "", "is empty"),
    ("coordinator_people", "coordinator_niedersachsen nobody", "there is no person nobody"),
    ("aspiring_people", "director_fernbrook director_fernbrook", "is named twice"),
    ("aspiring_people", "director.fernbrook@example.org", "there is no person"),
    ("t0", "", "is empty"),
    ("t0", "2027-13-01", "is no day of the calendar"),
    ("t0", "2027-02-29", "is no day of the calendar"),
    ("t0", "01/06/2027", "could be Tuesday 1 June 2027 or Wednesday 6 January 2027"),
    ("t0", "46174", "is an Excel serial date"),
    ("t0", "2027-06-01 09:00", "holds a time as well"),
    ("t0", "1827-06-01", "is not between 1900 and 2199"),
    ("t0", "2027-06-21", "is before t0"),
    ("contacts_on", "2027-08-01", "is before contacts_on"),
    ("contacts_on", "yes", "is not a date"),
    ("onboarding_on", "2027-05-01", "is before contacts_on"),
    ("visit_1_on", "2027-11-16", "lies in the future"),
    ("visit_1_on", "2028-01-10", "lies in the future"),
    ("visit_1_planned_on", "soon", "is not a date"),
    ("last_contact_on", "2027-12-24", "lies in the future"),
    ("memorandum_on", "2027-10-27", "is before visit_1_on"),
)

Row = dict[str, str]


def example() -> list[Row]:
    """The rows of the file that the documentation shows."""
    return list(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8"))))


def written(folder: Path, rows: list[Row]) -> Path:
    """A table of these rows as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "running.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def enter(town: World, today: datetime = TODAY) -> None:
    """The day of the adoption; centres and people of the example are in the directory."""
    town.clock.move_to(today)
    coordinators = {str(each["key"]): each for each in _coordinators()}
    with transaction(town.runtime.database) as session:
        people = set()
        for row in example():
            _add_coordinator(session, coordinators[row["coordinator"]])
            _add_aspiring(session, row["aspiring"])
            for column in ("facilitator", "coordinator_people", "aspiring_people"):
                people.update(row[column].split(" "))
        for key in sorted(people):
            name = key.replace("_", " ").title()
            directory.add_person(
                session, Contact(key, name, f"{key.replace('_', '.')}@example.org")
            )


def _coordinators() -> list[Mapping[str, object]]:
    rows = cast("Mapping[str, object]", wp6().reference["coordinators"])["coordinators"]
    return list(cast("list[Mapping[str, object]]", rows))


def _add_coordinator(session: Session, known: Mapping[str, object]) -> None:
    words = ("key", "name", "short_name", "country", "zone", "city")
    key, name, short_name, country, zone, city = (str(known[word]) for word in words)
    facts = {"domain": str(known["domain"])}
    centre = Centre(key, name, short_name, "coordinator", country, zone, city=city, facts=facts)
    directory.add_centre(session, centre)


def _add_aspiring(session: Session, key: str) -> None:
    name = key.title()
    facts = {"teaming": False}
    centre = Centre(
        *(key, f"{name} Cancer Centre", name, "aspiring", "RO", "Europe/Bucharest"),
        city=name,
        facts=facts,
    )
    directory.add_centre(session, centre)
