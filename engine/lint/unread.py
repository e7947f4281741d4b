"""Facts and anchors that nothing reads: a slip of the pen, or what was left behind."""

from collections.abc import Iterator

from engine.checks.dated import OnOrBefore, SentBefore
from engine.checks.hierarchy import Lineage, effects, rungs
from engine.errors import quoted
from engine.letters.catalogue import Catalogue
from engine.lint.date_order import BOUNDS, bound_of, whens
from engine.lint.findings import Problem, meant
from engine.lint.names import Scope
from engine.lint.paths import checks, facts_read, used_of
from engine.model.definition import OpenCase, SetFact, Workflow
from engine.places import Place
from engine.time.windows import DateRule

_FACT, _ANCHOR = "fact", "anchor"
_REMOVE = "let something read it, or take it out"


def unread(lines: Lineage, letters: Catalogue) -> Iterator[Problem]:
    """What is declared or set, and neither a definition nor a letter reads.

    What is set in a case of a flag the list of flags tells.
    """
    read = _read(lines, letters)
    kept = {each.flag_workflow for each in lines.workflows.values()}
    looked_at = _anchors_read(lines) | _said(letters, _ANCHOR)
    for workflow in lines.workflows.values():
        held = {path for each in workflow.lists.values() for path in each.holds}
        for fact, place in _facts(workflow).items() if workflow.name not in kept else ():
            if fact not in read and f"{_FACT}.{fact}" not in held:
                yield Problem(place, f"nothing reads fact {fact}", _REMOVE)
        for anchor in workflow.anchors.values():
            if anchor.name not in looked_at:
                yield Problem(anchor.place, f"nothing reads anchor {anchor.name}", _REMOVE)


def opened_unread(scope: Scope) -> Iterator[Problem]:
    """Facts that a case is opened with and nothing reads."""
    read = _read(scope.lines, scope.letters)
    for effect in effects(scope.workflow):
        child = scope.lines.workflows.get(effect.workflow) if isinstance(effect, OpenCase) else None
        if child is None or not isinstance(effect, OpenCase):
            continue
        known = sorted(read | child.facts.keys())
        for name in effect.facts:
            if name not in known:
                sentence = f"nothing reads {quoted(name)}, with which {child.name} is opened"
                yield Problem(effect.place, sentence, meant(name, known, "say one of"))


def _read(lines: Lineage, letters: Catalogue | None) -> set[str]:
    read = {name for each in lines.workflows.values() for name in facts_read(each)}
    return read | _said(letters, _FACT)


def _facts(workflow: Workflow) -> dict[str, Place]:
    """Where each fact is declared, or is set first."""
    found = {name: workflow.fact_places.get(name, workflow.place) for name in workflow.facts}
    for effect in effects(workflow):
        if isinstance(effect, SetFact):
            found.setdefault(effect.fact, effect.place)
    return found


def _said(letters: Catalogue | None, root: str) -> set[str]:
    """What letters say of facts, or of anchors."""
    facts = letters.facts.values() if letters is not None else ()
    paths = (path.split(".") for fact in facts for path in fact.source.split(" or "))
    return {path[path.index(root) + 1] for path in paths if root in path[:-1]}


def _anchors_read(lines: Lineage) -> frozenset[str]:
    """The anchors that dates hang on, that are asked about, or that another anchor is made of."""
    found: set[str] = set()
    for workflow in lines.workflows.values():
        found |= {when.anchor for rule in _rules(workflow) for when in whens(rule)}
        found |= {state.agreed for state in workflow.states.values() if state.agreed is not None}
        found |= {workflow.start_anchor, *used_of(workflow, f"{_ANCHOR}.")}
        found |= {each.before for each, _ in checks(workflow) if isinstance(each, SentBefore)}
        sources = (each for anchor in workflow.anchors.values() for each in anchor.sources)
        found |= {each.of for each in sources if each.kind == "parent"}
    return frozenset(found)


def _rules(workflow: Workflow) -> Iterator[DateRule]:
    for state in workflow.states.values():
        rules = (bound_of(state.window, bound) for bound in BOUNDS)
        yield from (rule for rule in rules if rule is not None)
    yield from (rung.at for _, _, rung in rungs(workflow))
    for check, _ in checks(workflow):
        if isinstance(check, OnOrBefore) and check.limit is not None:
            yield check.limit
