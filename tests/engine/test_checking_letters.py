"""A letter says only what is there by then, and shows nobody what is not theirs."""

from dataclasses import replace

from engine.checks.values import Count, FactIs, Present
from engine.letters.catalogue import Catalogue, Fact
from engine.letters.fact_types import FactType
from engine.lint.letter_facts import letter_facts
from engine.model.definition import Effect, OpenCase, SetFact, Workflow
from engine.model.fields import Field
from engine.model.word_lists import WordList
from tests.support.meetings import VISIT
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_record,
    a_requirement,
    a_rung,
    a_state,
    a_workflow,
    with_effects,
    with_requirements,
)

FACTS = {
    "size": Fact("size", FactType.NUMBER, "record.plan.size", 3),
    "word": Fact("word", FactType.TEXT, "fact.word", "word"),
    "lost": Fact("lost", FactType.TEXT, "record.lost.word", "word"),
    "name": Fact("name", FactType.TEXT, "parties.aspiring.name", "Orchard"),
}
CATALOGUE = Catalogue("small", facts=FACTS, letters=LETTERS.letters)
LETTER = a_letter(line=6)
PLAN = a_record("plan", fields=(Field("size", "whole"),))
STATES = (a_state("drafting", a_ladder(a_rung(letter="N-02.wait"))), a_final_state())
SMALL = a_workflow(*STATES, records={"plan": PLAN})
CHILD = with_effects(a_workflow(*STATES, name="visiting"), LETTER)


def said(workflow: Workflow, *facts: str, beside: tuple[Workflow, ...] = ()) -> list[str]:
    used = {"N-01.ask": frozenset(facts)}
    found = letter_facts(a_programme(workflow, *beside), CATALOGUE, used)
    return [each.sentence for each in found]


def sending(*effects: Effect) -> Workflow:
    return with_effects(SMALL, *effects, LETTER)


def test_what_a_step_does_not_ask_for_may_be_missing() -> None:
    asked = with_requirements(sending(), a_requirement(Present("record.plan")))
    waived = with_requirements(sending(), a_requirement(Present("record.plan"), waiver=("lead",)))

    assert said(asked, "size") == []
    assert said(waived, "size") == [
        "letter N-01.ask says size, and record.plan.size may not be there by then"
    ]
    assert said(sending(), "lost") == ["no record 'lost'"]
    assert said(sending(), "name") == []


def test_a_fact_is_there_once_the_step_has_set_it() -> None:
    assert said(sending(SetFact("word", "yes")), "word") == []
    assert len(said(sending(SetFact("word", "")), "word")) == 1
    assert len(said(sending(SetFact("word", "yes", when=Present("record.plan"))), "word")) == 1
    assert said(with_effects(replace(SMALL, facts={"word": "yes"}), LETTER), "word") == []


def test_what_a_centre_a_person_or_a_case_may_be_without_may_be_missing() -> None:
    sources = (
        ("parties.aspiring.city", True),
        ("parties.aspiring.country", True),
        ("parties.aspiring.city or parties.aspiring.short_name", False),
        ("people.lead.email", True),
        ("people.lead.name", False),
        ("people.aspiring.phone", True),
        ("people.aspiring.email", False),
        ("case.state", False),
        ("ask.callee.phone", True),
        ("ask.lead_on", True),
        ("ask.lead_told", True),
        ("ask.due_on", False),
        ("case.month", True),
        ("list.scales", True),
        ("list.fruits", False),
        ("list.fruits.uses.record.plan.size", True),
        ("meeting.visit.begins", True),
    )
    lists = {
        "fruits": WordList("fruits", "Fruits", {"plum": {"uses": ("jam",)}}),
        "scales": WordList("scales", "Scales", imported=True),
    }
    visit = replace(VISIT, record="plan")
    sent = replace(sending(), lists=lists, meetings={"visit": visit})
    above = replace(with_effects(SMALL, OpenCase("visiting")), lists=lists)

    for source, may_be_missing in sources:
        assert _is_missed(source, sent) is may_be_missing, source
    for source, may_be_missing in sources[-5:-1]:
        assert _is_missed(source, above, CHILD) is may_be_missing, source


def _is_missed(source: str, *workflows: Workflow) -> bool:
    fact = Fact("it", FactType.TEXT, source, "word")
    letters = replace(CATALOGUE, facts={"it": fact})
    found = letter_facts(a_programme(*workflows), letters, {"N-01.ask": frozenset({"it"})})
    return any("may not be there by then" in each.sentence for each in found)


def test_a_record_without_readers_is_nobodys_secret() -> None:
    filed = replace(SMALL, records={"plan": replace(PLAN, effects=(LETTER,))})
    read = replace(SMALL, records={"plan": replace(PLAN, effects=(LETTER,), readers=("lead",))})

    assert said(filed, "size") == []
    assert said(read, "size") == [
        "letter N-01.ask shows facilitator size of record plan, which facilitator may not read"
    ]


def test_a_child_knows_what_its_parent_knew_when_it_was_opened() -> None:
    opened = with_effects(SMALL, OpenCase("visiting", {"word": "a"}))
    asked = with_requirements(opened, a_requirement(Present("record.plan")))

    assert said(asked, "size", "word", beside=(CHILD,)) == []
    assert len(said(opened, "size", beside=(CHILD,))) == 1


def test_a_fact_of_the_parent_is_not_judged_in_the_child() -> None:
    parent = with_effects(SMALL, OpenCase("visiting"), SetFact("word", "yes"))

    assert len(said(parent, "word", beside=(CHILD,))) == 1


def test_a_stage_that_nothing_sends_a_first_time_is_refused() -> None:
    again = replace(LETTER, when=FactIs("event.renewed", one_of=(True,)))
    later = replace(LETTER, when=FactIs("case.state", one_of=("closed",)))
    filed = replace(SMALL, records={"plan": replace(PLAN, effects=(later,))})
    asked = with_requirements(filed, a_requirement(Count("record.plan", 1), waiver=("lead",)))

    assert said(SMALL) == ["nothing sends N-01.ask"]
    assert said(with_effects(SMALL, again)) == ["nothing sends N-01.ask a first time"]
    assert said(asked) == ["nothing sends N-01.ask a first time"]
    assert said(filed) == said(with_effects(SMALL, again, LETTER)) == []
