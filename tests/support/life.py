"""A short life of a pair for crash tests: each act may be repeated, as people and beats do."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.model.dossier import CaseId
from engine.model.outcomes import Event, Filed, FlagRaised, Signed, Triggered
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.failpoints import install
from storage.database.statements import Statement
from storage.database.transactions import reading
from tests.support.actors import act
from tests.support.world import FACILITATOR, START, World

_CASES = Statement[tuple[str, str, int]]("SELECT reference, state, version FROM cases")
_LETTERS = Statement[tuple[str, str, str]](
    """SELECT c.reference || substr(i.key, length(CAST(i.case_id AS TEXT)) + 1), i.letter, i.state
    FROM intents i JOIN cases c ON c.id = i.case_id"""
)
_ATTEMPTS = Statement[tuple[str, str, int]]("SELECT message_id, state, ambiguous FROM messages")

HISTORY = (
    ("formalised", START - timedelta(days=100)),
    ("onboarding", START - timedelta(days=80)),
    ("visit_preparation", START - timedelta(days=30)),
    ("memorandum", START),
)


class CrashError(BaseException):
    """The machine dies here. Not an Exception: nothing in the product may catch it."""


@dataclass(frozen=True)
class Step:
    """One act of somebody, with the key that makes its repetition harmless."""

    name: str
    run: Callable[[World, CaseId], None]


def _acting(name: str, event: Callable[[World], Event]) -> Step:
    def run(world: World, case: CaseId) -> None:
        answer = act(world.runtime, case, event(world), request=f"life.{name}")
        assert answer.accepted, answer.unmet

    return Step(name, run)


def _objectives() -> list[dict[str, object]]:
    return [
        {
            "title": title,
            "horizon": "short",
            "actions": ["begin"],
            "responsible": "Nurse lead",
            "milestone": "2026-12-01",
            "state": "open",
        }
        for title in ("Training plan", "Shared record")
    ]


def _signed(side: str) -> Callable[[World], Event]:
    return lambda _: Signed("memorandum", side, side, START.date(), FACILITATOR)


_MEMORANDUM: Mapping[str, object] = {
    "roadmap_version": 1,
    "next_steps": ["Begin in June."],
    "indicators": ["Share of staff with a plan"],
}


def _imported(record: str, **content: object) -> Step:
    name = f"imported-{record}"
    return _acting(name, lambda _: Filed(record, content, FACILITATOR, imported=True))


STEPS = (
    _imported("visit_1", started_on="2026-05-07", held_on="2026-05-08"),
    _imported("indicators", indicators=["Share of staff with a plan"]),
    _imported("roadmap", objectives=_objectives()),
    _acting("memorandum", lambda _: Filed("memorandum", _MEMORANDUM, FACILITATOR)),
    Step("beat-0", lambda world, _: beat(world, 0)),
    _acting("one", _signed("coordinator")),
    Step("beat-6", lambda world, _: beat(world, 6)),
    Step("beat-15", lambda world, _: beat(world, 15)),
    _acting("flag", lambda _: FlagRaised("F-11", "The data office refused.", FACILITATOR)),
    _acting("two", _signed("aspiring")),
    _acting("start", lambda _: Triggered("start_implementation", FACILITATOR)),
    Step("beat-16", lambda world, _: beat(world, 16)),
    Step("beat-20", lambda world, _: beat(world, 20)),
)


def beat(world: World, day: int) -> None:
    world.clock.move_to(START + timedelta(days=day))
    world.beat()


def live(world: World, die: Callable[[str], None]) -> CaseId:
    """Run the whole life; wherever the machine dies it is started again and the act repeated."""
    case = world.pair(history=HISTORY)
    for step in STEPS:
        while not _survived(world, step, case, die):
            world.reopen()
    _settle_down(world)
    return case


def _survived(world: World, step: Step, case: CaseId, die: Callable[[str], None]) -> bool:
    remove = install(die)
    try:
        step.run(world, case)
    except CrashError:
        return False
    finally:
        remove()
    return True


def _settle_down(world: World) -> None:
    """After the last crash: leases run out, everything due is done (F31).

    At last it is Tuesday, on which all work: Monday is a holiday in Romania.
    """
    for hours in (5, 5, 5, 33, 5):
        world.clock.move_to(world.clock() + timedelta(hours=hours))
        sweep(world.runtime)
        compose_owed(world.runtime)
        deliver(world.runtime, world.mailbox)


@dataclass(frozen=True)
class Standing:
    """What a life leaves behind, without anything that may differ by luck."""

    states: tuple[tuple[str, str, int], ...]
    letters: Counter[tuple[str, str, str]]


def standing(world: World) -> Standing:
    """Read back everything by plain SQL, apart from the product's own reading."""
    with reading(world.runtime.database) as session:
        rows = session.all(_CASES)
        letters = session.all(_LETTERS)
    return Standing(tuple(sorted(rows)), Counter(letters))


def messages(world: World) -> dict[str, tuple[str, int]]:
    """Every message with its state and its ambiguous attempts."""
    with reading(world.runtime.database) as session:
        return {row[0]: (row[1], row[2]) for row in session.all(_ATTEMPTS)}
