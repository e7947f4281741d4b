"""What goes over the wire to PostgreSQL: statements and round trips of each kind of work."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from bench.asked import Asked
from bench.figures import Figure, at_most, figure
from bench.mail import Nowhere
from bench.places import on_server
from bench.scene import NOW, scene, step
from bench.wire import Traffic, wired
from engine.model.dossier import CaseId
from runtime.clock import VirtualClock
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep

_WARM, _COUNTED = 10, 10  # steps before the first that counts: statements are prepared by then
_LATER = NOW + timedelta(days=1)


def trips(_: Asked) -> Iterator[Figure]:
    """Transitions and a day's timers, their letters, and then a beat with nothing to do."""
    with on_server() as server:
        if server is None:
            yield figure("round trips", said="no PostgreSQL answers")
            return
        made = scene(server, _WARM + 2 * _COUNTED)
        clock = VirtualClock(NOW)
        with wired(made.url) as (url, traffic), replace(made, url=url).opened(clock) as runtime:
            _warmed(runtime, made.pairs)
            taken = made.pairs[_WARM : _WARM + _COUNTED]
            yield _line("transition", 6, traffic, lambda: _steps(runtime, taken))
            clock.move_to(_LATER)
            yield _line("family swept", 8, traffic, lambda: sweep(runtime).families)
            yield _line("letter composed", None, traffic, lambda: compose_owed(runtime).composed)
            yield _line("letter sent", 4, traffic, lambda: deliver(runtime, Nowhere()).accepted)
            yield _line("idle beat", None, traffic, lambda: _beat(runtime))


def _warmed(runtime: Runtime, pairs: tuple[CaseId, ...]) -> None:
    _steps(runtime, pairs[:_WARM])
    _beat(runtime)


def _steps(runtime: Runtime, pairs: tuple[CaseId, ...]) -> int:
    for pair in pairs:
        step(runtime, pair)
    return len(pairs)


def _beat(runtime: Runtime) -> int:
    sweep(runtime)
    compose_owed(runtime)
    deliver(runtime, Nowhere())
    return 1


def _line(what: str, most: int | None, traffic: Traffic, work: Callable[[], int]) -> Figure:
    traffic.clear()
    count = work()
    assert count, f"no {what}: the scene is not what it was"
    each = traffic.trips / count
    return figure(
        f"round trips of one {what}, PostgreSQL",
        None if most is None else at_most(most, round(each, 1), "{:g}".format),
        round_trips=f"{each:.1f}",
        statements=f"{traffic.statements / count:.1f}",
        counted=str(count),
    )
