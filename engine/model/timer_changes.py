"""What an event does to the timers of a case."""

from dataclasses import dataclass

from engine.model.dossier import Timer


@dataclass(frozen=True, slots=True)
class TimerChanges:
    """What becomes of the timers: armed anew, moved to another instant, settled with an outcome."""

    armed: tuple[Timer, ...] = ()
    moved: tuple[Timer, ...] = ()
    settled: tuple[Timer, ...] = ()


NO_TIMERS = TimerChanges()
