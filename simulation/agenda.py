"""What invented people mean to do, by its moment; planned anew where cases change."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.model.dossier import CaseId, Dossier
from engine.model.plan import Plan
from simulation.acts import Act, File, Waive, contrary
from simulation.observer import Eyes
from simulation.people import Life, Timing, moment_of
from simulation.story import Story

_TWICE, _CONTRARY, _EARLY = 0.2, 0.12, 0.15  # of the acts of erratic people
_SOON_AGAIN = 12  # days


@dataclass(slots=True)
class Stay:
    """One stay of a case in a state as its people see it: what they do in it, and what is done."""

    life: Life
    case_id: CaseId
    reference: str
    workflow: str
    state: str
    number: int
    acts: Mapping[str, Act]
    before: Mapping[str, tuple[str, ...]]  # the acts that come before each
    done: set[str] = field(default_factory=set)
    planned: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """An act with its moment; of two at one moment the one planned first is done first."""

    at: datetime
    number: int
    stay: Stay = field(compare=False)
    act: Act = field(compare=False)
    tries: int = field(default=0, compare=False)
    again: int = field(default=0, compare=False)  # the time it is done once more


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a case was seen last."""

    root: CaseId
    reference: str
    workflow: str
    state: str
    stay: int


class Agenda:
    """The heap of planned acts of all pairs. Only cases that changed are looked at."""

    def __init__(self, story: Story, eyes: Eyes, zone: str) -> None:
        self._story = story
        self._eyes = eyes
        self._zone = zone
        self._lives: dict[CaseId, Life] = {}
        self._stays: dict[tuple[CaseId, int], Stay] = {}
        self._standing: dict[CaseId, int] = {}
        self._changed: dict[CaseId, _Seen] = {}
        self._heap: list[Planned] = []
        self._count = 0

    def begin(self, case_id: CaseId, life: Life) -> None:
        """A pair has begun: its people follow it from now on."""
        self._lives[case_id] = life

    def notice(self, plan: Plan, dossier: Dossier) -> None:
        """A case was committed; whether it entered a state is looked at after the beat."""
        if self._standing.get(plan.case_id) != plan.stay:
            root = dossier if dossier.parent is None else dossier.parent.dossier
            self._changed[plan.case_id] = _Seen(
                root.id, dossier.reference, dossier.workflow, plan.entered, plan.stay
            )

    def plan_anew(self, now: datetime) -> None:
        """Plan what people do in the states that were entered."""
        changed, self._changed = self._changed, {}
        for case_id, seen in changed.items():
            self._standing[case_id] = seen.stay
            stay = self._stays.get((case_id, seen.stay)) or self._enter(case_id, seen, now)
            if stay is not None:
                stay.planned = set(stay.done)
                self._plan_next(stay, now)

    def next_at(self) -> datetime | None:
        return self._heap[0].at if self._heap else None

    def due(self, now: datetime) -> Iterator[Planned]:
        """The acts whose moment has come, in order, as long as their stay lasts."""
        while self._heap and self._heap[0].at <= now:
            planned = heapq.heappop(self._heap)
            if self._standing.get(planned.stay.case_id) == planned.stay.number:
                yield planned

    def is_done(self, planned: Planned, now: datetime) -> None:
        """An act succeeded: those that waited for it are planned."""
        planned.stay.done.add(planned.act.name)
        self._do_once_more(planned, now)
        if self._standing.get(planned.stay.case_id) == planned.stay.number:
            self._plan_next(planned.stay, now)

    def _do_once_more(self, planned: Planned, now: datetime) -> None:
        """Erratic people file a thing a second time, or say the contrary and take it back."""
        act, stay = planned.act, planned.stay
        if not stay.life.erratic or planned.again or not isinstance(act, File):
            return
        draw = stay.life.draw(stay.reference, stay.number, act.name, "once more")
        chance, days = draw.random(), draw.randrange(1, _SOON_AGAIN)
        later = now + timedelta(days=days)
        if chance < _TWICE:
            self._push(later, stay, act, 0, again=1)
        elif chance < _TWICE + _CONTRARY:
            self._push(later, stay, contrary(act), 0, again=1)
            self._push(later + timedelta(days=days), stay, act, 0, again=2)

    def again(self, planned: Planned, at: datetime | None) -> None:
        """An act that has to wait is tried again."""
        if at is not None:
            self._push(at, planned.stay, planned.act, planned.tries + 1)

    def waive_now(self, stay: Stay, refused: tuple[str, ...], at: datetime) -> None:
        """What is refused now may be waived, though there was nothing to waive before."""
        for act in stay.acts.values():
            is_waiver = isinstance(act, Waive) and act.requirement in refused
            if is_waiver and act.name in stay.done:
                self._push(at, stay, act, 0)

    def _enter(self, case_id: CaseId, seen: _Seen, now: datetime) -> Stay | None:
        life = self._lives.get(seen.root)
        if life is None:
            return None
        life.enter(seen.state, now)
        acts = {
            act.name: act for act in self._story.scene(seen.workflow, seen.state) if life.takes(act)
        }
        if not acts:
            return None
        stay = Stay(
            life=life,
            case_id=case_id,
            reference=seen.reference,
            workflow=seen.workflow,
            state=seen.state,
            number=seen.stay,
            acts=acts,
            before=_before(self._story.scene(seen.workflow, seen.state), acts),
        )
        self._stays[case_id, seen.stay] = stay
        return stay

    def _plan_next(self, stay: Stay, now: datetime) -> None:
        for name, act in stay.acts.items():
            if name in stay.planned or not self._may_be_next(stay, name):
                continue
            stay.planned.add(name)
            what = (stay.reference, stay.number, name)
            at = moment_of(
                stay.life, Timing(act, now, self._eyes.day(stay.case_id, act.at), self._zone, what)
            )
            if at is not None:
                self._push(at, stay, act, 0)

    def _may_be_next(self, stay: Stay, name: str) -> bool:
        """What comes before is done; erratic people do not always wait for it."""
        if stay.done.issuperset(stay.before[name]):
            return True
        if not stay.life.erratic or not isinstance(stay.acts[name], File):
            return False
        return stay.life.draw(stay.reference, stay.number, name, "order").random() < _EARLY

    def _push(self, at: datetime, stay: Stay, act: Act, tries: int, again: int = 0) -> None:
        self._count += 1
        heapq.heappush(self._heap, Planned(at, self._count, stay, act, tries, again))


def _before(scene: tuple[Act, ...], taken: Mapping[str, Act]) -> Mapping[str, tuple[str, ...]]:
    """What comes before each act; for an act that is not taken, what came before that one."""
    found: dict[str, tuple[str, ...]] = {}
    above: tuple[str, ...] = ()
    for act in scene:
        names: list[str] = []
        for name in above if act.after is None else act.after:
            names.extend((name,) if name in taken else found[name])
        found[act.name] = tuple(dict.fromkeys(names))
        above = (act.name,)
    return found
