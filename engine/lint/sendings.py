"""Every letter that a definition sends: to whom, where, and what is surely there by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.checks.hierarchy import Lineage
from engine.checks.values import FactIs
from engine.lint.certainty import certainty_of
from engine.lint.given import Given
from engine.lint.occasions import CANCELLED, FILED, FLAGGED, INVITED, MOVED, NOTICES, SIGNED, STEP
from engine.model.check import Check
from engine.model.definition import WHOSE_TURN, Effect, Notify, SetFact, State, Workflow
from engine.model.meetings import Meeting
from engine.places import Place


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that a definition sends: to whom, and what is given by then."""

    letter: str
    to: tuple[str, ...]
    given: Given
    place: Place
    is_asked: bool = False  # a ladder asks: somebody is waited for
    when: Check | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """Who may read it; where it goes to whose turn it is, whoever acts in its states."""
        workflow = self.given.definition
        names = self.given.states or tuple(workflow.states)
        acting = [role for name in names for role in workflow.state(name).acts]
        found = (acting if each == WHOSE_TURN else [each.partition(".")[0]] for each in self.to)
        return tuple(dict.fromkeys(role for roles in found for role in roles))


@lru_cache(maxsize=32)
def sendings(workflow: Workflow, lines: Lineage) -> tuple[Sending, ...]:
    return tuple(_sendings(workflow, Given(workflow.name, lines, certainty_of(lines))))


def _sendings(workflow: Workflow, start: Given) -> Iterator[Sending]:
    for step in workflow.transitions:
        yield from _sent(step.effects, start.by_step(step))
    for state in workflow.states.values():
        yield from _of_state(state, start.in_state(state.name), begins=workflow.initial)
    for record in workflow.records.values():
        filed = start.filed(record.name)
        yield from _sent(record.effects, filed.saying(FILED))
        yield from _sent(record.signed, filed.saying(SIGNED))
    for meeting in workflow.meetings.values():
        yield from _of_meeting(meeting, start)
    for flag in workflow.flags.values():
        yield from _sent(flag.effects, start.saying(FLAGGED))
    for name, notices in workflow.notices.items():
        yield from _sent(notices, start.saying(NOTICES.get(name, frozenset())))


def _of_state(state: State, given: Given, begins: str) -> Iterator[Sending]:
    """On entry, where a case that begins there has no step to speak of, and by its ladders."""
    yield from _sent(state.entry, given if state.name == begins else given.saying(STEP))
    for ladder in state.ladders:
        for rung in ladder.rungs:
            if rung.letter is not None:
                then = given.by_rung(rung.at, state.window)
                yield Sending(rung.letter, rung.to, then, rung.place, is_asked=True)


def _of_meeting(meeting: Meeting, start: Given) -> Iterator[Sending]:
    """Whoever reads of a change, or that it is off, was invited; so the partner is there."""
    agreed = start.filed(f"{meeting.record}.{meeting.begins}").beside_partner()
    off = start.beside_partner()
    to, place = meeting.invitation.to, meeting.place
    yield Sending(meeting.invitation.letter, to, agreed.saying(INVITED), place)
    yield Sending(meeting.moved, to, agreed.saying(MOVED), place)
    yield Sending(meeting.cancelled, to, off.saying(CANCELLED), place)


def _sent(effects: tuple[Effect, ...], given: Given) -> Iterator[Sending]:
    """The letters among effects; a fact that was set where something holds stands for it."""
    because: dict[str, tuple[object, Check | None]] = {}
    for effect in effects:
        if isinstance(effect, SetFact):
            because[f"fact.{effect.fact}"] = (effect.value, effect.when)
        if isinstance(effect, Notify):
            when = effect.when
            then = given.when(when)
            if isinstance(when, FactIs) and when.of in because:
                value, reason = because[when.of]
                then = then.when(reason) if when.one_of == (value,) else then
            yield Sending(effect.letter, effect.to, then, effect.place, when=when)
        given = given.after(effect)
