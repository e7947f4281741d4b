"""Paths that lead nowhere: records, fields, facts, dates and anchors that nobody declared."""

from collections.abc import Iterator
from functools import lru_cache

from engine.checks.among import among
from engine.checks.case import Children, Kept
from engine.checks.hierarchy import effects, nested, requirements
from engine.checks.programme import AnyOf
from engine.errors import quoted
from engine.lint.findings import Problem, unknown
from engine.lint.lists import list_path, unread_lists
from engine.lint.names import Scope
from engine.model.check import NOTHING, Check
from engine.model.definition import Effect, OpenCase, RaiseFlag, SetFact, Workflow
from engine.model.fields import Field
from engine.model.meetings import PROPOSED
from engine.places import Place

_CASE = frozenset(
    {
        "reference",
        "name",
        "month",
        "state",
        "state_title",
        "since",
        "entered_on",
        "asked",
        "paired",
    }
)
_BOUNDS = frozenset({"target", "opens", "ends", "baseline"})
_OF_A_VERSION = frozenset({"version", "filed_on"})
_OF_A_MEETING = frozenset({"begins", "ends"})
_OFFICE = "office"
ROOTS = frozenset(
    {
        *("record", "fact", "setting", "parties", "date", "anchor", "case", "event", "list"),
        *("meeting", "parent"),
    }
)


def lies_in(path: str, whole: str) -> bool:
    """Whether a path leads to a thing, or to a part of it."""
    return f"{path}.".startswith(f"{whole}.")


def checks(workflow: Workflow) -> Iterator[tuple[Check, Place]]:
    """Every check of a definition, also those other checks are made of, and where it stands."""
    for check, place in _outer(workflow):
        for each in nested(check):
            yield each, place


def paths(scope: Scope) -> Iterator[Problem]:
    found = list(used(scope.workflow))
    for path, place in found:
        yield from leads_nowhere(scope, path, place)
    yield from unread_lists(scope.workflow, [path for path, _ in found])


def used(workflow: Workflow) -> Iterator[tuple[str, Place]]:
    """Every path of a definition, and where it stands."""
    for check, place in checks(workflow):
        if not isinstance(check, AnyOf):  # what it is made of comes by itself
            yield from ((path, place) for path in check.paths())
        if isinstance(check, Kept) and check.since:
            yield check.since, place
    for effect in effects(workflow):
        yield from ((path, effect.place) for path in _of_effect(effect))
    for record in workflow.records.values():
        yield from ((field.among, field.place) for field in among(record.fields))
    yield from ((each.held, each.place) for each in workflow.meetings.values())
    for state in workflow.states.values():
        if state.actual is not None:
            yield state.actual, state.place


@lru_cache(maxsize=256)
def used_of(workflow: Workflow, root: str) -> frozenset[str]:
    """What a definition names below a root, of its own or of its parent: without the root."""
    ways = (path.removeprefix("parent.") for path, _ in used(workflow))
    return frozenset(path.removeprefix(root) for path in ways if path.startswith(root))


def facts_read(workflow: Workflow) -> frozenset[str]:
    """The facts that something of a workflow reads: of its own, of its parent, of its children."""
    paths = {path.partition(".")[0] for path in used_of(workflow, "fact.")}
    sources = [each for anchor in workflow.anchors.values() for each in anchor.sources]
    dated = {each.of.rpartition(".")[2] for each in sources if each.kind in {"fact", "child"}}
    asked = {
        name for each, _ in checks(workflow) if isinstance(each, Children) for name in each.where
    }
    return frozenset(paths | dated | asked)


def _of_effect(effect: Effect) -> Iterator[str]:
    if isinstance(effect, SetFact) and effect.path is not None:
        yield effect.path
    if isinstance(effect, RaiseFlag) and effect.cause.startswith("="):
        yield effect.cause[1:]
    if isinstance(effect, OpenCase):
        for value in effect.facts.values():
            if isinstance(value, str) and value.startswith("="):
                yield value[1:]


def _outer(workflow: Workflow) -> Iterator[tuple[Check, Place]]:
    for asked in requirements(workflow):
        yield asked.check, asked.place
    conditions = [(each.when, each.place) for each in effects(workflow)]
    conditions += [(each.until, each.place) for each in workflow.flags.values()]
    yield from ((check, place) for check, place in conditions if check is not None)
    for state in workflow.states.values():
        for ladder in state.ladders:
            if ladder.unmet is not None:
                yield ladder.unmet, ladder.place


