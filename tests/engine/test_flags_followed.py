"""A flag knows what it waits for: it says what is open by now, and is over when that is there."""

from dataclasses import replace

import pytest

from engine.checks.values import FactIs, Present
from engine.decide.flags import at_address
from engine.model.definition import FlagType, RaiseFlag, RecordType, SetFact, Watch
from engine.model.dossier import Child
from engine.model.outcomes import Refreshed, Waived
from engine.model.passing import Told
from engine.model.plan import Plan
from engine.model.reasons import REASONS, Reason
from tests.support.dossiers import a_child, a_dossier, a_person
from tests.support.stories import (
    LEAD,
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)

SLIDES = Present("record.slides")
RULE = a_requirement("rule", FactIs("fact.status", one_of=("well",)))
HELD = FactIs("fact.held", one_of=(True,))


def _up(*reasons: Reason) -> Child:
    rows = [each.plain() for each in reasons]
    first = reasons[0]
    known = {"severity": first.severity, "cause": first.words, REASONS: rows}
    return a_child(9, "red_flag", None, flag="F-01", **known)


def _story(*children: Child, **more: object) -> Story:
    ladder = a_ladder(a_rung("P1D", flag=RaiseFlag("F-01")), name="slides", unmet=SLIDES)
    flags = {"F-01": FlagType("F-01", "Silent", "amber", until=HELD)}
    ways = {"pilot": "well", "other": "ill"}
    workflow = a_workflow(
        a_state("first", ladder),
        a_state("second"),
        a_state("closed", final=True),
        steps=(
            a_step("go", "first", "second"),
            a_step("end", "first", "closed"),
            a_step("ask", "second", "first", a_requirement("slides_in", SLIDES, waiver=("lead",))),
            a_step("hold", "first", "first", effects=(SetFact("held", value=True),)),
            *(
                a_step(name, "first", "first", effects=(SetFact("status", to),))
                for name, to in ways.items()
            ),
        ),
        records={"slides": RecordType("slides", "Slides", ())},
        flags=flags,
        watches=(Watch(RULE, RaiseFlag("F-01"), filed=("nothing",)),),
    )
    story = Story(workflow, a_dossier(children=children, **more))
    story.starts()
    return story


def _told(plan: Plan) -> list[tuple[str, object]]:
    told = [each for each in plan.passed if isinstance(each, Told)]
    return [(each.trigger, each.facts.get("cause", each.facts.get("outcome"))) for each in told]


OF_LADDER = Reason("nobody has filed the slides yet", "amber", "first/slides")
OF_WATCH = Reason("the status is ill", "amber", "rule")
BY_HAND = Reason("Seen.", "amber")


def test_what_a_ladder_raised_is_over_when_its_thing_is_there() -> None:
    story = _story()
    story.days_pass(2)

    plan = story.files("slides")

    assert [(trigger, str(said)) for trigger, said in _told(plan)] == [
        ("settle", "what was open is settled: what slides for")
    ]


def test_it_is_over_as_well_once_that_is_waived_or_filed_in_another_state() -> None:
    waived = _story(_up(OF_LADDER)).goes(Waived("slides_in", "On paper.", LEAD))
    story = _story(_up(OF_LADDER))
    left = story.step("go")
    filed = story.files("slides")

    assert [each[0] for each in _told(waived)] == ["settle"]
    assert _told(left) == []
    assert [each[0] for each in _told(filed)] == ["settle"]


def test_of_two_reasons_the_other_one_is_said_alone() -> None:
    story = _story(_up(OF_LADDER, OF_WATCH), facts={"status": "ill"})

    plan = story.files("slides")

    assert _told(plan) == [("follow", "the status is ill; well is needed")]


def test_what_a_person_raised_only_a_person_closes() -> None:
    story = _story(_up(BY_HAND, OF_LADDER))

    assert _told(story.files("slides")) == [("follow", "Seen.")]
    assert _told(story.goes(Refreshed())) == []


def test_what_an_event_raised_is_over_by_the_condition_of_the_flag() -> None:
    story = _story(_up(Reason("Too long ago.", "red", "F-01")))

    assert _told(story.step("pilot")) == []
    assert [each[0] for each in _told(story.step("hold"))] == ["settle"]


@pytest.mark.parametrize("becomes", ["reachable", "moved", "gone"])
def test_a_dead_address_is_over_once_nobody_is_written_to_there(becomes: str) -> None:
    dead = replace(a_person(3, "aspiring"), reachable=False)
    story = _story(_up(Reason("It is dead.", "amber", at_address(dead.email))), people=(dead,))
    others = {
        "reachable": (replace(dead, reachable=True),),
        "moved": (replace(dead, email="new@example.org"),),
        "gone": (),
    }

    before = _told(story.goes(Refreshed()))
    story.dossier = replace(story.dossier, people=others[becomes])

    assert before == []
    assert [each[0] for each in _told(story.goes(Refreshed()))] == ["settle"]


def test_a_case_that_has_ended_follows_nothing() -> None:
    story = _story(_up(Reason("gone", "amber", "rule")), facts={"status": "ill"})

    assert _told(story.step("end")) == []


def test_what_the_definition_no_longer_has_is_for_a_person() -> None:
    for gone in ("first/gone", "nowhere/slides", "no_rule"):
        assert _told(_story(_up(Reason("old", "amber", gone))).goes(Refreshed())) == []
