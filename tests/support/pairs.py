"""Pairs of the real programme brought to where a story begins, by the acts of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import By, Moved, Waived
from runtime.families import dossier_of
from runtime.use_cases.advance import Answer
from storage.cases import timers, views
from storage.cases.views import Shown
from storage.database.transactions import reading
from storage.journal import lines
from storage.journal.lines import JournalLine
from tests.support.actors import act
from tests.support.pair_records import content
from tests.support.played_before import once
from tests.support.world import FACILITATOR, LEAD, World

# Each state of the main way: what has to be filed there, and the step that leads on.
WAY: Mapping[str, tuple[tuple[str, ...], str]] = {
    "eoi_received": (("eoi",), "accept_eoi"),
    "diagnostic": (("readiness", "maturity_baseline"), "finish_diagnostic"),
    "match_proposed": (("match",), "send_proposal"),
    "match_validation": (("match_answer",), "confirm_match"),
    "match_confirmed": ((), "formalise"),
    "formalised": (("contacts", "mirrors"), "begin_onboarding"),
    "onboarding": (
        ("onboarding_slides", "gap_analysis", "indicators", "onboarding"),
        "finish_onboarding",
    ),
    "visit_preparation": (
        ("visit_1_dates", "visit_1_agenda", "synthesis", "travel"),
        "begin_visit",
    ),
    "first_visit": (("day_1_synthesis", "areas", "roadmap", "visit_1"), "finish_visit"),
    "memorandum": (("memorandum",), "start_implementation"),
    "implementation": ((), "begin_mid_term"),
    "mid_term": (("mid_term", "mid_term_deck", "maturity_mid_term"), "finish_mid_term"),
    "report_loop": (
        ("mid_term_report", "response", "report_meeting", "roadmap"),
        "continue_implementation",
    ),
    "continued_implementation": (("workshop_date",), "begin_workshop"),
    "workshop": (
        (
            *("workshop_agenda", "workshop_presentation", "site_assessment", "sustainability"),
            *("commitments", "roadmap", "workshop"),
        ),
        "finish_workshop",
    ),
}


@dataclass(frozen=True)
class Pair:
    """A pair in a world, as its people see it."""

    world: World
    case: CaseId

    @property
    def today(self) -> date:
        return self.world.clock().date()

    def files(self, record: str, by: By = FACILITATOR, **changed: object) -> Answer:
        """File a believable version of a record, with these fields changed."""
        filled = content(record, self.today)
        if record == "memorandum" and (roadmap := self.dossier.latest("roadmap")) is not None:
            filled["roadmap_version"] = roadmap.number
        answer = self.world.file(self.case, record, by, **{**filled, **changed})
        assert answer.accepted, answer.unmet
        return answer

    def goes(self, trigger: str, by: By = FACILITATOR, **facts: object) -> Answer:
        answer = self.world.pull(self.case, trigger, by, **facts)
        assert answer.accepted, answer.unmet
        return answer

    def refused(self, trigger: str, by: By = FACILITATOR, **facts: object) -> "Refused":
        """Try a step; what is unmet, by the name of the requirement."""
        answer = self.world.pull(self.case, trigger, by, **facts)
        assert not answer.accepted, answer
        assert self.state == answer.state
        return Refused({str(unmet["requirement"]): unmet for unmet in answer.unmet})

    def waives(self, requirement: str, by: By = LEAD, reason: str = "Agreed by mail.") -> Answer:
        return act(self.world.runtime, self.case, Waived(requirement, reason, by))

    def moves(self, milestone: str, to: date, reason: str) -> Answer:
        return act(self.world.runtime, self.case, Moved(milestone, to, reason, FACILITATOR))

    def signs(self, *sides: str) -> None:
        for side in sides:
            assert self.world.sign(self.case, "memorandum", side).accepted

    def gets_to(self, state: str) -> "Pair":
        """Walk the main way up to a state: everything is filed, every step taken."""
        if self.state != state:
            once(self.world, f"{self.case} gets to {state}", lambda: self._walks_to(state))
        return self

    def _walks_to(self, state: str) -> None:
        while self.state != state:
            records, step = WAY[self.state]
            for record in records:
                self.files(record)
            if self.state == "memorandum":
                self.signs("coordinator", "aspiring")
            if self.state == "implementation":
                self.waives("check_ins_held", FACILITATOR)
            self.goes(step)

    def files_all(self, *but: str) -> "Pair":
        """File what the state asks for, except some."""
        for record in WAY[self.state][0]:
            if record not in but:
                self.files(record)
        return self

    @property
    def dossier(self) -> Dossier:
        runtime = self.world.runtime
        with reading(runtime.database) as session:
            return dossier_of(runtime, session, self.case)

    @property
    def state(self) -> str:
        with reading(self.world.runtime.database) as session:
            return views.case_line(session, self.case).state

    @property
    def journal(self) -> tuple[JournalLine, ...]:
        with reading(self.world.runtime.database) as session:
            return lines.journal_lines(session, self.case)

    def flags(self) -> dict[object, object]:
        """The severity of every open flag, by its name."""
        return {
            child.facts["flag"]: child.facts["severity"]
            for child in self.dossier.children
            if child.workflow == "red_flag" and child.closed_at is None
        }

    def due(self) -> dict[str, date]:
        """The day each armed timer comes due, by key."""
        timers = self.dossier.timers
        return {each.key: each.due_at.date() for each in timers if each.settled_at is None}


@dataclass(frozen=True)
class Refused:
    """What a refused step told."""

    unmet: Mapping[str, Mapping[str, object]]

    def names(self) -> set[str]:
        return set(self.unmet)

    def says(self, requirement: str) -> tuple[object, ...]:
        """Rule, owner, who may waive; remedy and detail must be there."""
        unmet = self.unmet[requirement]
        assert unmet["detail"]
        assert str(unmet["remedy"]).endswith(".")
        return unmet["rule"], unmet["owner"], unmet["waiver"]


def a_pair(
    world: World, reference: str = "VIE-BIR", history: tuple[tuple[str, datetime], ...] = ()
) -> Pair:
    """A new pair of two invented centres; with a history it stands at the end of it."""
    return Pair(world, world.pair(reference, history=history))


def days_go_by(world: World, days: int) -> None:
    """Let days pass while the engine runs: it beats at every moment at which anything is due.

    In the last hours it beats all the time, as it would all along: nobody takes it for down.
    """
    until = world.clock() + timedelta(days=days)
    evening = until - timedelta(hours=3)
    while (moment := _next(world)) is not None and moment <= evening:
        world.clock.move_to(moment)
        world.beat()
    for half_hour in range(7):
        world.clock.move_to(evening + timedelta(minutes=30 * half_hour))
        world.beat()


def _next(world: World) -> datetime | None:
    with reading(world.runtime.database) as session:
        return timers.next_due(session)


def states(world: World) -> dict[str, str]:
    """Where every case of the database stands, children too, by reference."""
    with reading(world.runtime.database) as session:
        lines = views.overview(session, Shown(closed=True))
    return {line.reference: line.state for line in lines}
