"""The circle of one guide and three members at work, as its people would use it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

from engine.model.changes import Changes
from engine.model.dossier import CaseId
from engine.model.outcomes import Amended, By, Filed, Signed, Triggered
from runtime.clock import VirtualClock
from runtime.queries.find_case import open_child
from runtime.use_cases.act_together import act_together
from runtime.use_cases.advance import Answer
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import NewPair, start_pair
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact
from tests.support.databases import lay_tables
from tests.support.exchange import Town, running, settings
from tests.support.world import START

FOLDER = Path(__file__).parents[1] / "journeys" / "programmes" / "group"
HOSPITALS = (
    ("lake", "guide", "AT", "Europe/Vienna"),
    ("hill", "member", "FI", "Europe/Helsinki"),
    ("mill", "member", "PT", "Europe/Lisbon"),
    ("vale", "member", "EE", "Europe/Tallinn"),
)
MEMBERS = ("hill", "mill", "vale")
CONVENER, COUNCIL = By("convener", "convener"), By("council", "council")


class Circle:
    """A circle in a town of hospitals: what its people do, and what they are written."""

    def __init__(self, town: Town) -> None:
        self.town = town
        sides = {"guide": ("lake",), "member": MEMBERS}
        new = NewPair("CIRCLE", sides, sides, workflow="circle")
        self.case: CaseId = start_pair(town.runtime, new, CONVENER)

    @property
    def today(self) -> date:
        return self.town.clock().date()

    def files(self, record: str, by: str = "convener", **content: object) -> Answer:
        person = CONVENER if by == "convener" else By(by, _side(by))
        return self.town.does(self.case, Filed(record, content, person))

    def signs(self, *hospitals: str) -> None:
        for each in hospitals:
            by = By(each, _side(each))
            signed = Signed("charter", _side(each), f"Head of {each}", self.today, by)
            assert self.town.does(self.case, signed).accepted

    def goes(self, step: str, by: By = CONVENER, note: str = "") -> Answer:
        return self.town.does(self.case, Triggered(step, by, note))

    def lacks(self, step: str) -> list[str]:
        return [str(each["detail"]) for each in self.goes(step).unmet]

    def tells(self, by: str, **said: object) -> Answer:
        """What a hospital, or the convener, says about the day of the workshop."""
        person = CONVENER if by == "convener" else By(by, _side(by))
        return self.town.does(self.case, Amended("workshop_day", Changes(values=said), person))

    def calls(self) -> Answer:
        """The call that is due is held."""
        found = open_child(self.town.runtime, self.case, "call")
        assert found is not None
        note = {"held_on": self.today.isoformat(), "summary": "All is well."}
        return act_together(
            self.town.runtime,
            found[1],
            Filed("note", note, CONVENER),
            Triggered("hold", CONVENER),
        )

    def letters_of(self, days: int) -> Counter[tuple[str, str]]:
        """Who was written what while these days went by, by key and letter."""
        before = len(self.town.mailbox.letters)
        self.town.days_go_by(days)
        fresh = self.town.mailbox.letters[before:]
        return Counter(
            (each.recipient.partition("@")[0], subject_of(each.frozen)) for each in fresh
        )


def subject_of(letter: bytes) -> str:
    return str(message_from_bytes(letter, policy=policy.default)["Subject"])


def _side(hospital: str) -> str:
    return next(side for key, side, *_ in HOSPITALS if key == hospital)


@contextmanager
def a_circle(folder: Path) -> Iterator[Circle]:
    """The programme with its hospitals, and one circle that has just begun."""
    where = settings(folder, FOLDER, "group")
    lay_tables(where.database.url)
    create_database(where, rehearsal=False, at=START)
    with running(where, VirtualClock(START)) as town:
        with transaction(town.runtime.database) as session:
            for key, side, country, zone in HOSPITALS:
                centre = Centre(key, f"Hospital {key.title()}", key, side, country, zone)
                number = directory.add_centre(session, centre)
                mail = f"{key}@example.org"
                directory.add_person(session, Contact(key, key.title(), mail, centre_id=number))
            for key in ("convener", "council"):
                person = directory.add_person(
                    session, Contact(key, key.title(), f"{key}@example.org")
                )
                roles.give(session, Role(key, person, main=True))
        yield Circle(town)
