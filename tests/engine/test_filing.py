"""Records, signatures and waivers: what is taken in, and what is refused with a remedy."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.model.outcomes import By, Filed, Signed
from tests.support.deeds import a_deed_case, sentences
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    HEARD,
    LEAD,
    Story,
)


def test_a_record_comes_in_as_the_next_version_and_its_effects_follow() -> None:
    story = a_deed_case()

    story.files("deed", text="one")
    story.files("deed", text="two")

    versions = story.dossier.records["deed"]
    assert [(version.number, version.content["text"]) for version in versions] == [
        (1, "one"),
        (2, "two"),
    ]
    assert story.letters() == ["filed", "filed"]
    assert story.dossier.facts["version"] == 2


def test_content_that_is_wrong_is_refused_with_field_owner_remedy_and_rule() -> None:
    unmet = a_deed_case().refused(Filed("deed", {"text": "", "pages": "two", "odd": 1}, ASPIRING))

    assert sentences(unmet) == [
        ('"odd" is not a field of this record', "Known are: text, pages."),
        ('"text" is missing', "Give a text."),
        ("\"pages\" is 'two'", "Give a whole number."),
    ]
    assert {(each.owner, each.rule, each.says) for each in unmet} == {
        ("aspiring", ("A-15",), "Deed: all that it needs is in it.")
    }


@pytest.mark.parametrize(
    ("record", "by", "said"),
    [
        ("dead", FACILITATOR, ("no record dead", "Did you mean deed? Choose one of: deed, note.")),
        ("deed", By("wp3", "wp3"), ("wp3 may not file it", "Ask: aspiring or coordinator.")),
        ("note", ASPIRING, ("aspiring may not file it", "Ask: facilitator.")),
    ],
)
def test_a_record_comes_from_those_who_provide_it(
    record: str, by: By, said: tuple[str, str]
) -> None:
    assert sentences(a_deed_case().refused(Filed(record, {"text": "x"}, by))) == [said]


@pytest.mark.parametrize("by", [FACILITATOR, LEAD, By()])
def test_what_the_office_provides_comes_from_any_role_above_it_and_from_the_system(by: By) -> None:
    assert a_deed_case().goes(Filed("note", {"text": "x"}, by)).filed[0][1].filed_by == by.actor


@pytest.mark.parametrize("by", [FACILITATOR, LEAD])
def test_what_a_centre_provides_is_filed_by_the_office_only_as_heard_from_there(by: By) -> None:
    heard = replace(by, heard_from="head", heard_by="phone")

    assert sentences(a_deed_case().refused(Filed("deed", {"text": "x"}, by))) == [
        (f"{by.role} may not file it", "Ask: aspiring or coordinator.")
    ]
    assert a_deed_case().goes(Filed("deed", {"text": "x"}, heard)).filed[0][1].filed_by == by.actor


def test_a_centre_passes_on_nothing_for_the_other_one() -> None:
    heard = By("c", "coordinator", heard_from="head", heard_by="phone")

    unmet = a_deed_case().refused(Filed("note", {"text": "x"}, heard))

    assert sentences(unmet) == [("coordinator may not file it", "Ask: facilitator.")]


def test_old_evidence_may_have_gaps_but_nothing_wrong_and_tells_nobody() -> None:
    story = a_deed_case()

    plan = story.goes(Filed("deed", {"pages": 3}, By(), imported=True))
    unmet = story.refused(Filed("deed", {"pages": "three"}, By(), imported=True))

    assert plan.letters == ()
    assert story.dossier.records["deed"][0].imported
    assert [each.detail for each in unmet] == ["\"pages\" is 'three'"]


def test_each_side_signs_the_latest_version_and_the_other_one_is_told_that_it_is_its_turn() -> None:
    story = a_deed_case()
    story.files("deed", text="one")

    first = story.signs("deed", "coordinator")
    second = story.signs("deed", "aspiring")

    assert [letter.audience for letter in first.letters] == ["aspiring"]
    assert first.letters[0].facts == {
        "signed_by": "head of coordinator",
        "signed_on": "2026-03-02",
        "side": "coordinator",
    }
    assert second.timers.settled[0].outcome == "cancelled"
    assert story.due() == {}


def test_a_new_version_is_to_be_signed_again_by_both() -> None:
    story = a_deed_case()
    story.files("deed", text="one")
    story.signs("deed", "coordinator")
    story.signs("deed", "aspiring")

    story.files("deed", text="two")

    assert story.dossier.records["deed"][1].signatures == ()
    assert story.due() == {"asks/0/0": "2026-03-07"}


def test_a_ladder_writes_to_whoever_has_not_signed() -> None:
    story = a_deed_case()
    story.files("deed", text="one")
    story.signs("deed", "aspiring")

    story.days_pass(6)

    assert [letter.audience for letter in story.plans[-1].letters] == ["coordinator"]


def test_a_signature_that_cannot_be_is_refused() -> None:
    story = a_deed_case()
    day = story.today

    def said(event: Signed) -> tuple[str, str]:
        return sentences(story.refused(event))[0]

    missing = said(Signed("deed", "aspiring", "head", day, HEARD))
    story.files("deed", text="one")
    story.signs("deed", "coordinator")

    assert missing == ("the Deed is not filed", "File the Deed.")
    assert said(Signed("note", "aspiring", "head", day, HEARD)) == (
        "no record note to sign",
        "Name a signed record.",
    )
    assert said(Signed("deed", "lead", "head", day, HEARD)) == (
        "lead does not sign it",
        "It is signed by coordinator and aspiring.",
    )
    again, remedy = said(Signed("deed", "coordinator", "head", day, HEARD))
    assert again == "coordinator has signed it already"
    assert "pairing pair record PAIR-07 deed --show" in remedy
    assert "pairing pair undo PAIR-07" in remedy
    assert said(Signed("deed", "aspiring", "head", day, By("c", "coordinator"))) == (
        "coordinator may not sign for aspiring",
        "Ask: aspiring.",
    )
    assert said(Signed("deed", "aspiring", " ", day, ASPIRING)) == (
        "nobody is named",
        "Write who signed.",
    )
    assert said(Signed("deed", "aspiring", "head", day + timedelta(days=1), ASPIRING)) == (
        "2026-03-03 is still to come",
        "Write the day it was signed.",
    )


def test_a_signature_stands_under_the_latest_version_and_the_earlier_ones_stay() -> None:
    story = a_deed_case()
    for text in ("one", "two", "three"):
        story.files("deed", text=text)

    story.signs("deed", "aspiring")

    versions = story.dossier.records["deed"]
    assert [(version.number, len(version.signatures)) for version in versions] == [
        *((1, 0), (2, 0)),
        (3, 1),
    ]


def test_nobody_signs_a_text_before_the_one_that_it_replaces_was_there() -> None:
    story = a_deed_case()
    story.files("deed", text="one")
    first = story.today
    too_early = refusal_of(story, first - timedelta(days=1))
    story.days_pass(4)
    story.files("deed", text="two")
    story.days_pass(3)

    assert too_early == (
        "2026-03-01 lies before 2026-03-02, when it began",
        "Write the day on which this text was signed, from 2026-03-02 to 2026-03-02.",
    )
    assert refusal_of(story, first - timedelta(days=1)) == (
        "2026-03-01 lies before 2026-03-02, when version 1, which it replaces, came",
        "Write the day on which this text was signed, from 2026-03-02 to 2026-03-09.",
    )
    story.goes(Signed("deed", "aspiring", "head", first + timedelta(days=2), ASPIRING))


def refusal_of(story: Story, day: date) -> tuple[str, str]:
    return sentences(story.refused(Signed("deed", "aspiring", "head", day, ASPIRING)))[0]
