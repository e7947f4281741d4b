"""Small workflows, and a case that lives through them in memory as it would in a database."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from engine.dates.view import View
from engine.decide.draft import NOT_YET
from engine.decide.step import step
from engine.model.check import Check, Lack
from engine.model.definition import (
    Effect,
    Ladder,
    Rung,
    State,
    Transition,
    Workflow,
)
from engine.model.dossier import CaseId, Dossier, ReminderSent, Timer
from engine.model.office import OfficeRole
from engine.model.outcomes import (
    By,
    Event,
    Filed,
    Refusal,
    Signed,
    Started,
    TimersDue,
    Triggered,
    Unmet,
)
from engine.model.plan import Plan
from engine.model.requirement import Requirement
from engine.time.date_rules import parse_rule
from engine.time.spans import parse_span
from engine.time.windows import Window
from engine.time.zones import local_day
from tests.support.dossiers import OPENED, a_dossier

FACILITATOR = By("facilitator", "facilitator")
LEAD = By("lead", "lead")
ASPIRING = By("aspiring", "aspiring")
HEARD = replace(
    FACILITATOR, heard_from="head", heard_by="mail"
)  # what a centre wrote to the office
OFFICE = {
    "facilitator": OfficeRole("facilitator", runs=True, files=True),
    "lead": OfficeRole("lead", files=True, above="facilitator"),
}


def a_state(name: str, *ladders: Ladder, entry: tuple[Effect, ...] = (), **more: object) -> State:
    """A state in which the aspiring centre acts."""
    known = {"acts": ("aspiring",), "ladders": ladders, "entry": entry, **more}
    return State(name, name.replace("_", " ").title(), "only", **known)  # type: ignore[arg-type]  # fields by name


def a_step(
    trigger: str, source: str, target: str, *requires: Requirement, **more: object
) -> Transition:
    """A step the facilitator takes."""
    known = {"by": ("facilitator",), "requires": requires, **more}
    return Transition(trigger, trigger.title(), tuple(source.split()), target, **known)  # type: ignore[arg-type]  # fields by name


def a_requirement(name: str, check: Check, **more: object) -> Requirement:
    return Requirement(name, check, f"{name} is there.", "aspiring", f"Give {name}.", **more)  # type: ignore[arg-type]  # fields by name


def a_window(target: str, opens: str = "", ends: str = "") -> Window:
    return Window(
        parse_rule(target),
        parse_rule(opens) if opens else None,
        parse_rule(ends) if ends else None,
    )


def a_rung(at: str, letter: str | None = None, *to: str, every: str = "", **more: object) -> Rung:
    """A rung at a written date; its letter goes to the aspiring centre unless told otherwise."""
    span = parse_span(every) if every else None
    audience = to or (("aspiring",) if letter else ())
    return Rung(parse_rule(at), letter, audience, every=span, **more)  # type: ignore[arg-type]  # fields by name


def a_ladder(*rungs: Rung, name: str = "asks", **more: object) -> Ladder:
    named = tuple(replace(r, name=r.name or str(n)) for n, r in enumerate(rungs))
    return Ladder(name, named, title=f"what {name} for", **more)  # type: ignore[arg-type]  # fields by name


def a_workflow(*states: State, steps: tuple[Transition, ...] = (), **more: object) -> Workflow:
    """A workflow that begins in the first of its states."""
    known: dict[str, object] = {
        "roles": ("facilitator", "coordinator", "aspiring", "lead"),
        "sides": ("coordinator", "aspiring"),
        "office": OFFICE,
        "flag_workflow": "red_flag",
        "states": {state.name: state for state in states},
        "transitions": steps,
        **more,
    }
    return Workflow("story", "A story", "1", "test", states[0].name, **known)  # type: ignore[arg-type]  # fields by name


def a_view(dossier: Dossier, workflow: Workflow | None = None, **event: object) -> View:
    """A dossier seen at the moment it was opened."""
    return View(workflow or a_workflow(a_state("first")), dossier, OPENED, event)


def details(lacks: tuple[Lack, ...]) -> list[str]:
    return [lack.detail for lack in lacks]


@dataclass
class Story:
    """A case with its workflow, its rows and its clock."""

    workflow: Workflow
    dossier: Dossier = field(default_factory=a_dossier)
    now: datetime = OPENED
    plans: list[Plan] = field(default_factory=list)

    def starts(self) -> Plan:
        return self.goes(Started(FACILITATOR))

    def happens(self, event: Event) -> Plan | Refusal:
        """Plan the event twice, to see that nothing but the arguments counts, and keep the plan."""
        outcome = step(self.workflow, self.dossier, event, self.now)
        assert outcome == step(self.workflow, self.dossier, event, self.now)
        if isinstance(outcome, Plan):
            self.plans.append(outcome)
            self.dossier = self._after(outcome)
        else:
            assert outcome.unmet
        return outcome

    def goes(self, event: Event) -> Plan:
        outcome = self.happens(event)
        assert isinstance(outcome, Plan), outcome
        return outcome

    def refused(self, event: Event) -> tuple[Unmet, ...]:
        outcome = self.happens(event)
        assert isinstance(outcome, Refusal), outcome
        return outcome.unmet

    def step(self, trigger: str, by: By = FACILITATOR, **facts: object) -> Plan:
        return self.goes(Triggered(trigger, by, facts=facts))

    def files(self, record: str, **content: object) -> Plan:
        return self.goes(Filed(record, content, HEARD))

    def signs(self, record: str, role: str) -> Plan:
        return self.goes(Signed(record, role, f"head of {role}", self.today, HEARD))

    @property
    def today(self) -> date:
        return local_day(self.now, self.dossier.office.zone)

    def fires(self, late_since: datetime | None = None) -> Plan:
        """Fire what is due now."""
        due = tuple(timer.key for timer in self.armed() if timer.due_at <= self.now)
        return self.goes(TimersDue(due, late_since))

    def days_pass(self, days: int) -> None:
        """Let time go by; what comes due is fired at its moment."""
        until = self.now + timedelta(days=days)
        while due := [timer.due_at for timer in self.armed() if timer.due_at <= until]:
            self.now = max(self.now, min(due))
            self.fires()
        self.now = until

    def sleeps(self, days: int) -> datetime:
        """Let time go by while nothing runs; the moment it began."""
        began = self.now
        self.now += timedelta(days=days)
        return began

    def armed(self) -> list[Timer]:
        return [timer for timer in self.dossier.timers if timer.settled_at is None]

    def timer(self, key: str) -> Timer:
        return next(timer for timer in self.dossier.timers if timer.key == key)

    def due(self) -> dict[str, str]:
        """The day each armed timer comes due, by key."""
        return {timer.key: f"{timer.due_at:%Y-%m-%d}" for timer in self.armed()}

    def letters(self) -> list[str]:
        return [owed.letter for each in self.plans for owed in each.letters]

    def outcomes(self) -> dict[str, str]:
        """How each settled timer of the stay ended, by key."""
        return {t.key: t.outcome for t in self.dossier.timers if t.settled_at is not None}

    def flags(self) -> list[tuple[object, object]]:
        """Flag and severity of every open flag case."""
        return [
            (child.facts["flag"], child.facts["severity"])
            for child in self.dossier.children
            if child.workflow == "red_flag" and child.closed_at is None
        ]

    @property
    def rows(self) -> dict[int, dict[str, Timer]]:
        """Every timer there ever was, by stay and key."""
        found: dict[int, dict[str, Timer]] = {}
        for done in self.plans:
            found.setdefault(done.left_stay, {}).update({t.key: t for t in done.timers.settled})
            changed = (*done.timers.moved, *done.timers.armed)
            found.setdefault(done.stay, {}).update({t.key: t for t in changed})
        return found

    def _after(self, done: Plan) -> Dossier:
        """The case after a plan, its new children numbered and its letters remembered."""
        children = tuple(
            replace(child, id=CaseId(100 + place), state="open") if child.id == NOT_YET else child
            for place, child in enumerate(done.after.children)
        )
        return replace(done.after, children=children, asked=self._asked(done))

    def _asked(self, done: Plan) -> tuple[ReminderSent, ...]:
        before = self.dossier.asked if done.stay == self.dossier.stay else ()
        names = {person.id: person.name for person in self.dossier.people}
        owed = [(each, each.person) for each in done.letters if each.person is not None]
        day = local_day(done.at, self.dossier.office.zone)
        new = (
            ReminderSent(
                each.letter,
                each.ladder,
                names.get(who, ""),
                day,
                due_on=each.due_on,
                owed_at=done.at,
                reader=who,
            )
            for each, who in owed
        )
        return (*before, *new)
