"""The lives of invented people: the turns a pair takes, its silences, how late its people are.

Every draw has a stream of its own, named after what it is for: whatever else happens, and in which
order, changes nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from engine.time.spans import Span, longest_days
from engine.time.zones import instant, local_day
from simulation.acts import Act
from simulation.story import Pace, Story, Turn
from simulation.words import weekday

PEOPLE = ("punctual", "mixed", "silent", "erratic")

_DRAWN = frozenset({"mixed", "erratic"})
_FAR_MORE = 3
_USUAL = 5  # days that somebody slow lets pass where others act on the day
_MORNING, _EVENING = 9 * 60, 17 * 60  # minutes of a day in which people act


@dataclass(slots=True)
class Life:
    """One pair: what is drawn for it once, and the silences that came over it."""

    seed: int
    number: int
    reference: str
    begins: datetime
    turns: frozenset[str]
    drawn: Mapping[str, Turn]
    people: dict[str, tuple[str, ...]]
    pace: Pace | None  # None: punctual
    erratic: bool = False  # does things twice, out of order, and contradicts what was said
    silent_from: datetime | None = None
    quiet: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)  # of its case, beside the story's

    def takes(self, act: Act) -> bool:
        """Whether an act of the story belongs to this life."""
        wanted = not act.only or bool(self.turns & set(act.only))
        return wanted and not self.turns & set(act.unless)

    def enter(self, state: str, now: datetime) -> None:
        """A silence begins with the state it is told of, once."""
        for turn in self.drawn.values():
            silence = turn.silent
            if silence is not None and silence.state == state and silence.role not in self.quiet:
                until = now + timedelta(days=longest_days(silence.lasts))
                self.quiet[silence.role] = (now, until)

    def slowness(self, role: str) -> float:
        return max((turn.slow.get(role, 1.0) for turn in self.drawn.values()), default=1.0)

    def draw(self, *what: object) -> Random:
        return stream(self.seed, self.reference, *what)


@dataclass(frozen=True, slots=True)
class Timing:
    """What is known of an act when its moment is drawn."""

    act: Act
    possible_at: datetime
    day: date | None  # not before this day
    zone: str
    what: tuple[object, ...]  # names the stream


def stream(seed: int, *what: object) -> Random:
    """A stream of draws of its own, the same on every machine."""
    return Random("/".join(str(part) for part in (seed, *what)))  # noqa: S311 - a play, no secret


def lives(story: Story, pairs: int, seed: int, people: str) -> list[Life]:
    """So many lives, drawn one by one: a further pair changes nothing of the others."""
    return [_life(story, number, seed, people) for number in range(1, pairs + 1)]


def _life(story: Story, number: int, seed: int, people: str) -> Life:
    reference = f"P-{number:02d}"
    draw = stream(seed, reference, "life")
    spread = longest_days(story.spread)
    day = weekday(story.begins + timedelta(days=draw.randrange(spread + 1)))
    taken = {
        name: turn
        for name, turn in story.turns.items()
        if people in _DRAWN and stream(seed, reference, "turn", name).random() < turn.share
    }
    return Life(
        seed=seed,
        number=number,
        reference=reference,
        begins=instant(day, _time_of_day(draw), "UTC"),
        turns=frozenset(taken),
        drawn=taken,
        people={},
        pace=_pace(story, people),
        erratic=people == "erratic",
    )


def _pace(story: Story, people: str) -> Pace | None:
    """Mixed people are late as the story says, erratic ones far more often."""
    if people not in _DRAWN:
        return None
    often = min(1.0, story.pace.late * _FAR_MORE) if people == "erratic" else story.pace.late
    return story.pace.model_copy(update={"late": often})


def moment_of(life: Life, timing: Timing) -> datetime | None:
    """When an act is done; None when its person has fallen silent for ever."""
    draw = life.draw(*timing.what)
    possible = local_day(timing.possible_at, timing.zone)
    day = max(possible, timing.day or possible) + timedelta(days=_wait(life, timing.act, draw))
    at = instant(weekday(day), _time_of_day(draw), timing.zone)
    if at <= timing.possible_at:
        at = timing.possible_at + timedelta(minutes=draw.randrange(5, 90))
    at = _after_silence(life, timing.act.by, at, draw)
    return None if life.silent_from is not None and at >= life.silent_from else at


def _wait(life: Life, act: Act, draw: Random) -> int:
    """Days until somebody does it: soon, or late, or as slowly as they do everything."""
    within = longest_days(act.within)
    days = draw.randrange(within + 1)
    if life.pace is not None and draw.random() < life.pace.late:
        days += draw.randrange(longest_days(life.pace.by) + 1)
    return days + round((life.slowness(act.by) - 1) * max(within, _USUAL))


def _after_silence(life: Life, role: str, at: datetime, draw: Random) -> datetime:
    begins, ends = life.quiet.get(role, (at, at))
    return ends + timedelta(minutes=draw.randrange(600)) if begins <= at < ends else at


def _time_of_day(draw: Random) -> time:
    hour, minute = divmod(draw.randrange(_MORNING, _EVENING), 60)
    return time(hour, minute)


def fall_silent(life: Life, span: Span) -> None:
    """Draw the moment from which nobody of a pair does anything any more."""
    days = life.draw("silent").randrange(1, longest_days(span))
    life.silent_from = life.begins + timedelta(days=days)
