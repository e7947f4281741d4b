"""Stages of letters that nothing sends, or nothing but what sends them anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from engine.checks.hierarchy import nested
from engine.checks.values import FactIs
from engine.letters.attention import FIXED_SLOT
from engine.letters.catalogue import Catalogue
from engine.lint.findings import Problem
from engine.lint.given import ELSEWHERE
from engine.lint.paths import lies_in
from engine.lint.reachability import reachable, resuming, steps_between
from engine.lint.sendings import Sending
from engine.model.definition import Transition

_RECORD = "record."


def unsent(
    letters: Catalogue, sent: Iterable[Sending], used: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """What the engine itself sends, such as an overview, says what only that tells."""
    anew: dict[str, bool] = {}
    for each in sent:
        anew[each.letter] = anew.get(each.letter, True) and _is_anew(each)
    for stage in letters.stages():
        sources = (letters.facts[name].source for name in used.get(stage.id, ()))
        is_of_engine = any(source.partition(".")[0] in ELSEWHERE for source in sources)
        if stage.urgency == FIXED_SLOT and stage.id in anew:
            remedy = "let nothing send it, or write another urgency"
            yield Problem(stage.place, f"{stage.id} has a slot of its own, and is sent", remedy)
        if anew.get(stage.id, True) and not is_of_engine:
            often = " a first time" if stage.id in anew else ""
            remedy = "send it in a step or a ladder, or take the stage out"
            yield Problem(stage.place, f"nothing sends {stage.id}{often}", remedy)


def _is_anew(sending: Sending) -> bool:
    """Whether it goes only where it was sent before, or its record was asked for before."""
    match sending.when:
        case FactIs(of="event.renewed", one_of=(True,)):
            return True
        case FactIs(of="case.state", one_of=states):
            records = [path for path in sending.given.paths if path.startswith(_RECORD)]
            return bool(states and records) and all(
                _is_asked_before(sending, path, str(state)) for path in records for state in states
            )
        case _:
            return False


def _is_asked_before(sending: Sending, record: str, state: str) -> bool:
    """Whether every way to a state asks for a record first, be it waived or not."""
    workflow = sending.given.definition
    asking = {n for n, step in enumerate(workflow.transitions) if _asks(step, record)}
    graph = steps_between(workflow, asking | resuming(workflow))
    return state not in reachable(graph, [workflow.initial])


def _asks(step: Transition, record: str) -> bool:
    checks = (each for asked in step.requires if not asked.warns for each in nested(asked.check))
    return any(lies_in(path, record) for each in checks for path in each.paths())
