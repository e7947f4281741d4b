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
from engine.model.definition import OpenCase, SetFact, Workflow
from engine.places import Place

_WORDS = "list of words"
PAST_DAY = "day gone by"
YES_NO = "yes or no"
_WORD = frozenset({"text", "choice"})
_IN_ROWS = re.compile(r"record(\.\w+){3}")  # record.NAME.ROWS.COLUMN
# What is read, and the kinds of fields that hold it.
_KINDS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"number", "whole", "version"}),
    "version": frozenset({"version", "whole"}),
    "day": frozenset({"date", "moment"}),
    PAST_DAY: frozenset({"date", "moment"}),
    YES_NO: frozenset({"yes_no"}),
    "list": frozenset({"list", "rows"}),
    _WORDS: frozenset({"list"}),
    "word": _WORD,
}
READS: Mapping[type, Mapping[str, str]] = {
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
_OF_A_RECORD = {"actual": PAST_DAY, "planned": "day"}  # the sources of an anchor


class _Read(NamedTuple):
    path: str
    there: Held
    wanted: str
    place: Place


def kinds(scope: Scope) -> Iterator[Problem]:
    for read in (*_by_checks(scope), *_days(scope), *_facts(scope)):
        kind = read.there.kind
        if kind and kind not in _KINDS[read.wanted]:
            remedy = f"name a path that leads to a {read.wanted}, or another check"
            sentence = f"{read.path} is {read.there.called}, and never a {read.wanted}"
            yield Problem(read.place, sentence, remedy)
        elif kind and read.wanted == PAST_DAY and not read.there.past:
            remedy = "name a `past_day`: one that is filed once it has come"
            yield Problem(read.place, f"{read.path} is a day that may lie ahead", remedy)


def _by_checks(scope: Scope) -> Iterator[_Read]:
    for check, place in checks(scope.workflow):
        for part, wanted in READS.get(type(check), {}).items():
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
        yield _Read(path, held(scope, path), PAST_DAY, place)
    for anchor in workflow.anchors.values():
        for source in anchor.sources:
            path = f"record.{source.of}"
            if source.kind == "earliest":
                rows, _, day = path.rpartition(".")
                yield _Read(path, held_by_rows(scope, rows, day), "day", anchor.place)
            elif source.kind in _OF_A_RECORD:
                wanted = _OF_A_RECORD[source.kind]
                yield _Read(path, held(scope, path), wanted, anchor.place)


def _facts(scope: Scope) -> Iterator[_Read]:
    """What is put into a fact that is read as something of one kind."""
    read: dict[str, Mapping[str, frozenset[str]]] = {}
    for name, fact, path, place in _put(scope.workflow):
        if name not in read and name in scope.lines.workflows:
            read[name] = _wanted(scope.lines.workflows[name])
        for kind in read.get(name, {}).get(fact, ()):
            yield _Read(path, held(scope, path), kind, place)


def _put(workflow: Workflow) -> Iterator[tuple[str, str, str, Place]]:
    """Of which workflow a fact is set, which, to what stands at which path, and where."""
    for effect in effects(workflow):
        if isinstance(effect, SetFact) and effect.path:
            yield workflow.name, effect.fact, effect.path, effect.place
        elif isinstance(effect, OpenCase):
            for fact, value in effect.facts.items():
                if isinstance(value, str) and value.startswith("="):
                    yield effect.workflow, fact, value[1:], effect.place


def _wanted(workflow: Workflow) -> Mapping[str, frozenset[str]]:
    """The kinds as which facts are read: by a list, an anchor or a check, or as they begin."""
    found: dict[str, set[str]] = {}
    for fact, kind in _read_as(workflow):
        found.setdefault(fact, set()).add(kind)
    return {fact: frozenset(kinds) for fact, kinds in found.items()}


def _read_as(workflow: Workflow) -> Iterator[tuple[str, str]]:
    for each in workflow.lists.values():
        yield from ((fact, "word") for path in each.holds if (fact := _fact_at(path)))
    for anchor in workflow.anchors.values():
        yield from ((source.of, "day") for source in anchor.sources if source.kind == "fact")
    for check, _ in checks(workflow):
        for part, kind in READS.get(type(check), {}).items():
            if fact := _fact_at(getattr(check, part) or ""):
                yield fact, kind
    for fact, first in workflow.facts.items():
        if isinstance(first, bool | int | float):
            yield fact, YES_NO if isinstance(first, bool) else "number"


def _fact_at(path: str) -> str:
    return path.removeprefix("fact.") if path.startswith("fact.") else ""


def _done(workflow: Workflow) -> Iterator[tuple[str, Place]]:
    yield from ((each.held, each.place) for each in workflow.meetings.values())
    for state in workflow.states.values():
        if state.actual is not None:
            yield state.actual, state.place
