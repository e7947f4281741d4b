"""Nobody speaks for a centre that is not theirs, on their side or on another one."""

from dataclasses import replace

import pytest

from engine.model.definition import RecordType
from engine.model.outcomes import By, Filed, Signed
from tests.support.dossiers import a_dossier, a_party, a_person
from tests.support.stories import Story, a_state, a_workflow

HOST, FIRST, SECOND = (
    replace(a_party(side), key=key, name=key.title())
    for side, key in (("coordinator", "host"), ("aspiring", "first"), ("aspiring", "second"))
)
PEOPLE = tuple(
    replace(a_person(number, role), key=f"of-{centre}", centre=centre)
    for number, (role, centre) in enumerate(
        (
            ("coordinator", "host"),
            ("aspiring", "first"),
            ("aspiring", "second"),
            ("facilitator", "office"),
        ),
        1,
    )
)
GUEST, OFFICE = By("of-first", "aspiring"), By("of-office", "facilitator")
HEARD = replace(OFFICE, heard_from="of-first", heard_by="phone")
HOST_SAYS = By("of-host", "coordinator")
DEED = RecordType(
    "deed",
    "Deed",
    by=("coordinator", "aspiring", "facilitator"),
    signatories=("coordinator", "aspiring"),
)
ANSWER = RecordType("answer", "Answer", by=("coordinator",))


@pytest.fixture
def story() -> Story:
    workflow = a_workflow(a_state("first"), records={"deed": DEED, "answer": ANSWER})
    parties = {"coordinator": (HOST,), "aspiring": (FIRST, SECOND)}
    story = Story(workflow, a_dossier(parties=parties, people=PEOPLE))
    story.starts()
    story.goes(Filed("deed", {}, OFFICE))
    return story


@pytest.mark.parametrize(
    ("by", "record", "centre", "remedy"),
    [
        (GUEST, "deed", "second", "Name first. Ask: aspiring 3"),
        (GUEST, "deed", "host", "Name first. Ask: coordinator 1"),
        (HEARD, "deed", "second", "Name first. Ask: aspiring 3"),
        (HEARD, "deed", "host", "Name first. Ask: coordinator 1"),
        (HOST_SAYS, "answer", "first", "Name host."),
    ],
)
def test_a_record_is_not_filed_for_the_centre_of_somebody_else(
    story: Story, by: By, record: str, centre: str, remedy: str
) -> None:
    unmet = story.refused(Filed(record, {}, by, centre=centre))

    speaker = by.heard_from or by.actor
    assert [each.detail for each in unmet] == [f"{speaker} is not of {centre}"]
    assert unmet[0].remedy.startswith(remedy)


@pytest.mark.parametrize("by", [GUEST, HEARD])
def test_a_record_is_not_signed_for_another_centre_of_the_same_side(story: Story, by: By) -> None:
    unmet = story.refused(Signed("deed", "aspiring", "Head", story.today, by, "second"))

    assert [each.detail for each in unmet] == ["of-first is not of second"]


@pytest.mark.parametrize("by", [GUEST, HEARD])
@pytest.mark.parametrize("named", ["", "first"])
def test_what_somebody_says_counts_for_the_centre_they_come_from(
    story: Story, by: By, named: str
) -> None:
    story.goes(Filed("deed", {}, by, centre=named))
    story.goes(Signed("deed", "aspiring", "Head", story.today, by, named))

    latest = story.dossier.records["deed"][-1]
    assert (latest.centre, latest.signed_by("aspiring")) == ("first", ("first",))


def test_what_the_office_files_itself_may_be_about_any_centre(story: Story) -> None:
    for centre in ("host", "first", "second"):
        story.goes(Filed("deed", {}, OFFICE, centre=centre))

    filed = [version.centre for version in story.dossier.records["deed"]]
    assert filed == ["", "host", "first", "second"]


def test_somebody_of_no_centre_speaks_for_the_only_one_of_their_side(story: Story) -> None:
    homeless = tuple(replace(each, centre="") for each in PEOPLE)
    story.dossier = replace(story.dossier, people=homeless)

    story.goes(Filed("answer", {}, HOST_SAYS, centre="host"))

    unmet = story.refused(Filed("deed", {}, GUEST, centre="first"))
    assert [each.remedy for each in unmet] == ["Leave the centre out."]
