"""Paths that lead to something of another kind than what is read there: said once, as a table."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.checks.case import Kept, NoneOverdue, PinnedTo
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.hierarchy import effects
from engine.checks.values import Between, Count, Covers, EachHas
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.lint.paths import checks
from engine.lint.values import Held, held, held_by_rows
from engine.model.check import Check
from engine.model.definition import SetFact, Workflow
from engine.places import Place

_WORDS = "list of words"
_WORD = frozenset({"text", "choice"})
_IN_ROWS = re.compile(r"record(\.\w+){3}")  # record.NAME.ROWS.COLUMN
# What is read, and the kinds of fields that hold it.
_KINDS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"number", "whole", "version"}),
    "version": frozenset({"version", "whole"}),
    "day": frozenset({"date", "moment"}),
    "list": frozenset({"list", "rows"}),
    _WORDS: frozenset({"list"}),
    "word": _WORD,
}
_READS: Mapping[type, Mapping[str, str]] = {
    Between: {"of": "number", "more_than": "number"},
    Count: {"of": "list"},
    EachHas: {"of": "list"},
    NoneOverdue: {"of": "list"},
    OnOrBefore: {"of": "day"},
    SentBefore: {"of": "day"},
    ToCome: {"of": "day"},
    PinnedTo: {"of": "version"},
    Kept: {"since": "version"},
    Covers: {"of": _WORDS, "wanted": _WORDS},
}


class _Read(NamedTuple):
    path: str
    there: Held
    wanted: str
    place: Place


def kinds(scope: Scope) -> Iterator[Problem]:
    for read in (*_by_checks(scope), *_days(scope), *_facts(scope)):
        if read.there.kind and read.there.kind not in _KINDS[read.wanted]:
            kind = read.there.kind.replace("yes_no", "yes or no")
            remedy = f"name a path that leads to a {read.wanted}, or another check"
            sentence = f"{read.path} is {kind}, and never a {read.wanted}"
            yield Problem(read.place, sentence, remedy)


def _by_checks(scope: Scope) -> Iterator[_Read]:
    for check, place in checks(scope.workflow):
        for part, wanted in _READS.get(type(check), {}).items():
            path = getattr(check, part)
            if path:
                yield _Read(path, _there(scope, path, wanted), wanted, place)
        for rows, day in _dated_rows(check):
            yield _Read(f"{rows}.{day}", held_by_rows(scope, rows, day), "day", place)


def _there(scope: Scope, path: str, wanted: str) -> Held:
    """What stands at a path; words may also be those that stand in each of some rows."""
    if wanted != _WORDS or not _IN_ROWS.fullmatch(path):
        return held(scope, path)
    rows, _, column = path.rpartition(".")
    there = held_by_rows(scope, rows, column)
    return Held("list") if there.kind in _WORD else there


def _dated_rows(check: Check) -> Iterator[tuple[str, str]]:
    match check:
        case NoneOverdue():
            yield check.of, check.date
        case Kept() if check.date:
            yield f"record.{check.record}.{check.rows}", check.date
        case _:
            pass


def _days(scope: Scope) -> Iterator[_Read]:
    """The days of anchors, of meetings that took place, and on which a state was done."""
    workflow = scope.workflow
    for path, place in _done(workflow):
        yield _Read(path, held(scope, path), "day", place)
    for anchor in workflow.anchors.values():
        for source in anchor.sources:
            path = f"record.{source.of}"
            if source.kind == "earliest":
                rows, _, day = path.rpartition(".")
                yield _Read(path, held_by_rows(scope, rows, day), "day", anchor.place)
            elif source.kind in {"actual", "planned"}:
                yield _Read(path, held(scope, path), "day", anchor.place)


def _facts(scope: Scope) -> Iterator[_Read]:
    """What is put into a fact that holds the words of a list, or the day of an anchor."""
    workflow = scope.workflow
    wanted = {path: "word" for each in workflow.lists.values() for path in each.holds}
    sources = (source for anchor in workflow.anchors.values() for source in anchor.sources)
    wanted |= {f"fact.{source.of}": "day" for source in sources if source.kind == "fact"}
    for effect in effects(workflow):
        if isinstance(effect, SetFact) and effect.path and f"fact.{effect.fact}" in wanted:
            there = held(scope, effect.path)
            yield _Read(effect.path, there, wanted[f"fact.{effect.fact}"], effect.place)


def _done(workflow: Workflow) -> Iterator[tuple[str, Place]]:
    yield from ((each.held, each.place) for each in workflow.meetings.values())
    for state in workflow.states.values():
        if state.actual is not None:
            yield state.actual, state.place
