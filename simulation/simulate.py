"""Invented pairs through their months: the real engine, definitions and database, a virtual clock.

Everything is played on the parts that run the programme; only the clock, the people and the mail
server are not real. The same order gives the same report, on any database and in any time zone.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from engine.time.spans import Span, add_months, shift
from engine.time.working_days import Workdays
from engine.time.zones import instant
from notifications.folder import Folder
from runtime.clock import VirtualClock
from runtime.definitions import programme_folder, sound_programme
from runtime.past import known
from runtime.settings.settings import DatabaseSettings, Settings
from runtime.use_cases.create_database import create_database
from runtime.wiring import open_runtime
from simulation.memory import Memory
from simulation.people import PEOPLE, fall_silent, lives
from simulation.population import enter, invent, story_of
from simulation.report import Played, Report, report
from simulation.runner import Play, Scenery
from simulation.story import Story
from simulation.words import StoryError

_IN_MEMORY = ("/dev/shm",)  # noqa: S108 - a folder of our own is made in it
ON = ("memory", "file")
_MOST_PAIRS = 10_000
_MOST_MONTHS = 120
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # before anything that is played


@dataclass(frozen=True, slots=True)
class Order:
    """What is simulated. ``people`` are punctual, mixed, erratic (late, twice, out of order,
    contradicting themselves), or silent from some day on.

    The months count from the day by which punctual pairs are formalised; then the story's rest of
    some weeks follows, for the last acts. In memory letters are decided and no row of a case is
    written; on a file everything is. ``database_url`` names an empty database, by default a file in
    a temporary folder; with ``letters_folder`` every letter becomes a file there.
    """

    pairs: int = 14
    months: int = 18
    seed: int = 7
    people: str = "mixed"
    on: str = "memory"
    database_url: str | None = None
    letters_folder: Path | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.pairs <= _MOST_PAIRS:
            raise StoryError(f"{self.pairs} pairs cannot be simulated; choose 1 to {_MOST_PAIRS}")
        if not 1 <= self.months <= _MOST_MONTHS:
            raise StoryError(
                f"{self.months} months are too many or few; choose 1 to {_MOST_MONTHS}"
            )
        if self.people not in PEOPLE:
            raise StoryError(f"no people are {self.people!a}; choose one of: {', '.join(PEOPLE)}")
        if self.on not in ON:
            raise StoryError(f"nothing is played on {self.on!a}; choose one of: {', '.join(ON)}")

    @property
    def is_in_memory(self) -> bool:
        """Whether families are kept in memory: what is to be read afterwards is written."""
        return self.on == "memory" and self.database_url is None and self.letters_folder is None


def simulate(
    order: Order,
    settings: Settings | None = None,
    watch: Callable[[date, date], None] | None = None,
) -> Report:
    """Play it from the first day to the last, and report. ``watch`` sees each day, and the last."""
    with stage(order, settings or Settings()) as scenery:
        play = Play(scenery, watch)
        play.run()
        return told(order, scenery, play)


def told(order: Order, scenery: Scenery, play: Play) -> Report:
    """The report of a play that is over, while its stage stands."""
    return report(scenery, play, _played(order, scenery))


@contextmanager
def stage(order: Order, settings: Settings) -> Iterator[Scenery]:
    """Everything an order needs to be played, as long as it is."""
    with ExitStack() as stack:
        url = order.database_url or stack.enter_context(_temporary())
        yield stack.enter_context(_scenery(order, settings, url))


@contextmanager
def _temporary() -> Iterator[str]:
    # In memory where there is such a place: nothing is lost with it when the machine dies.
    place = next((each for each in _IN_MEMORY if os.access(each, os.W_OK | os.X_OK)), None)
    with tempfile.TemporaryDirectory(prefix="pairing-simulation-", dir=place) as folder:
        yield f"sqlite:///{folder}/pairing.db"


@contextmanager
def _scenery(order: Order, settings: Settings, url: str) -> Iterator[Scenery]:
    chosen = settings.model_copy(update={"database": DatabaseSettings(url=url)})
    clock = VirtualClock(_EPOCH)
    programme = sound_programme(programme_folder(chosen))
    create_database(chosen, rehearsal=False, at=_EPOCH, programme=programme)
    with open_runtime(chosen, clock, programme) as runtime:
        story = story_of(runtime.programme)
        begins = instant(story.begins, time(0), chosen.programme.zone)
        clock.move_to(begins)
        troupe = invent(runtime.programme, story, order.pairs)
        enter(runtime, troupe)
        drawn = lives(story, order.pairs, order.seed, order.people)
        if order.people == "silent":
            for life in drawn:
                fall_silent(life, _length(story, order.months))
        yield Scenery(
            runtime=replace(runtime, store=Memory(known(runtime)))
            if order.is_in_memory
            else runtime,
            clock=clock,
            story=story,
            troupe=troupe,
            lives=tuple(drawn),
            begins=begins,
            ends=instant(_last_day(story, order.months), time(23, 59), chosen.programme.zone),
            beside=Folder(order.letters_folder) if order.letters_folder is not None else None,
        )


def _played(order: Order, scenery: Scenery) -> Played:
    first, last = scenery.begins.date(), scenery.ends.date()
    return Played(order.pairs, order.months, order.seed, order.people, first, last)


def _last_day(story: Story, months: int) -> date:
    formalised = shift(story.begins, story.before, Workdays.plain())
    return shift(add_months(formalised, months), story.rest, Workdays.plain())


def _length(story: Story, months: int) -> Span:
    return Span(days=(_last_day(story, months) - story.begins).days)
