"""A small workflow, and cases that live through it in a real database."""

import random
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.checks.programme import LoadWithin
from engine.checks.values import Present
from engine.decide.decide import decide
from engine.model.decision import Decision
from engine.model.definition import Notify, RaiseFlag, RecordType, SetFact, Watch, Workflow
from engine.model.dossier import CaseId, Dossier, PersonId
from engine.model.fields import Field
from engine.model.outcomes import (
    By,
    Event,
    Filed,
    Moved,
    Refreshed,
    Refusal,
    Signed,
    Started,
    TimersDue,
    Triggered,
    Waived,
)
from engine.model.phase import Phase
from engine.model.plan import Plan
from engine.time.windows import Anchor, Source
from engine.time.zones import local_day
from storage.cases import cases, timers
from storage.cases.cases import NewCase
from storage.cases.load import Known, load_family
from storage.cases.write import write
from storage.database.transactions import Database, Session, open_database, reading, transaction
from storage.directory import directory, roles
from storage.directory.directory import Centre, Contact
from storage.directory.office import keep_office
from storage.directory.roles import Role
from storage.programme import definitions
from tests.support.dossiers import OFFICE, OPENED, PLACES
from tests.support.stories import OFFICE as THE_OFFICE
from tests.support.stories import a_ladder, a_requirement, a_rung, a_state, a_step, a_window

FACILITATOR = By("facilitator", "facilitator")
HEARD = By("facilitator", "facilitator", "head", "paper")  # what a centre gave to the office
LEAD = By("lead", "lead")
DAY, MONTH_3 = timedelta(days=1), a_window("T0 + P3M")
WORKS_ON = Anchor("works_on", (Source("fact", "works_on"),))
WAIVED = Waived("paper_there", "seen on paper", LEAD)


def a_programme() -> Workflow:
    """Ask, work, meet, end; it may pause anywhere, and owes letters on the way."""
    states = (
        a_state("asking", ASKS, window=a_window("T0 + P1M")),
        a_state("working", window=MONTH_3, meets="visit", agreed="works_on", holds_place=True),
        a_state("meeting", a_ladder(a_rung("P3D", "N-02.ask"), name="meets")),
        a_state("paused", pauses=True),
        a_state("ended", final=True),
    )
    return Workflow(
        name="small",
        title="A small programme",
        version="1",
        programme="test",
        initial="asking",
        roles=("facilitator", "coordinator", "aspiring", "lead"),
        sides=("coordinator", "aspiring"),
        office=THE_OFFICE,
        states={state.name: state for state in states},
        transitions=STEPS,
        phases={"only": Phase("only", "Only")},
        records={"paper": PAPER},
        watches=(Watch(LIGHT, RaiseFlag("F-20"), filed=("plan",)),),
        anchors={"T0": Anchor("T0", (Source("entered", "asking"),)), "works_on": WORKS_ON},
        start_anchor="T0",
        digest="digest-of-small",
    )


LIGHT = a_requirement("load", LoadWithin("facilitator", visits=1, meetings=9))
ASKS = a_ladder(
    a_rung("P0D", "N-01.ask"),
    a_rung("P5D", "N-01.nudge"),
    a_rung("P10D", "N-01.nudge", "aspiring.team", "lead", every="P10D"),
    unmet=Present("record.paper"),
)
_SIDES = ("coordinator", "aspiring")
_TITLE = (Field("title", "text"),)
PAPER = RecordType("paper", "Paper", ("aspiring",), fields=_TITLE, signatories=_SIDES)
PAPER_THERE = a_requirement("paper_there", Present("record.paper"), waiver=("lead",))
TOLD = Notify("N-03.told", ("aspiring.team", "lead"))
STEPS = (
    a_step("work", "asking", "working", PAPER_THERE, effects=(TOLD,)),
    a_step("meet", "working", "meeting", effects=(SetFact("met", value=True),)),
    a_step("again", "meeting", "working"),
    a_step("pause", "asking working meeting", "paused"),
    a_step("resume", "paused", "resume"),
    a_step("end", "asking working meeting", "ended"),
)


