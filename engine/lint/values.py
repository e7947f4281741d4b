"""What a path may come to hold: the words, numbers or days that a definition lets stand there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.checks.hierarchy import effects
from engine.lint.names import Scope
from engine.model.definition import SYSTEM, OpenCase, SetFact, Workflow
from engine.model.fields import Field
from engine.model.reasons import SEVERITIES
from engine.time.spans import Span

_YES_NO = frozenset({True, False})
_NOTHING_YET = frozenset[object]({""})  # what a fact begins with that is to be set
_NUMBERS = frozenset({"number", "whole", "version"})
_OF_A_CENTRE = frozenset({"name", "short_name", "country", "city", "key"})


@dataclass(frozen=True, slots=True)
class Held:
    """What may stand at a path: one of ``words`` where they are known, else any of its kind."""

    kind: str = ""  # a kind of field; empty: anything
    words: frozenset[object] | None = None
    least: float | None = None
    most: float | None = None
    past: bool = False  # a day that has come

    @property
    def called(self) -> str:
        return self.kind.replace("yes_no", "yes or no")

    @property
    def is_number(self) -> bool:
        return not self.kind or self.kind in _NUMBERS


ANYTHING = Held()


def held(scope: Scope, path: str) -> Held:
    """What may stand at a path of this workflow; anything where the definition does not say."""
    return _held(scope, path, frozenset())


def held_by_rows(scope: Scope, path: str, name: str) -> Held:
    """What may stand in a field of the rows at a path."""
    found = _field(scope, f"{path.partition('.')[2]}.{name}")
    return ANYTHING if found is None else _of_field(found)


def _held(scope: Scope, path: str, seen: frozenset[str]) -> Held:
    root, _, rest = path.partition(".")
    match root:
        case "record":
            return _in_record(scope, rest)
        case "fact" if "." not in rest:
            return _fact(scope, rest, seen)
        case "parent":
            lines = scope.lines
            parents = [lines.workflows[name] for name in lines.parents[scope.workflow.name]]
            return _either(_held(Scope(each, lines), rest, seen) for each in parents)
        case _:
            look = _LOOKS.get(root)
            return ANYTHING if look is None else look(scope.workflow, rest)


def _in_record(scope: Scope, rest: str) -> Held:
    _, _, within = rest.partition(".")
    if within == "version":
        return Held("version", least=1)
    if within == "filed_on":
        return Held("date", past=True)
    found = _field(scope, rest)
    if found is None:
        return ANYTHING
    return _of_field(found) if within.count(".") == 0 else Held("list")


def _field(scope: Scope, rest: str) -> Field | None:
    name, *parts = rest.split(".")
    family = scope.lines.family(scope.workflow.name)
    record = next((each.records[name] for each in family if name in each.records), None)
    fields, found = () if record is None else record.fields, None
    for part in parts:
        found = next((each for each in fields if each.name == part), None)
        fields = () if found is None else found.rows
    return found


def _of_field(field: Field) -> Held:
    words: frozenset[object] | None = frozenset(field.choices) if field.kind == "choice" else None
    words = _YES_NO if field.kind == "yes_no" else words
    return Held(field.kind, words, field.at_least, field.at_most, field.past)


def _case(workflow: Workflow, word: str) -> Held:
    match word:
        case "state":
            return Held("text", frozenset(workflow.states))
        case "asked" | "paired":
            return Held("yes_no", _YES_NO)
        case "since" | "entered_on":
            return Held("date")
        case "month":
            return Held("whole")
        case _:
            return Held("text")


def _event(workflow: Workflow, word: str) -> Held:
    match word:
        case "severity":
            return Held("text", frozenset(SEVERITIES))
        case "role":
            return Held("text", frozenset({*workflow.roles, SYSTEM}))
        case "note":
            return Held("text")
        case _:
            return ANYTHING


def _setting(workflow: Workflow, name: str) -> Held:
    setting = workflow.settings.get(name)
    match None if setting is None else setting.value:
        case None:
            return ANYTHING
        case bool():
            return Held("yes_no", _YES_NO)
        case Span():
            return Held("span")
        case _:
            return Held("number")


def _meeting(workflow: Workflow, rest: str) -> Held:
    name, _, part = rest.partition(".")
    meeting = workflow.meetings.get(name)
    if meeting is None:
        return ANYTHING
    return Held("yes_no", _YES_NO) if part in meeting.answers else Held("date")


def _party(_workflow: Workflow, rest: str) -> Held:
    """What every centre is known by; its facts are those of the office's own tables."""
    field = rest.partition(".")[2]
    return Held("text") if field in _OF_A_CENTRE else ANYTHING


