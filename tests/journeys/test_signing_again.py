"""A memorandum with another text is to be signed again: people hear of it, and are asked anew."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended, Filed
from engine.model.putting_right import Corrected, Undone, Voided
from runtime.queries.history import findings
from runtime.queries.preview import Preview, preview
from runtime.queries.why import why
from tests.support.actors import act, spoken
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.standing import standing
from tests.support.world import FACILITATOR, World

WHY = "A step was missing."
SIDES = ("aspiring", "coordinator")
AGAIN = "Please sign again: new memorandum"


@pytest.fixture
def pair(any_town: World) -> Pair:
    """One whose memorandum was signed by both, after the offer of help and a call."""
    found = a_pair(any_town).gets_to("memorandum")
    days_go_by(any_town, 3)
    found.files("memorandum")
    days_go_by(any_town, 17)
    found.signs(*SIDES)
    any_town.beat()
    arrived(found)
    return found


def anew(pair: Pair) -> None:
    """File another text of it."""
    pair.files("memorandum", next_steps=["Begin in autumn"])


def asked(pair: Pair) -> Mapping[str, str]:
    """Who is asked to sign again, with the text."""
    pair.world.beat()
    letters = arrived(pair)
    return {role: text for role, subject, text in letters if subject.startswith(AGAIN)}


def days(pair: Pair) -> dict[str, date]:
    """When the signatures are asked for next, by rung."""
    due = ((key.split("/"), day) for key, day in pair.due().items())
    return {key[1]: day for key, day in due if key[0] == "unsigned"}


def test_both_sides_are_told_once_that_the_text_is_another_and_what_is_so(pair: Pair) -> None:
    anew(pair)

    letters = asked(pair)
    assert tuple(sorted(letters)) == SIDES
    said = "next steps, 1: Begin in autumn (before: Begin in summer)"
    assert all("version 2" in text and said in text for text in letters.values())
    assert not pair.dossier.facts["memorandum_complete"]
    days_go_by(pair.world, 2)
    assert asked(pair) == {}


def test_a_correction_answers_with_the_letters_that_go_out(pair: Pair) -> None:
    said = Corrected("memorandum", Changes({"next_steps": ["In autumn"]}), WHY, FACILITATOR)
    right = spoken(pair.world.runtime, pair.case, said)
    expected = preview(pair.world.runtime, pair.case, right)
    assert isinstance(expected, Preview)

    answer = act(pair.world.runtime, pair.case, right)

    assert answer.letters == tuple(each.letter for each in expected.letters)
    assert answer.letters.count("N-11.again") == len(SIDES)
    asked = {each.to for each in expected.letters if each.letter == "N-11.again"}
    told = {each.to for each in expected.letters if each.letter == "N-24.corrected"}
    assert len(asked) == len(SIDES)
    assert not asked & told


def test_a_first_text_and_one_that_nobody_had_signed_ask_nobody_again(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("memorandum")
    pair.files("memorandum")
    anew(pair)

    assert asked(pair) == {}
    pair.signs(*SIDES)
    pair.goes("start_implementation")
    any_town.beat()
    texts = [text for _, subject, text in arrived(pair) if subject.startswith("Signed")]
    assert len(texts) == len(SIDES) + 1
    assert all(f"began on {pair.today:%A}" in text and "version 2" not in text for text in texts)


def test_the_signatures_are_asked_for_from_the_new_text_on(pair: Pair) -> None:
    assert days(pair) == {}

    anew(pair)

    since = {rung: (day - pair.today).days for rung, day in days(pair).items()}
    assert since == {"offer": 8, "phone": 14, "overdue": 29, "lead": 30}
    assert findings(pair.world.runtime) == ()


def test_the_call_says_since_when_this_text_is_open_and_when_it_was_asked_for(pair: Pair) -> None:
    anew(pair)
    filed, offered = pair.today, pair.today + timedelta(days=8)
    pair.world.beat()
    days_go_by(pair.world, 15)

    calls = [text for _, subject, text in arrived(pair) if subject.startswith("Please call")]

    assert len(calls) == 1
    assert f"open since {filed:%A} {filed.day} {filed:%B %Y}: the signature" in calls[0]
    assert f"asked in writing: {filed.day} {filed:%B} and {offered.day} {offered:%B}" in calls[0]
    assert pair.flags()["F-08"] == "amber"


def test_a_third_text_is_asked_for_as_the_second(pair: Pair) -> None:
    anew(pair)
    days_go_by(pair.world, 40)
    arrived(pair)

    pair.files("memorandum", next_steps=["Begin in winter"])

    assert tuple(sorted(asked(pair))) == SIDES
    since = {rung: (day - pair.today).days for rung, day in days(pair).items()}
    assert since == {"offer": 8, "phone": 14, "overdue": 29, "lead": 30}


def test_a_text_that_is_corrected_is_signed_again_too(pair: Pair) -> None:
    right = Corrected("memorandum", Changes({"next_steps": ["Begin in autumn"]}), WHY, FACILITATOR)
    assert act(pair.world.runtime, pair.case, right).accepted

    assert tuple(sorted(asked(pair))) == SIDES
    assert days(pair).keys() == {"offer", "phone", "overdue", "lead"}
    assert "F-08" not in pair.flags()


def test_another_text_that_is_undone_leaves_the_signatures_as_they_were(pair: Pair) -> None:
    before = standing(pair)
    anew(pair)

    assert act(pair.world.runtime, pair.case, Undone(WHY, FACILITATOR)).accepted

    assert standing(pair) == before
    assert findings(pair.world.runtime) == ()


def test_the_right_text_after_one_that_is_void_asks_both_sides(town: World) -> None:
    """As does the first text after both that were signed are void."""
    pair = a_pair(town).gets_to("implementation")
    void = spoken(town.runtime, pair.case, Voided("memorandum", WHY, FACILITATOR))
    assert act(town.runtime, pair.case, void).accepted
    town.beat()
    arrived(pair)

    pair.files("memorandum")

    assert tuple(sorted(asked(pair))) == SIDES
    assert days(pair).keys() == {"offer", "phone", "lead"}


def test_the_text_that_was_signed_is_not_filed_a_second_time(pair: Pair) -> None:
    content = pair.dossier.records["memorandum"][-1].content
    runtime, same = pair.world.runtime, Changes(content)
    right = spoken(runtime, pair.case, Corrected("memorandum", same, WHY, FACILITATOR))

    assert not act(runtime, pair.case, Filed("memorandum", content, FACILITATOR)).accepted
    assert not act(runtime, pair.case, Amended("memorandum", same, FACILITATOR)).accepted
    assert not act(runtime, pair.case, right).accepted
    assert pair.dossier.facts["memorandum_complete"]


LATER = ("report_loop", "closure")


@pytest.mark.parametrize("state", LATER)
def test_who_has_not_signed_another_text_later_on_is_asked_until_it_is_signed(
    town: World, state: str
) -> None:
    pair = a_pair(town).gets_to(state)
    town.beat()
    arrived(pair)

    anew(pair)

    letters = asked(pair)
    assert tuple(sorted(letters)) == SIDES
    assert all("next: Begin in autumn" in text for text in letters.values())
    since = {rung: (day - pair.today).days for rung, day in days(pair).items()}
    assert since == {"offer": 8, "phone": 14, "lead": 30}
    pair.signs(*SIDES)
    assert days(pair) == {}
    town.beat()
    signed = [text for _, subject, text in arrived(pair) if subject.startswith("Signed:")]
    assert signed
    assert all("which began on" in text for text in signed)
    assert findings(town.runtime) == ()


def test_why_names_the_signatures_that_another_text_lacks(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    town.beat()

    anew(pair)
    town.beat()
    days_go_by(town, 9)
    pair.signs("coordinator")
    days_go_by(town, 6)

    found = next(each for each in why(town.runtime, pair.case).open if "memorandum" in each.what)
    assert found.since == pair.today - timedelta(days=15)
    assert [each.letter for each in found.asked][-2:] == ["N-11.offer", "N-11.phone"]
    assert pair.flags()["F-08"] == "amber"


@pytest.mark.parametrize("state", ["memorandum", "implementation"])
def test_a_new_text_that_is_undone_leaves_what_is_open_since_when_it_was(
    town: World, state: str
) -> None:
    """The letters about it had gone out: what they marked is taken back with it."""
    pair = a_pair(town).gets_to("memorandum").files_all()
    if state == "memorandum":
        pair.signs("coordinator")
    else:
        pair.gets_to(state)
        anew(pair)
        pair.signs("coordinator")
    town.beat()
    days_go_by(town, 3)
    before = opened(pair)
    assert before

    pair.files("memorandum", next_steps=["Begin in winter"])
    town.beat()
    assert opened(pair) != before
    assert act(town.runtime, pair.case, Undone(WHY, FACILITATOR)).accepted

    assert opened(pair) == before


def opened(pair: Pair) -> list[tuple[date, date]]:
    """Since when the signatures are open, and by when they are asked for."""
    found = why(pair.world.runtime, pair.case).open
    return [(each.since, each.asked_by) for each in found if "signatures" in each.what]
