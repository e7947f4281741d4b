"""Promises of letters that nothing keeps: a letter nobody sends, no such record, no such step."""

from collections.abc import Iterator, Mapping

from engine.checks.hierarchy import effects, rungs
from engine.letters.catalogue import Catalogue
from engine.letters.promise import UNSEEN, Promise
from engine.lint.findings import Problem, unknown
from engine.model.definition import Notify, Workflow

RECORD, STEP = "record.", "step."


def promises(workflows: Mapping[str, Workflow], letters: Catalogue) -> Iterator[Problem]:
    known = {stage.id for stage in letters.stages()}
    keepers = keepers_of(workflows)
    for promise in letters.promises:
        if promise.stage not in known:
            yield unknown(promise.place, "letter", promise.stage, known)
        yield from _unkept(promise, keepers, known)


def keepers_of(workflows: Mapping[str, Workflow]) -> frozenset[str]:
    """Everything that may keep a promise: letters that something sends, records, steps."""
    every = workflows.values()
    return frozenset(
        (
            *sent(workflows),
            *(f"{RECORD}{name}" for workflow in every for name in workflow.records),
            *(f"{STEP}{step.trigger}" for workflow in every for step in workflow.transitions),
        )
    )


def sent(workflows: Mapping[str, Workflow]) -> frozenset[str]:
    """The stages that an effect, a rung or a meeting sends."""
    found: set[str] = set()
    for workflow in workflows.values():
        found |= {each.letter for each in effects(workflow) if isinstance(each, Notify)}
        found |= {rung.letter for _, _, rung in rungs(workflow) if rung.letter is not None}
    return frozenset(found)


def _unkept(promise: Promise, keepers: frozenset[str], known: set[str]) -> Iterator[Problem]:
    for keeper in promise.kept_by:
        if keeper in UNSEEN or keeper in keepers:
            continue
        if keeper in known:
            sentence = f"{promise.stage} promises {keeper}, which nothing sends"
            yield Problem(promise.place, sentence, "send it, or promise nothing")
        else:
            yield unknown(promise.place, "keeper of a promise called", keeper, keepers)