def leads_nowhere(scope: Scope, path: str, place: Place) -> Iterator[Problem]:
    """What is wrong with a path, seen from a workflow."""
    root, _, rest = path.partition(".")
    family = scope.lines.family(scope.workflow.name)
    match root:
        case "parent":
            yield from _in_parent(scope, rest, place)
        case "record":
            yield from record_path(family, rest, place)
        case "date":
            yield from _date(family, rest, place)
        case "fact":
            known = scope.lines.facts(scope.workflow.name)
            if rest.partition(".")[0] not in known:
                yield _never_set(rest.partition(".")[0], known, place)
        case "list":
            yield from _in_list(scope, rest, place)
        case _:
            yield from _plain(scope, root, rest, place)


def _in_list(scope: Scope, rest: str, place: Place) -> Iterator[Problem]:
    problems, inner = list_path(scope.lines.family(scope.workflow.name), rest, place)
    yield from problems
    if inner is not None:
        yield from leads_nowhere(scope, inner, place)


def _plain(scope: Scope, root: str, rest: str, place: Place) -> Iterator[Problem]:
    family = scope.lines.family(scope.workflow.name)
    declared = {
        "setting": ("setting", frozenset(scope.workflow.settings)),
        "anchor": ("anchor", frozenset(a for each in family for a in each.anchors)),
        "case": ("word about a case", _CASE),
    }
    if root not in ROOTS:
        yield unknown(place, "path beginning with", root, ROOTS)
    elif root in declared and rest not in declared[root][1]:
        yield unknown(place, declared[root][0], rest, declared[root][1])
    elif root == "meeting":
        meeting = scope.workflow.meetings.get(rest.partition(".")[0])
        said = {PROPOSED, *meeting.answers} if meeting is not None else frozenset[str]()
        yield from meeting_path((scope.workflow,), rest, place, frozenset(said))
    elif root == "parties":
        side, _, field = rest.partition(".")
        known = {_OFFICE, *(role for each in family for role in each.roles)}
        if side not in known:
            yield unknown(place, "party", side, known)
        elif not field:
            yield Problem(place, f"path {quoted(f'parties.{rest}')} ends too soon", "add a fact")


def _never_set(name: str, known: frozenset[str], place: Place) -> Problem:
    found = unknown(place, "fact", name, known)
    remedy = found.remedy if found.remedy.startswith("did") else "set it, or begin with it"
    return Problem(place, f"{found.sentence} is ever set", remedy)


def _in_parent(scope: Scope, rest: str, place: Place) -> Iterator[Problem]:
    """What leads somewhere in one of the parents leads somewhere."""
    lines = scope.lines
    parents = sorted(lines.parents[scope.workflow.name])
    found = [list(leads_nowhere(Scope(lines.workflows[p], lines), rest, place)) for p in parents]
    if not parents:
        yield Problem(
            place,
            f"path {quoted(f'parent.{rest}')} leaves {scope.workflow.name}, which has no parent",
            "name something of this workflow",
        )
    elif all(found):
        yield from found[0]


def record_path(family: tuple[Workflow, ...], rest: str, place: Place) -> Iterator[Problem]:
    """Problems of ``record``, ``record.field`` or ``record.rows.field``."""
    name, _, within = rest.partition(".")
    records = {n: each for workflow in reversed(family) for n, each in workflow.records.items()}
    if name not in records:
        yield unknown(place, "record", name, records)
    elif within and within not in _OF_A_VERSION:
        yield from _field(f"record {name}", records[name].fields, within, place)


def meeting_path(
    workflows: tuple[Workflow, ...], rest: str, place: Place, said: frozenset[str] = NOTHING
) -> Iterator[Problem]:
    """Problems of ``meeting.begins`` or ``meeting.ends``, and of what is said to its day."""
    name, _, bound = rest.partition(".")
    known = {each for workflow in workflows for each in workflow.meetings}
    if name not in known:
        yield unknown(place, "meeting", name, known)
    elif bound not in _OF_A_MEETING | said:
        yield unknown(place, "day of a meeting called", bound, _OF_A_MEETING | said)


def _field(where: str, fields: tuple[Field, ...], path: str, place: Place) -> Iterator[Problem]:
    name, _, rest = path.partition(".")
    field = next((each for each in fields if each.name == name), None)
    if field is None:
        yield unknown(place, f"field of {where} called", name, [each.name for each in fields])
    elif rest:
        yield from _field(f"the rows of {name}", field.rows, rest, place)


def _date(family: tuple[Workflow, ...], rest: str, place: Place) -> Iterator[Problem]:
    name, _, bound = rest.partition(".")
    dated = {s.name for workflow in family for s in workflow.states.values() if s.window}
    if name not in dated:
        yield unknown(place, "state with a window", name, dated)
    elif bound and bound not in _BOUNDS:
        yield unknown(place, "date of a window", bound, _BOUNDS)
