"""Which workflows look up at their parent, so that a case of them looks again when it changes."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from engine.checks.case import Children, Reachable
from engine.checks.values import Present
from engine.decide.dependencies import looks_up
from engine.model.check import Check
from engine.model.definition import (
    Ladder,
    RaiseFlag,
    Rung,
    State,
    Watch,
    Workflow,
)
from engine.model.requirement import Requirement
from engine.time.windows import Anchor, Later, Source, When, Window


def workflow(state: State, **parts: object) -> Workflow:
    plain = Workflow(
        name="visit",
        title="Visit",
        version="1",
        programme="garden",
        initial=state.name,
        roles=("gardener",),
        states=MappingProxyType({state.name: state}),
        transitions=(),
        facts=MappingProxyType({"asked": False}),
        anchors=MappingProxyType({"review": Anchor("review", (Source("fact", "asked"),))}),
    )
    return replace(plain, **parts)  # type: ignore[arg-type]  # each test names its own


def waiting(*rungs: Rung, unmet: Check | None = None, window: Window | None = None) -> State:
    ladder = Ladder("asking", rungs or (Rung(When("entry")),), unmet=unmet)
    return State("waiting", "Waiting", "only", ladders=(ladder,), window=window)


def watching(check: Check) -> Watch:
    return Watch(Requirement("watched", check, "says", "gardener", "do"), RaiseFlag("F-1"))


def test_a_workflow_that_asks_only_of_itself_does_not_look_up() -> None:
    own = waiting(
        Rung(Later((When("review"), When("entry")))),
        unmet=Present("fact.asked"),
        window=Window(When("review"), opens=When("target")),
    )

    found = workflow(own, watches=(watching(Children("visit")), watching(Present("event.by"))))

    assert not looks_up(found)


@pytest.mark.parametrize(
    "check",
    [
        Present("fact.unheard"),
        Present("record.plan"),
        Present("parent.case.state"),
        Reachable(("a",)),
    ],
)
def test_a_check_that_may_be_answered_above_looks_up(check: Check) -> None:
    assert looks_up(workflow(waiting(unmet=check)))
    assert looks_up(workflow(waiting(), watches=(watching(check),)))


@pytest.mark.parametrize("rule", [When("harvest"), Later((When("review"), When("harvest")))])
def test_a_date_that_is_declared_above_looks_up(rule: When | Later) -> None:
    assert looks_up(workflow(waiting(Rung(rule))))
    assert looks_up(workflow(waiting(window=Window(rule))))


def test_an_anchor_of_the_parent_looks_up() -> None:
    base = MappingProxyType({"base": Anchor("base", (Source("parent", "last_contact"),))})

    assert looks_up(workflow(waiting(), anchors=base))