def _day(_workflow: Workflow, _rest: str) -> Held:
    return Held("date")


_LOOKS: Mapping[str, Callable[[Workflow, str], Held]] = {
    "case": _case,
    "event": _event,
    "setting": _setting,
    "meeting": _meeting,
    "parties": _party,
    "anchor": _day,
    "date": _day,
}


def _fact(scope: Scope, name: str, seen: frozenset[str]) -> Held:
    """What a fact begins with, and what it is set to; what nobody sets is given at the start."""
    family = scope.lines.family(scope.workflow.name)
    owner = next((each for each in family if name in scope.lines.own_facts[each.name]), None)
    if owner is None or f"{owner.name}.{name}" in seen:
        return ANYTHING
    seen |= {f"{owner.name}.{name}"}
    set_to = [*_set_to(Scope(owner, scope.lines), name, seen)]
    first = owner.facts.get(name)
    if not set_to:
        return Held("yes_no", _YES_NO) if isinstance(first, bool) else ANYTHING
    begins = [Held(_kind_of(first), frozenset({first}))] if name in owner.facts else []
    return _either([*begins, *set_to])


def _set_to(scope: Scope, name: str, seen: frozenset[str]) -> Iterator[Held]:
    owner, lines = scope.workflow, scope.lines
    for effect in effects(owner):
        if isinstance(effect, SetFact) and effect.fact == name:
            yield _value(scope, effect.value, effect.path, seen)
    for opener in lines.workflows.values():
        for effect in effects(opener):
            if isinstance(effect, OpenCase) and effect.workflow == owner.name:
                yield from _given(Scope(opener, lines), effect, name, seen)
        if opener.flags and opener.flag_workflow == owner.name:
            yield from _of_a_flag(opener, name)


def _given(scope: Scope, effect: OpenCase, name: str, seen: frozenset[str]) -> Iterator[Held]:
    if name in effect.facts:
        value = effect.facts[name]
        path = value[1:] if isinstance(value, str) and value.startswith("=") else None
        yield _value(scope, value, path, seen)


def _of_a_flag(opener: Workflow, name: str) -> Iterator[Held]:
    words = {"flag": frozenset(opener.flags), "severity": frozenset(SEVERITIES)}
    if name in words:
        yield Held("text", frozenset[object](words[name]))
    elif name in {"title", "cause"}:
        yield Held("text")


def _value(scope: Scope, value: object, path: str | None, seen: frozenset[str]) -> Held:
    if path is not None:
        return _held(scope, path, seen)
    return Held(_kind_of(value), frozenset({value}) if isinstance(value, str | bool) else None)


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return "yes_no"
    return "number" if isinstance(value, int | float) else ""


def _either(several: "Iterator[Held] | list[Held]") -> Held:
    """What may stand where one of several may: known only where each of them is."""
    found = list(several)
    given = [each for each in found if each.words != _NOTHING_YET]
    kinds = {each.kind for each in given}
    words = [each.words for each in found if each.words is not None]
    known = frozenset[object]().union(*words) if len(words) == len(found) and found else None
    past = bool(given) and all(each.past for each in given)
    return Held(kinds.pop() if len(kinds) == 1 else "", known, past=past)
