"""Letters to a side of several centres: each is asked, and no longer once it has answered."""

from dataclasses import replace

from engine.checks.case import FiledBy, SignedBy
from engine.dates.view import View
from engine.decide.ends import looked_at_again
from engine.model.definition import Ladder, Notify, RecordType
from engine.model.family import Letter
from engine.model.outcomes import By, Filed, Signed, Undeliverable
from tests.support.dossiers import a_dossier, a_party, a_person
from tests.support.stories import (
    ASPIRING,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_workflow,
)

COORDINATOR = By("coordinator", "coordinator")
BOTH = ("coordinator", "aspiring")
NORTH, SOUTH = (
    replace(a_party("aspiring"), key=key, name=key.title()) for key in ("north", "south")
)
PEOPLE = (
    a_person(1, "coordinator"),
    replace(a_person(2, "aspiring"), centre="north"),
    replace(a_person(3, "aspiring", main=False), centre="north"),
    replace(a_person(4, "aspiring", main=False), centre="south"),
)
DEED = RecordType(
    "deed",
    "Deed",
    by=BOTH,
    signatories=BOTH,
    signed=(Notify("signed", ("whose_turn",)),),
)
ASKS = a_ladder(
    a_rung("P2D", "ask", "whose_turn"),
    a_rung("P4D", "nudge", "aspiring"),
    unmet=SignedBy("deed", BOTH),
)


def _story(asks: Ladder = ASKS) -> Story:
    workflow = a_workflow(
        a_state("first", asks),
        records={"deed": DEED},
        notices={"undeliverable": (), "no_contact_left": ()},
    )
    parties = {"coordinator": (a_party("coordinator"),), "aspiring": (NORTH, SOUTH)}
    story = Story(workflow, a_dossier(parties=parties, people=PEOPLE))
    story.starts()
    story.files("deed")
    return story


def _signs(story: Story, side: str, centre: str = "") -> None:
    story.goes(Signed("deed", side, "head", story.today, replace(ASPIRING, role=side), centre))


def _read(story: Story) -> list[tuple[str, int]]:
    return [(owed.letter, int(owed.person or 0)) for each in story.plans for owed in each.letters]


def test_each_centre_whose_turn_it_is_is_asked_by_its_main_person() -> None:
    story = _story()

    story.days_pass(3)

    assert _read(story) == [("ask", 1), ("ask", 2), ("ask", 4)]


def test_a_centre_that_has_signed_is_asked_no_more() -> None:
    story = _story()
    _signs(story, "coordinator")
    _signs(story, "aspiring", "north")

    story.days_pass(5)

    assert _read(story) == [
        ("signed", 2),
        ("signed", 4),
        ("signed", 4),
        ("ask", 4),
        ("nudge", 4),
    ]


def test_a_letter_owed_to_a_centre_that_signs_before_it_goes_out_is_needed_no_more() -> None:
    story = _story()
    story.days_pass(3)
    owed = story.plans[-1].letters
    _signs(story, "aspiring", "north")
    view = View(story.workflow, story.dossier, story.now)

    ends = {
        int(each.person or 0): looked_at_again(
            Letter(1, story.dossier.id, story.dossier.stay, each, story.now, ""), view
        ).reason
        for each in owed
    }

    assert ends == {1: "", 2: "superseded: done meanwhile", 4: ""}


def test_what_each_centre_is_to_file_is_asked_of_those_that_have_not() -> None:
    asks = a_ladder(
        a_rung("P2D", "ask", "whose_turn"), unmet=FiledBy("deed", ("coordinator", "aspiring"))
    )
    story = _story(asks)
    for by, centre in ((COORDINATOR, ""), (ASPIRING, ""), (ASPIRING, "south")):
        story.goes(Filed("deed", {}, by, centre=centre))

    story.days_pass(3)

    assert [version.centre for version in story.dossier.records["deed"]] == [
        "",
        "coordinator-centre",
        "",
        "south",
    ]
    assert _read(story) == [("ask", 2)]


def test_whoever_files_or_signs_speaks_for_the_centre_they_come_from() -> None:
    story = _story()
    people = tuple(replace(each, key=f"person-{each.id}") for each in PEOPLE)
    story.dossier = replace(story.dossier, people=people)
    south = By("person-4", "aspiring")

    story.goes(Filed("deed", {}, south))
    story.goes(Signed("deed", "aspiring", "head", story.today, south))

    latest = story.dossier.records["deed"][-1]
    assert (latest.centre, latest.signed_by("aspiring")) == ("south", ("south",))


def test_a_signature_that_names_no_centre_of_several_is_refused() -> None:
    story = _story()

    unmet = story.refused(Signed("deed", "aspiring", "head", story.today, ASPIRING))

    assert [each.detail for each in unmet] == ["which centre of aspiring signed is not said"]
    assert [each.remedy for each in unmet] == ["Choose one of: north, south."]


def test_a_record_of_a_centre_that_stands_nowhere_is_refused() -> None:
    story = _story()

    unmet = story.refused(Filed("deed", {}, ASPIRING, centre="gone"))

    assert [each.detail for each in unmet] == ['"gone" stands on no side of the case']
    assert [each.remedy for each in unmet] == ["Choose one of: coordinator-centre, north, south."]


def test_whoever_stands_in_for_a_dead_address_is_of_the_same_centre() -> None:
    story = _story()
    dead = tuple(replace(each, reachable=each.id != PEOPLE[1].id) for each in PEOPLE)
    story.dossier = replace(story.dossier, people=dead)

    plan = story.goes(
        Undeliverable("ask", "aspiring", PEOPLE[1].name, PEOPLE[1].email, "Deed", "gone")
    )

    assert [owed.person for owed in plan.letters] == [3]


def test_a_letter_to_a_team_that_one_of_them_did_not_get_is_not_written_to_the_others_again() -> (
    None
):
    story = _story()
    dead = tuple(replace(each, reachable=each.id != PEOPLE[1].id) for each in PEOPLE)
    story.dossier = replace(story.dossier, people=dead)

    plan = story.goes(
        Undeliverable("ask", "aspiring.team", PEOPLE[1].name, PEOPLE[1].email, "Deed", "gone")
    )

    assert plan.letters == ()
