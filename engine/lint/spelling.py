"""Names that are no plain words, mean something else already, or look like another name."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from unicodedata import normalize

from engine.checks.hierarchy import requirements
from engine.errors import quoted
from engine.lint.findings import Problem
from engine.model.definition import Workflow
from engine.model.fields import Field
from engine.places import Place
from engine.time.date_rules import OWN_DAYS

Named = tuple[str, Place]

_WORD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_TAKEN = {
    "state": frozenset({"resume", "stay", "any_open_state"}),
    "trigger": frozenset({"state"}),  # the one name that the table of moves refuses
    "role": frozenset({"system", "whose_turn"}),
    "anchor": OWN_DAYS,
    "field": frozenset({"version", "filed_on"}),
    "workflow": frozenset({"all"}),
}
_ALIKE = str.maketrans("I10", "llO")  # other alphabets are refused as no plain names


def spelling(workflow: Workflow) -> Iterator[Problem]:
    for kind, names in _names(workflow):
        listed = list(names)
        yield from _forms(kind, listed)
        yield from look_alikes(kind, listed)


def look_alikes(kind: str, names: Iterable[Named]) -> Iterator[Problem]:
    """Names a person, or a file system, would take for one another."""
    seen: dict[str, str] = {}
    for name, place in dict(names).items():
        folded = normalize("NFKC", name)
        keys = {f"={folded.casefold()}", f"~{folded.translate(_ALIKE).casefold()}"}
        other = next((seen[key] for key in sorted(keys) if key in seen), None)
        if other is not None:
            yield Problem(
                place,
                f"{kind} {quoted(name)} looks like {quoted(other)}",
                "rename one of them so that nobody takes it for the other",
            )
        seen.update(dict.fromkeys(keys, name))


def _forms(kind: str, names: list[Named]) -> Iterator[Problem]:
    form, like = _form(kind)
    for name, place in dict(names).items():
        if not form.fullmatch(name):
            yield Problem(place, f"{kind} {quoted(name)} is no plain name", f"write it like {like}")
        elif name in _TAKEN.get(kind, ()):
            yield Problem(
                place, f"{kind} {quoted(name)} means something else already", "choose another name"
            )


def _form(kind: str) -> tuple[re.Pattern[str], str]:
    if kind in {"state", "trigger", "workflow"}:
        return _WORD, "first_visit"
    return (_ID, "F-08") if kind == "flag" else (_NAME, "visit_1")


def _names(workflow: Workflow) -> Iterator[tuple[str, Iterable[Named]]]:
    here = workflow.place
    yield "workflow", [(workflow.name, here)]
    yield "role", [(role, here) for role in workflow.roles]
    yield "phase", [(name, here) for name in workflow.phases]
    yield "setting", [(name, setting.place) for name, setting in workflow.settings.items()]
    yield "fact", [(name, here) for name in workflow.facts]
    yield "anchor", [(name, anchor.place) for name, anchor in workflow.anchors.items()]
    yield "state", [(name, state.place) for name, state in workflow.states.items()]
    yield "trigger", [(step.trigger, step.place) for step in reversed(workflow.transitions)]
    yield "flag", [(name, flag.place) for name, flag in workflow.flags.items()]
    yield "record", [(name, record.place) for name, record in workflow.records.items()]
    yield "requirement", [(asked.name, asked.place) for asked in requirements(workflow)]
    for record in workflow.records.values():
        yield from _fields(record.fields)
    for state in workflow.states.values():
        yield "ladder", [(ladder.name, ladder.place) for ladder in state.ladders]
        for ladder in state.ladders:
            named = (rung for rung in ladder.rungs if not rung.name.isdigit())
            yield "rung", [(rung.name, rung.place) for rung in named]


def _fields(fields: tuple[Field, ...]) -> Iterator[tuple[str, Iterable[Named]]]:
    yield "field", [(each.name, each.place) for each in fields]
    yield from chain.from_iterable(_fields(each.rows) for each in fields if each.rows)
