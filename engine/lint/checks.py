"""Checks that ask for something the definition does not have."""

from collections.abc import Iterable, Iterator

from engine.checks.case import (
    Children,
    FiledBy,
    Kept,
    NewerThan,
    NoneOverdue,
    PinnedTo,
    Reachable,
    SignedBy,
)
from engine.checks.dated import OnOrBefore, SentBefore
from engine.checks.programme import ForecastBy, LoadWithin, OneAtATime, OneQuestion
from engine.checks.values import Count, EachHas
from engine.dates.anchors import day_of
from engine.errors import quoted
from engine.lint.dates import anchors_of, known_rule
from engine.lint.findings import Problem, unknown
from engine.lint.names import Scope
from engine.lint.paths import checks, record_path
from engine.model.check import Check
from engine.places import Place

_VERSION = "version"


def asked(scope: Scope) -> Iterator[Problem]:
    for check, place in checks(scope.workflow):
        yield from _numbers(check, place)
        match check:
            case SignedBy() | FiledBy() | PinnedTo() | NewerThan() | Kept():
                yield from _of_a_record(scope, check, place)
            case Count() | EachHas() | NoneOverdue():
                yield from _of_rows(scope, check, place)
            case Children():
                yield from _children(scope, check, place)
            case Reachable() | LoadWithin() | OneAtATime() | OneQuestion():
                yield from _of_people(scope, check, place)
            case OnOrBefore() | SentBefore() | ForecastBy():
                yield from _of_dates(scope, check, place)
            case _:
                pass  # its paths say it all


def _of_a_record(
    scope: Scope, check: SignedBy | FiledBy | PinnedTo | NewerThan | Kept, place: Place
) -> Iterator[Problem]:
    if isinstance(check, SignedBy | FiledBy):
        yield from _named_by_the_record(scope, check, place)
    if isinstance(check, NewerThan) and check.state not in scope.workflow.states:
        yield unknown(place, "state", check.state, scope.workflow.states)
    if isinstance(check, PinnedTo | Kept):
        yield from _of_another(scope, check, place)
    if isinstance(check, Kept):
        names = dict.fromkeys((check.key, *check.fields, *([check.date] if check.date else [])))
        yield from _columns(scope, f"record.{check.record}.{check.rows}", names, place)


def _of_another(scope: Scope, check: PinnedTo | Kept, place: Place) -> Iterator[Problem]:
    """A number that is the version of one record, compared with the versions of another."""
    path = check.of if isinstance(check, PinnedTo) else check.since
    *_, holder, name = ("", *path.split("."))
    of = holder if name == _VERSION else name.removesuffix(f"_{_VERSION}")
    if of not in {check.record, name} and of in scope.workflow.records:
        sentence = f"{path} is a version of {of}, and is compared with those of {check.record}"
        yield Problem(place, sentence, f"write record: {of}, or name the version that is meant")


def _named_by_the_record(
    scope: Scope, check: SignedBy | FiledBy, place: Place
) -> Iterator[Problem]:
    signs = isinstance(check, SignedBy)
    family = scope.lines.family(scope.workflow.name)
    found = [each.records[check.record] for each in family if check.record in each.records]
    for role in check.roles if found else ():
        known = found[0].signatories if signs else found[0].by
        what = f"signatory of {check.record}" if signs else f"role that files {check.record}"
        if role not in known:
            yield unknown(place, f"{what} called", role, known)


def _of_rows(scope: Scope, check: Count | EachHas | NoneOverdue, place: Place) -> Iterator[Problem]:
    if isinstance(check, Count):
        words: tuple[str, ...] = (*check.where, *check.unless)
    else:
        words = check.fields if isinstance(check, EachHas) else (check.date, *check.unless)
    yield from _columns(scope, check.of, words, place)


def _columns(scope: Scope, path: str, names: Iterable[str], place: Place) -> Iterator[Problem]:
    """The words of a row must be fields of the rows; what the path itself lacks is said already."""
    root, _, rest = path.partition(".")
    family = scope.lines.family(scope.workflow.name)
    if root == "record" and not any(record_path(family, rest, place)):
        for name in names:
            yield from record_path(family, f"{rest}.{name}", place)


def _children(scope: Scope, check: Children, place: Place) -> Iterator[Problem]:
    lines = scope.lines
    known = lines.children(scope.workflow.name)
    if check.workflow not in known:
        yield unknown(place, "child workflow", check.workflow, known)
        return
    for state in check.states:
        if state not in lines.workflows[check.workflow].states:
            yield unknown(
                place, f"state of {check.workflow}", state, lines.workflows[check.workflow].states
            )
    for fact in check.where:
        if fact not in lines.own_facts[check.workflow]:
            yield unknown(place, f"fact of {check.workflow}", fact, lines.own_facts[check.workflow])


def _of_people(
    scope: Scope, check: Reachable | LoadWithin | OneAtATime | OneQuestion, place: Place
) -> Iterator[Problem]:
    if isinstance(check, OneAtATime | OneQuestion):
        if check.side not in scope.workflow.sides:
            yield unknown(place, "side", check.side, scope.workflow.sides)
        return
    for role in check.roles if isinstance(check, Reachable) else (check.role,):
        if role not in scope.workflow.roles:
            yield unknown(place, "role", role, scope.workflow.roles)


def _of_dates(
    scope: Scope, check: OnOrBefore | SentBefore | ForecastBy, place: Place
) -> Iterator[Problem]:
    workflow = scope.workflow
    if isinstance(check, SentBefore):
        if check.before not in anchors_of(scope):
            yield unknown(place, "anchor", check.before, anchors_of(scope))
        return
    if check.day is not None and day_of(check.day) is None:
        yield Problem(place, f"{quoted(check.day)} is no day", "write it like 2027-09-30")
    if isinstance(check, ForecastBy):
        dated = {name for name, state in workflow.states.items() if state.window}
        if check.state not in dated:
            yield unknown(place, "state with a window", check.state, dated)
        if check.months is not None and not workflow.start_anchor:
            yield Problem(place, "months are counted, but from no start", "name the start anchor")
    elif check.limit is not None:
        yield from known_rule(check.limit, anchors_of(scope), place)


def _numbers(check: Check, place: Place) -> Iterator[Problem]:
    least, most = getattr(check, "at_least", None), getattr(check, "at_most", None)
    if least is not None and most is not None and least > most:
        yield Problem(
            place, f"at least {least:g} and at most {most:g} can never be", "swap the two"
        )
    for name in ("of", "roles"):
        if getattr(check, name, True) == ():
            yield Problem(place, f"the check names nothing in `{name}`", "name what it looks at")
