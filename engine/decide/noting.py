"""Facts that steps noted from a record, or that name a version of it: they follow a correction."""

from collections.abc import Iterator

from engine.checks.case import Kept
from engine.checks.hierarchy import nested
from engine.dates.view import dig
from engine.decide.past_acts import standing
from engine.decide.replacing import Replaced
from engine.model.definition import SetFact, Workflow
from engine.model.dossier import Dossier, RecordVersion
from engine.model.past import Past


def noted_anew(
    workflow: Workflow, dossier: Dossier, past: Past, replaced: Replaced
) -> dict[str, object]:
    """The facts of a case: what still says what was wrong says what is right."""
    facts = dict(dossier.facts)
    for fact, before, after in (*_by_steps(workflow, past, replaced), *_named(workflow, replaced)):
        if facts.get(fact) == before:
            facts[fact] = after
    return facts


def _by_steps(
    workflow: Workflow, past: Past, replaced: Replaced
) -> Iterator[tuple[str, object, object]]:
    """What steps that were taken noted from the record."""
    taken = {each.what for each in standing((*past.before, *past.entries))}
    for step in workflow.transitions:
        sets = (each for each in step.effects if isinstance(each, SetFact))
        for effect in sets if step.trigger in taken else ():
            root, _, path = (effect.path or "").partition(f"record.{replaced.record}.")
            if path and not root:
                yield effect.fact, _at(replaced.wrong, path), _at(replaced.right, path)


def _at(version: RecordVersion, path: str) -> object:
    return version.number if path == "version" else dig(version.content, path)


def _named(workflow: Workflow, replaced: Replaced) -> Iterator[tuple[str, object, object]]:
    """The number of the version against which later ones are held."""
    asked = (*workflow.requirements(), *(each.requirement for each in workflow.watches))
    for check in (check for each in asked for check in nested(each.check)):
        if isinstance(check, Kept) and check.record == replaced.record:
            fact = check.since.removeprefix("fact.")
            yield fact, replaced.wrong.number, replaced.right.number
