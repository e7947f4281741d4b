"""The loop of a simulation: the clock goes from one thing that is due to the next."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from engine.model.dossier import Dossier
from engine.model.plan import Plan
from notifications.mailer import Mailer
from runtime.clock import VirtualClock
from runtime.use_cases.start_case import start_pair
from runtime.wiring import Runtime
from simulation.actions import Deed, Stage
from simulation.acts import Pull
from simulation.agenda import Agenda, Planned
from simulation.beats import Beats, RowBeats
from simulation.mailbox import Mailbox
from simulation.memory import Memory
from simulation.memory_beats import MemoryBeats
from simulation.observer import Eyes
from simulation.people import Life, stream
from simulation.population import Troupe, new_pair
from simulation.recorder import Chronicle
from simulation.story import Story
from simulation.weekly import Weekly
from simulation.words import StoryError

_TOO_EARLY = "spoken of too early"
_MOST_TRIES = 200  # of one step in one stay
_LEAST_WAIT, _MOST_WAIT = 3, 9  # days before a refused step is tried again


@dataclass(frozen=True, slots=True)
class Scenery:
    """Everything a play needs, chosen once."""

    runtime: Runtime
    clock: VirtualClock
    story: Story
    troupe: Troupe
    lives: tuple[Life, ...]
    begins: datetime
    ends: datetime
    beside: Mailer | None


class Play:
    """One simulation from its first day to its last."""

    def __init__(self, scenery: Scenery, watch: Callable[[date, date], None] | None = None) -> None:
        flag_workflows = {
            each.flag_workflow for each in scenery.runtime.programme.workflows.values()
        }
        self.chronicle = Chronicle(flag_workflows)
        self.refused: Counter[str] = Counter()
        self._scenery = scenery
        self._runtime = replace(scenery.runtime, witness=self._notice)
        self._eyes = Eyes(self._runtime)
        self._agenda = Agenda(scenery.story, self._eyes, self._runtime.settings.programme.zone)
        self._stage = Stage(self._runtime, self._eyes, scenery.troupe.bench)
        self._mailbox = Mailbox(scenery.clock, _dying(scenery), scenery.beside)
        self.beats = self._beats()
        self._waiting = sorted(scenery.lives, key=lambda life: (life.begins, life.number))
        self._watch = watch
        self._timer_at: datetime | None = None
        self._mail_at: datetime | None = None

    def _beats(self) -> Beats:
        store = self._runtime.store
        if isinstance(store, Memory):
            weekly = Weekly(self._runtime, store.is_open)
            return MemoryBeats(self._runtime, store, self._mailbox, weekly)
        return RowBeats(self._runtime, self._mailbox, Weekly(self._runtime))

    def run(self) -> None:
        """Play until nothing is due any more, or the last day is over."""
        self._mailbox.open()
        try:
            for moment in self._moments():
                self._beat(moment)
        finally:
            self._mailbox.close()
        self._scenery.clock.move_to(self._scenery.ends)
        self.beats.rest(self._scenery.ends)

    def _moments(self) -> Iterator[datetime]:
        """The next moment at which anything is due, again and again."""
        clock, ends, day = self._scenery.clock, self._scenery.ends, None
        while (moment := self._next()) is not None and moment <= ends:
            clock.move_to(moment)
            if self._watch is not None and moment.date() != day:
                day = moment.date()
                self._watch(day, ends.date())
            yield moment

    def _next(self) -> datetime | None:
        now = self._scenery.clock()
        # From the first day on: what an act armed for this very morning is due at once.
        self._timer_at, self._mail_at = self.beats.due(self._scenery.begins)
        moments = [self._timer_at, self._mail_at, self._agenda.next_at()]
        moments.extend(life.begins for life in self._waiting[:1])
        return min((max(moment, now) for moment in moments if moment is not None), default=None)

    def _beat(self, now: datetime) -> None:
        """What the metronome does, and then the people whose moment has come."""
        if self._timer_at is not None and self._timer_at <= now:
            self.beats.sweep(now)
        self._agenda.plan_anew(now)
        while self._waiting and self._waiting[0].begins <= now:
            self._begin(self._waiting.pop(0))
            self._agenda.plan_anew(now)
        for planned in self._agenda.due(now):
            self._act(planned, now)
            self._agenda.plan_anew(now)
        self._mail()
        self._agenda.plan_anew(now)

    def _mail(self) -> None:
        is_due = self._mail_at is not None and self._mail_at <= self._scenery.clock()
        while self.chronicle.owed or is_due:
            is_due = False
            self.chronicle.owed = 0
            self.beats.mail()

    def _begin(self, life: Life) -> None:
        new = new_pair(self._scenery.story, self._scenery.troupe, life)
        case_id = start_pair(self._runtime, new, self._scenery.troupe.keeper)
        self._agenda.begin(case_id, life)

    def _act(self, planned: Planned, now: datetime) -> None:
        stay, act = planned.stay, planned.act
        if act.at is not None and (later := self._not_yet(planned, now)) is not None:
            self._agenda.again(planned, later)
            return
        deed = self._done(planned)
        if deed.is_done:
            if act.once:
                stay.life.turns -= set(act.only)
            self._agenda.is_done(planned, now)
        elif planned.again:
            return  # what is said once more and not taken was no news
        else:
            self.refused.update(deed.refused)
            self._agenda.waive_now(stay, deed.refused, now + timedelta(days=1))
            self._agenda.again(planned, self._try_again(planned, deed, now))

    def _done(self, planned: Planned) -> Deed:
        """The act, done; erratic people may speak of what nobody knows yet, and have to wait."""
        try:
            return self._stage.perform(planned.stay, planned.act)
        except StoryError:
            if not planned.stay.life.erratic:
                raise
            return Deed(refused=(_TOO_EARLY,))

    def _not_yet(self, planned: Planned, now: datetime) -> datetime | None:
        """A later moment, when the day an act hangs on was moved away meanwhile."""
        day = self._eyes.day(planned.stay.case_id, planned.act.at)
        if day is None or day <= now.date():
            return None
        return now + timedelta(days=(day - now.date()).days)

    def _try_again(self, planned: Planned, deed: Deed, now: datetime) -> datetime | None:
        waits = isinstance(planned.act, Pull) or planned.stay.life.erratic
        if not waits or planned.tries >= _MOST_TRIES:
            raise StoryError(
                f"scene {planned.stay.state}: {planned.act.name} is refused in "
                f"{planned.stay.reference}, which lacks {', '.join(deed.refused)}; "
                "correct the story"
            )
        stay = planned.stay
        draw = stream(stay.life.seed, stay.reference, stay.number, planned.act.name, planned.tries)
        later = now + timedelta(days=draw.randrange(_LEAST_WAIT, _MOST_WAIT))
        silent = stay.life.silent_from
        return None if silent is not None and later >= silent else later

    def _notice(self, plan: Plan, dossier: Dossier) -> None:
        self.chronicle.notice(plan, dossier)
        self._agenda.notice(plan, dossier)
        self._eyes.notice(plan, dossier)


def _dying(scenery: Scenery) -> dict[str, datetime]:
    """The addresses that die, and when: somewhere in the middle of what is played."""
    found: dict[str, datetime] = {}
    emails = {member.contact.key: member.contact.email for member in scenery.troupe.members}
    days = (scenery.ends - scenery.begins).days
    for life in scenery.lives:
        for name, turn in life.drawn.items():
            if not turn.bounces:
                continue
            draw = stream(life.seed, life.reference, "dying", name)
            at = life.begins + timedelta(
                days=draw.randrange(days // 5, max(days // 2, days // 5 + 1))
            )
            for key in _people(scenery, life, turn.bounces)[:1]:
                found[emails[key]] = at
    return found


def _people(scenery: Scenery, life: Life, side: str) -> tuple[str, ...]:
    if side == scenery.story.cast.invented_side:
        return scenery.troupe.homes[life.number - 1].people
    seats = scenery.troupe.bench.seats
    return seats[(life.number - 1) % len(seats)].people
