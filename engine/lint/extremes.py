"""Settings that one case may be given so that what they stand in contradicts itself."""

from collections.abc import Iterator, Mapping
from itertools import product

from engine.checks.hierarchy import nested, requirements
from engine.lint.dates import window_order
from engine.lint.findings import Problem
from engine.lint.ladders import rung_order
from engine.lint.names import Scope
from engine.model.adapting import named, with_values
from engine.model.check import Check
from engine.model.definition import State
from engine.model.requirement import Requirement
from engine.model.settings import Setting, Value, in_words
from engine.places import Place

_MOST = 4  # settings in one place: each of them at both of its bounds

Values = Mapping[str, Value]


def extremes(scope: Scope) -> Iterator[Problem]:
    settings = {name: _declared(scope, each) for name, each in scope.workflow.settings.items()}
    for asked in requirements(scope.workflow):
        for values in _corners(asked.check, settings):
            if _is_crossed(with_values(asked.check, values)):
                yield _crossed(asked.place, f"requirement {asked.name}", values)
                break
    for state in scope.workflow.states.values():
        for values in _corners(state, settings):
            if any(_disorder(with_values(state, values))):
                yield _crossed(state.place, f"the days of state {state.name}", values)
                break


def _declared(scope: Scope, setting: Setting) -> Setting:
    """The setting with its bounds, which the workflow above has where it is borrowed."""
    above = scope.lines.workflows.get(setting.of)
    return setting if above is None else above.settings.get(setting.name, setting)


def _corners(
    part: Requirement | State | Check, settings: Mapping[str, Setting]
) -> Iterator[Values]:
    """Each way to put the settings of a part at one of their bounds."""
    names = sorted(set(named(part)) & settings.keys())
    bounds = [(settings[name].lowest, settings[name].highest) for name in names]
    if not 0 < len(names) <= _MOST or any(None in each for each in bounds):
        return
    for corner in product(*bounds):
        yield {name: each for name, each in zip(names, corner, strict=True) if each is not None}


def _is_crossed(check: Check) -> bool:
    for each in nested(check):
        least, most = getattr(each, "at_least", None), getattr(each, "at_most", None)
        if least is not None and most is not None and least > most:
            return True
    return False


def _disorder(state: State) -> Iterator[Problem]:
    yield from window_order(state)
    for ladder in state.ladders:
        yield from rung_order(state, ladder)


def _crossed(place: Place, what: str, values: Values) -> Problem:
    said = " and ".join(f"{name} to {in_words(value)}" for name, value in values.items())
    sentence = f"one case may set {said}, and {what} can never be met"
    if what.startswith("the days"):
        sentence = f"one case may set {said}, and {what} are out of order"
    return Problem(place, sentence, "let the bounds in `within` end before they cross")
