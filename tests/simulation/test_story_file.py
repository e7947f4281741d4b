"""The story of a rehearsal: what its file may say, and that it speaks of what the programme has."""

from collections.abc import Iterator
from functools import cache

import pytest

from engine.decide.machine import moves
from engine.errors import DefinitionError
from engine.model.definition import Workflow
from engine.time.spans import Span
from simulation.acts import Act, Assign, File, Move, Pull, Raise, Sign, Waive
from simulation.story import Story
from simulation.story_file import parse_story, story_in
from simulation.words import Point, Word, read_word
from workflows.registry import Programme, built_in, load_programme


@cache
def wp6() -> Programme:
    return load_programme(built_in("wp6"))


@cache
def text() -> str:
    return wp6().texts["rehearsal.yaml"]


@cache
def story() -> Story:
    return parse_story(text(), "rehearsal.yaml")


def test_the_story_speaks_only_of_what_its_workflows_have() -> None:
    strange = [name for workflow, state, act in _acts() for name in _unknown(workflow, state, act)]

    assert strange == []


def test_every_open_state_of_the_programme_has_a_scene() -> None:
    without = [
        f"{workflow.name}.{state.name}"
        for workflow in wp6().workflows.values()
        for state in workflow.states.values()
        if not state.final and not story().scene(workflow.name, state.name)
    ]

    # Timers and parents end these: nobody has to do anything.
    assert without == ["check_in.paused", "mentoring.paused", "red_flag.snoozed"]


def test_a_story_out_of_content_that_is_known_is_the_same() -> None:
    again = story_in(wp6().reference["rehearsal"], text(), "rehearsal.yaml")

    assert again.turns.keys() == story().turns.keys()
    assert _names(again) == _names(story())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=today + P28D", Word((Point("today", Span(days=28)),))),
        ("=visit_1 - P14D", Word((Point("visit_1", Span(days=-14)),))),
        ("=record.roadmap.version", Word((Point("record.roadmap.version"),))),
        ("=later_of target, today + P3M", Word((Point("target"), Point("today", Span(months=3))))),
    ],
)
def test_a_word_is_read_as_it_is_meant(written: str, meant: Word) -> None:
    assert read_word(written) == meant


@pytest.mark.parametrize(
    "written", ["=", "=today +", "=today + 3", "= today", "=a, b", "=later_of a"]
)
def test_a_word_that_means_nothing_is_refused(written: str) -> None:
    with pytest.raises(DefinitionError, match="write such as"):
        read_word(written)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("pull: accept_eoi", "push: accept_eoi", "an act begins with one of"),
        ("only: [late_interest]", "only: [late_interst]", "no turn late_interst is declared"),
        ("after: [readiness, maturity_baseline]", "after: [readyness]", "no act readyness comes"),
        ("as: late_interest", "as: wrong_interest", "there is an act wrong_interest already"),
        ("share: 0.08", "share: 8", "it should be at most 1"),
        ('begins: "2026-03-02"', 'begins: "2026-02-30"', "is no day of any calendar"),
    ],
)
def test_a_story_that_cannot_be_played_is_refused_with_its_place(
    old: str, new: str, sentence: str
) -> None:
    broken = text().replace(old, new, 1)

    with pytest.raises(DefinitionError, match=sentence) as refused:
        parse_story(broken, "rehearsal.yaml")

    assert str(refused.value).startswith("rehearsal.yaml:")


def _names(told: Story) -> list[str]:
    return [act.name for states in told.scenes.values() for acts in states.values() for act in acts]


def _acts() -> Iterator[tuple[Workflow, str, Act]]:
    for name, states in story().scenes.items():
        for state, acts in states.items():
            yield from ((wp6().workflows[name], state, act) for act in acts)


def _unknown(workflow: Workflow, state: str, act: Act) -> Iterator[str]:
    """Names the act uses that the workflow does not have, or not in this state."""
    steps = {step.trigger for step in moves(workflow, state)}
    known: set[str] | frozenset[str]
    match act:
        case File(record, _) | Sign(record, _):
            named, known = record, frozenset(workflow.records)
        case Pull(trigger, _, _):
            named, known = trigger, steps
        case Waive(requirement, _):
            named, known = requirement, {each.name for each in workflow.requirements()}
        case Move(milestone, _, _):
            named, known = milestone, frozenset(workflow.states)
        case Raise(flag, _, _):
            named, known = flag, frozenset(workflow.flags)
        case Assign(side):
            named, known = side, frozenset(workflow.sides)
        case _:
            return
    if state not in workflow.states or act.by not in workflow.roles or named not in known:
        yield f"{state}: {act.by} {named}"
