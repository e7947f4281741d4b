"""A meeting is one thing: whoever heard of it hears what it has become, once, and nothing else."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.decide.ends import looked_at_again
from engine.model.family import Letter as LetterRow
from engine.model.meetings import Heard
from engine.model.outcomes import LetterOwed
from tests.support.dossiers import OPENED, a_dossier
from tests.support.meetings import DAYS, LATER, SIDES, a_programme
from tests.support.stories import Story, a_view


class _Programme(Story):
    """A story in which letters are read as soon as they are owed, or never."""

    state = "accepted"

    def hears(self) -> list[tuple[str, str, int]]:
        """Which letters went out since, to which role, with which number of the meeting."""
        owed = [each for plan in self.plans for each in plan.letters]
        self.plans.clear()
        self._keep(owed)
        return [(each.letter, each.audience, _sequence(each)) for each in owed]

    def _keep(self, owed: list[LetterOwed]) -> None:
        known = len(self.dossier.heard)
        fresh = (_heard(each, known + n, self) for n, each in enumerate(owed, start=1))
        self.dossier = replace(self.dossier, heard=(*self.dossier.heard, *fresh))


def _heard(owed: LetterOwed, number: int, story: _Programme) -> Heard:
    said, person = owed.facts["said"], owed.person
    return Heard(
        *(owed.meeting, number, story.dossier.stay, owed.audience, person),
        *(str(owed.facts["call"]), _sequence(owed)),
        said if isinstance(said, Mapping) else None,
        story.state,
        follows=str(owed.facts["follows"]),
    )


def _sequence(owed: LetterOwed) -> int:
    return int(str(owed.facts["sequence"]))


def both(letter: str, sequence: int) -> list[tuple[str, str, int]]:
    return [(letter, side, sequence) for side in SIDES]


@pytest.fixture
def story() -> _Programme:
    found = _Programme(a_programme(), a_dossier())
    found.starts()
    return found


def test_both_sides_are_invited_once_a_day_is_fixed(story: _Programme) -> None:
    story.files("dates", times_of_aspiring="The week of 13 April")
    before = story.hears()

    story.files("dates", **DAYS)

    assert before == []
    assert story.hears() == both("L-1.invitation", 1)


def test_a_change_of_nothing_that_matters_tells_nobody(story: _Programme) -> None:
    story.files("dates", **DAYS)
    story.hears()

    story.files("dates", **DAYS, accepted_by_aspiring=True)
    story.files("dates", **DAYS, times_of_coordinator="Any")

    assert story.hears() == []


_OTHERS = ({"city": "Graz"}, {"city": "0001-01-01T00:00:00+14:00"}, {"ends_on": "2026-04-16"})


@pytest.mark.parametrize("other", [LATER, *({**DAYS, **each} for each in _OTHERS)])
def test_whoever_was_told_hears_the_old_and_the_new(
    story: _Programme, other: Mapping[str, object]
) -> None:
    story.files("dates", **DAYS)
    story.hears()

    plan = story.files("dates", **other)

    words = plan.letters[0].facts
    assert (words["old_on"], words["old_place"]) == ("2026-04-14", "Vienna")
    assert (words["new_on"], words["new_place"]) == (other["starts_on"], other["city"])
    assert story.hears() == both("L-2.moved", 2)


def test_a_no_takes_it_back_and_the_next_day_is_an_invitation_with_a_higher_number(
    story: _Programme,
) -> None:
    story.files("dates", **DAYS)
    story.hears()

    story.files("dates", **DAYS, accepted_by_aspiring=False)
    refused = story.hears()
    story.files("dates", **LATER)

    assert refused == both("L-2.cancelled", 2)
    assert story.hears() == both("L-1.invitation", 3)


def test_where_a_yes_is_needed_nobody_is_invited_before_both_have_said_it() -> None:
    story = _Programme(a_programme(needs_yes=True), a_dossier())
    story.starts()

    story.files("dates", **DAYS, accepted_by_coordinator=True)
    one = story.hears()
    story.files("dates", **DAYS, accepted_by_coordinator=True, accepted_by_aspiring=True)

    assert one == []
    assert story.hears() == both("L-1.invitation", 1)


def test_the_end_of_the_case_calls_off_what_is_to_come(story: _Programme) -> None:
    story.files("dates", **DAYS)
    story.hears()

    plan = story.step("end")

    assert [each.facts["follows"] for each in plan.letters] == ["nothing", "nothing"]
    assert story.hears() == both("L-2.cancelled", 2)


def test_what_has_gone_by_or_took_place_is_told_to_nobody(story: _Programme) -> None:
    story.files("dates", starts_on="2026-02-10")
    past = story.hears()
    story.files("dates", **DAYS)
    story.hears()
    story.files("minutes", held_on="2026-03-01")
    before = [letter for letter, *_ in story.hears()]

    story.files("dates", **LATER)
    story.step("end")

    assert past == []
    assert before == ["L-2.cancelled", "L-2.cancelled"]
    assert story.hears() == []


def test_each_is_told_what_differs_from_what_they_heard_themselves(story: _Programme) -> None:
    story.files("dates", **DAYS)
    story.hears()
    story.state = "owed"
    story.files("dates", **LATER)
    story.hears()

    story.files("dates", **DAYS)

    assert story.hears() == []  # nobody has read that it was to be later


def test_a_letter_that_is_not_so_any_more_is_not_written(story: _Programme) -> None:
    story.files("dates", **DAYS)
    invitation = story.plans[-1].letters[0]
    row = LetterRow(1, story.dossier.id, story.dossier.stay, invitation, OPENED, "somebody")
    story.files("dates", **LATER)

    ended = looked_at_again(row, a_view(story.dossier, story.workflow))

    assert ended.reason == "superseded: the meeting is another by now"


def test_a_letter_that_calls_off_says_what_follows_by_the_time_it_goes_out(
    story: _Programme,
) -> None:
    story.files("dates", **DAYS)
    story.hears()
    story.state = "owed"
    story.files("dates", **DAYS, accepted_by_aspiring=False)
    refused = story.plans[-1].letters
    story.hears()

    plan = story.step("end")

    assert [each.facts["follows"] for each in refused] == ["a search", "a search"]
    assert [each.facts["follows"] for each in plan.letters] == ["nothing", "nothing"]
    assert story.hears() == both("L-2.cancelled", 2)
    assert going(story, *refused, *plan.letters) == list(plan.letters)


def test_a_meeting_called_off_agreed_and_called_off_within_the_hour_is_told_once(
    story: _Programme,
) -> None:
    story.files("dates", **DAYS)
    story.hears()
    story.state = "owed"
    owed: list[LetterOwed] = []

    refused, agreed = {"accepted_by_aspiring": False}, {"city": "Graz"}
    for answer in (refused, agreed, refused):
        story.files("dates", **{**DAYS, **answer})
        owed += story.plans[-1].letters
        story.hears()

    assert [each.facts["call"] for each in going(story, *owed)] == ["cancelled", "cancelled"]


def going(story: _Programme, *owed: LetterOwed) -> list[LetterOwed]:
    """Those of the last letters that go out where nobody has looked since the first."""
    view, first = a_view(story.dossier, story.workflow), len(story.dossier.heard) - len(owed) + 1
    rows = (
        LetterRow(number, story.dossier.id, story.dossier.stay, each, OPENED, "somebody")
        for number, each in enumerate(owed, start=first)
    )
    return [each.owed for each in rows if looked_at_again(each, view).state == "owed"]


@pytest.mark.parametrize("ended", ["refused", "withdrawn", "superseded"])
def test_who_never_got_the_invitation_is_invited_not_told_of_a_change(
    story: _Programme, ended: str
) -> None:
    story.state = ended
    story.files("dates", **DAYS)
    story.hears()

    story.files("dates", **LATER)

    assert {letter for letter, _, _ in story.hears()} == {"L-1.invitation"}


def test_what_was_taken_over_with_the_case_is_known_to_all(story: _Programme) -> None:
    story.files("dates", **DAYS)
    story.hears()
    version = replace(story.dossier.records["dates"][0], imported=True)
    story.dossier = replace(story.dossier, heard=(), records={"dates": (version,)})

    story.fires()
    quiet = story.hears()
    story.files("dates", **LATER)

    assert quiet == []
    assert story.hears() == both("L-2.moved", 1)
