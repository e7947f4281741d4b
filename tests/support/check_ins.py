"""Check-ins of a pair: those there are, and what people do in them."""

from engine.model.dossier import Child
from engine.model.outcomes import Event, Filed, Triggered
from tests.support.actors import act
from tests.support.pairs import Pair
from tests.support.world import FACILITATOR

_NOTE = {"summary": "Slow.", "bottlenecks": "none", "barrier": False}


def check_ins(pair: Pair) -> list[Child]:
    return [each for each in pair.dossier.children if each.workflow == "check_in"]


def opened(pair: Pair) -> list[Child]:
    return [each for each in check_ins(pair) if each.closed_at is None]


def talks(pair: Pair) -> None:
    """Somebody of the office speaks with the aspiring centre."""
    told = {"on": pair.today.isoformat(), "kind": "call", "summary": "All is well."}
    _done(pair, Filed("contact", told, FACILITATOR))


def notes(pair: Pair) -> None:
    note = {**_NOTE, "held_on": pair.today.isoformat()}
    _done(pair, Filed("note", note, FACILITATOR), opened(pair)[0])


def holds(pair: Pair) -> None:
    notes(pair)
    _done(pair, Triggered("hold", FACILITATOR), opened(pair)[0])


def _done(pair: Pair, event: Event, check_in: Child | None = None) -> None:
    answer = act(pair.world.runtime, check_in.id if check_in else pair.case, event)
    assert answer.accepted, answer.unmet