@dataclass
class Lives:
    """A database with a directory, and what happens to the cases in it."""

    database: Database
    workflow: Workflow = field(default_factory=a_programme)
    now: datetime = OPENED

    def known(self, digest: str) -> Workflow:
        assert digest == self.workflow.digest
        return self.workflow

    def opens(self, reference: str = "PAIR-1", **facts: object) -> CaseId:
        """A case with a centre on each side, two people in each role, at its first stay."""
        with transaction(self.database) as session:
            return self.open_in(session, reference, facts)

    def open_in(self, session: Session, reference: str, facts: Mapping[str, object]) -> CaseId:
        parties = {s: (_centre(session, f"{s}-{reference}", s),) for s in self._sides}
        new = NewCase(
            "small",
            self.workflow.digest,
            "asking",
            self.now,
            reference,
            parties=parties,
            facts=facts,
        )
        case_id = cases.open_case(session, new)
        for role in ("facilitator", *self._sides):
            # The deputy stands first in the rows, and yet gives way to the main person.
            for key, main in ((f"{role}-{reference}-deputy", False), (f"{role}-{reference}", True)):
                person = _person(session, key)
                roles.give(session, Role(role, person, self.now.date(), case_id, main=main))
        self.happen_in(session, case_id, Started(FACILITATOR))
        return case_id

    @property
    def _sides(self) -> tuple[str, ...]:
        return self.workflow.sides

    def happens(self, case_id: CaseId, event: Event) -> Plan | Refusal:
        with transaction(self.database) as session:
            return self.happen_in(session, case_id, event)

    def happen_in(self, session: Session, case_id: CaseId, event: Event) -> Plan | Refusal:
        family = load_family(session, case_id, self.definitions)
        decision = decide(family, event, self.now, on=case_id)
        if isinstance(decision, Refusal):
            return decision
        write(session, decision)
        return decision.outcome

    def late(self, case_id: CaseId, event: Event) -> Decision:
        """What follows from an event as the case stands now, decided and not written."""
        with reading(self.database) as session:
            family = load_family(session, case_id, self.definitions, lock=False)
        decision = decide(family, event, self.now, on=case_id)
        assert isinstance(decision, Decision)
        return decision

    @property
    def definitions(self) -> Known:
        return Known(self.known, {self.workflow.name: self.workflow})

    def goes(self, case_id: CaseId, event: Event) -> Plan:
        outcome = self.happens(case_id, event)
        assert isinstance(outcome, Plan), outcome
        return outcome

    def step(self, case_id: CaseId, trigger: str) -> Plan:
        return self.goes(case_id, Triggered(trigger, FACILITATOR, note=f"we {trigger}"))

    def files(self, case_id: CaseId, title: str = "A paper") -> Plan:
        return self.goes(case_id, Filed("paper", {"title": title}, HEARD))

    def signs(self, case_id: CaseId, role: str) -> Plan:
        day = local_day(self.now, OFFICE.zone)
        return self.goes(case_id, Signed("paper", role, f"head of {role}", day, HEARD))

    def waives(self, case_id: CaseId) -> Plan:
        return self.goes(case_id, WAIVED)

    def fires(self) -> int:
        """Fire everything due now, a case at a time."""
        with transaction(self.database) as session:
            due = timers.due_timers(session, self.now, limit=100)
            for each in due:
                self.happen_in(session, each.case_id, TimersDue(each.keys))
        return len(due)

    def dossier(self, case_id: CaseId) -> Dossier:
        with reading(self.database) as session:
            return load_family(session, case_id, self.definitions).whole(case_id)

    def wanders(self, case_id: CaseId, chance: random.Random, steps: int) -> None:
        """Live some days, doing now this and now that; refusals are part of it."""
        for _ in range(steps):
            self.now += DAY * chance.randint(0, 4)
            self.fires()
            self.happens(case_id, self._something(chance))

    def _something(self, chance: random.Random) -> Event:
        days = timedelta(days=chance.randint(10, 90))
        names = ("work", "meet", "again", "pause", "resume")
        steps = [Triggered(name, FACILITATOR, note=f"because {name}") for name in names]
        events: list[Event] = [
            Filed("paper", {"title": f"Draft {chance.randint(1, 99)}"}, HEARD),
            Signed("paper", "aspiring", "head of aspiring", self.now.date(), HEARD),
            Moved("working", (self.now + days).date(), "they asked for it", FACILITATOR),
            WAIVED,
            Refreshed(),
            *steps,
        ]
        return chance.choice(events)


def _centre(session: Session, key: str, side: str) -> int:
    country, zone = PLACES[side]
    return directory.add_centre(session, Centre(key, f"Centre {key}", key, side, country, zone))


def _person(session: Session, key: str) -> PersonId:
    return directory.add_person(session, Contact(key, f"The {key}", f"{key}@example.org".lower()))


@contextmanager
def lives(url: str) -> Generator[Lives]:
    """A database at this address, its definition kept and its lead appointed."""
    database = open_database(url)
    try:
        story = Lives(database)
        with transaction(database) as session:
            definitions.keep(session, story.workflow, "the text of small", OPENED)
            keep_office(session, Centre("office", "Office", "Office", "", *PLACES["office"]))
            for key, main in (("lead-deputy", False), ("lead", True)):
                roles.give(session, Role("lead", _person(session, key), OPENED.date(), main=main))
        yield story
    finally:
        database.close()
