"""Doing what the story says: each act becomes the event that a person of the case would cause."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.decide.explain import ways
from engine.model.definition import Workflow
from engine.model.dossier import EMPTY
from engine.model.outcomes import By, Event, Filed, FlagRaised, Moved, Signed, Triggered, Waived
from runtime.use_cases.advance import act as act_on
from runtime.use_cases.directory import set_centre_facts
from runtime.use_cases.start_case import Part, assign_party
from runtime.wiring import Runtime
from simulation.acts import Act, Assign, File, Learn, Move, Pull, Raise, Sign, Waive
from simulation.agenda import Stay
from simulation.calendar import in_a_free_week, is_visit
from simulation.observer import Eyes
from simulation.pool import Bench
from simulation.words import day_meant, has_words, spoken


@dataclass(frozen=True, slots=True)
class Deed:
    """How an act went: ``refused`` names the requirements that were not met."""

    refused: tuple[str, ...] = ()
    moot: bool = False  # there was nothing to do

    @property
    def is_done(self) -> bool:
        return not self.refused


@dataclass(frozen=True, slots=True)
class Stage:
    """The parts that acts need: the running programme, and the centres that are still free."""

    runtime: Runtime
    eyes: Eyes
    bench: Bench

    def perform(self, stay: Stay, act: Act) -> Deed:
        """Do an act of a stay. It may be refused, as it would be for anybody."""
        match act:
            case Assign():
                return self._assign(stay, act, self._by(stay, act))
            case Learn():
                self._learn(stay, act)
                return Deed()
            case Waive() if not self._lacks(stay, act.requirement):
                return Deed(moot=True)
            case _:
                return self._happen(stay, self._event(stay, act))

    def _event(self, stay: Stay, act: Act) -> Event:
        by = self._by(stay, act)
        match act:
            case File(record, content):
                return Filed(record, self._dated(stay, record, self._words(stay, content)), by)
            case Pull(trigger, facts, note):
                return Triggered(trigger, by, note, self._words(stay, facts))
            case Sign(record, side):
                view = self.eyes.look(stay.case_id)
                signer = view.dossier.people_as(side)[0]
                if by.role != side:  # the office notes what came on paper
                    by = replace(by, heard_from=signer.key, heard_by="paper")
                return Signed(record, side, signer.name, view.today, by)
            case Waive(requirement, reason):
                return Waived(requirement, reason, by)
            case Move(milestone, to, reason):
                return Moved(milestone, day_meant(to, self.eyes.look(stay.case_id)), reason, by)
            case Raise(flag, reason, severity):
                return FlagRaised(flag, reason, by, severity)
            case _:
                raise AssertionError(f"{type(act).__name__} is no event")

    def _happen(self, stay: Stay, event: Event) -> Deed:
        answer = act_on(self.runtime, stay.case_id, event)
        if answer.accepted:
            return Deed()
        return Deed(refused=tuple(str(unmet["requirement"]) for unmet in answer.unmet))

    def _words(self, stay: Stay, content: Mapping[str, object]) -> Mapping[str, object]:
        found = spoken(content, self.eyes.look(stay.case_id) if has_words(content) else None)
        return found if isinstance(found, Mapping) else EMPTY

    def _dated(
        self, stay: Stay, record: str, content: Mapping[str, object]
    ) -> Mapping[str, object]:
        """The days of a visit: punctual people look into their calendar before they agree."""
        if stay.life.pace is not None or not is_visit(self._workflow(stay), record):
            return content
        return in_a_free_week(self.eyes.closely(stay.case_id), record, content)

    def _workflow(self, stay: Stay) -> Workflow:
        return self.eyes.look(stay.case_id).workflow

    def _lacks(self, stay: Stay, requirement: str) -> bool:
        """Whether a requirement of any step from here is not met."""
        view = self.eyes.closely(stay.case_id)
        return any(
            unmet.requirement == requirement
            for way in ways(view)
            for unmet in (*way.unmet, *way.warnings)
        )

    def _assign(self, stay: Stay, deed: Assign, by: By) -> Deed:
        seat = self.bench.seat(stay.life)
        stay.life.people[deed.side] = seat.people
        part = Part(deed.side, seat.key, seat.people)
        assign_party(self.runtime, stay.case_id, part, by)
        return Deed()

    def _learn(self, stay: Stay, deed: Learn) -> None:
        """The directory is kept by whoever is of the office for the whole programme."""
        view = self.eyes.look(stay.case_id)
        office = [each for each in view.dossier.everybody() if each.role in view.workflow.office]
        keeper = next(each for each in office if each.general)
        by = By(keeper.key, keeper.role)
        set_centre_facts(self.runtime, view.dossier.party_of(deed.side).key, deed.facts, by)

    def _by(self, stay: Stay, act: Act) -> By:
        """Who acts in a role: those of the pair first, then whoever plays it for all."""
        people = stay.life.people.get(act.by)
        if people:
            return By(people[0], act.by)
        playing = self.eyes.look(stay.case_id).dossier.people_as(act.by)
        return By(playing[0].key if playing else act.by, act.by)
