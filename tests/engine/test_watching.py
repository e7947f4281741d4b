"""Watches raise a flag after the events they look at, once for each cause."""

from dataclasses import replace

from engine.checks.values import FactIs, Present
from engine.model.definition import FlagType, Notify, RaiseFlag, RecordType, Watch
from engine.model.outcomes import By, Filed, Refreshed, Started
from tests.support.dossiers import a_dossier, moment
from tests.support.stories import FACILITATOR, Story, a_requirement, a_state, a_step, a_workflow

RULE = a_requirement("rule", Present("fact.rule"))
STATUS = a_requirement("status", FactIs("fact.status", one_of=("pilot",)))
RAISES = RaiseFlag("F-01")


def _story(watch: Watch, **facts: object) -> Story:
    workflow = a_workflow(
        a_state("first"),
        a_state("second"),
        a_state("closed", final=True),
        steps=(a_step("go", "first", "second"), a_step("close", "first", "closed")),
        records={
            "plan": RecordType("plan", "Plan", (), signatories=("aspiring",)),
            "note": RecordType("note", "Note", ()),
        },
        flags={"F-01": FlagType("F-01", "Out of rule", "amber", effects=(Notify("n", ("lead",)),))},
        watches=(watch,),
    )
    return Story(workflow, a_dossier(facts=facts))


def _started(watch: Watch, **facts: object) -> Story:
    story = _story(watch, **facts)
    story.starts()
    return story


def test_a_watch_looks_when_its_record_is_filed_or_signed() -> None:
    story = _started(Watch(RULE, RAISES, filed=("plan",)))

    story.files("note")
    before = story.flags()
    plan = story.files("plan")

    assert before == []
    assert story.flags() == [("F-01", "amber")]
    assert plan.letters[0].facts["cause"] == "the rule is not known yet"


def test_a_signature_is_looked_at_too() -> None:
    story = _started(Watch(RULE, RAISES, filed=("plan",)), rule="yes")
    story.files("plan")
    story.dossier = replace(story.dossier, facts={})

    story.signs("plan", "aspiring")

    assert story.flags() == [("F-01", "amber")]


def test_a_watch_that_is_met_raises_nothing() -> None:
    story = _started(Watch(RULE, RAISES, filed=("plan",)), rule="yes")

    story.files("plan")

    assert story.flags() == []


def test_old_evidence_and_an_imported_start_raise_nothing() -> None:
    watch = Watch(RULE, RAISES, filed=("plan",), always=True)
    story = _story(watch)

    story.goes(Started(FACILITATOR, (("first", moment("2026-02-01")),)))
    story.goes(Filed("plan", {}, By(), imported=True))

    assert story.flags() == []


def test_a_watch_looks_when_its_state_is_left() -> None:
    story = _started(Watch(RULE, RAISES, left=("first",)))

    story.step("go")

    assert story.flags() == [("F-01", "amber")]


def test_a_watch_that_always_looks_raises_its_flag_once_for_each_cause() -> None:
    story = _started(Watch(STATUS, RAISES, always=True), status="other")
    closed = tuple(replace(c, closed_at=story.now) for c in story.dossier.children)
    story.dossier = replace(story.dossier, children=closed)

    same = story.goes(Refreshed())
    story.dossier = replace(story.dossier, facts={"status": "third"})
    other = story.goes(Refreshed())

    assert not same.changed
    assert other.changed
    assert [child.facts["cause"] for child in story.dossier.children] == [
        "the status is other; pilot is needed",
        "the status is third; pilot is needed",
    ]


def test_a_watch_that_always_looks_rests_once_the_case_has_ended() -> None:
    story = _started(Watch(STATUS, RAISES, always=True), status="pilot")
    story.step("close")
    story.dossier = replace(story.dossier, facts={"status": "other"})

    story.goes(Refreshed())

    assert story.flags() == []
