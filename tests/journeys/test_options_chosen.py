"""Of the days or times on offer a side chooses by their numbers, in a reply or on a page (0065)."""

from datetime import date, timedelta

import pytest

from engine.model.changes import Added, Changes, Row
from engine.model.outcomes import Amended
from notifications.languages import language_of
from storage.mail.inbound import DONE, PASSED_ON
from tests.support.actors import act
from tests.support.answer_pages import served
from tests.support.calendar_mail import reads_replies
from tests.support.linked import linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import answers, letters_to, words_of
from tests.support.world import FACILITATOR, World

SAID = "answered: These of your options suit us"


def _changes(pair: Pair, changes: Changes) -> None:
    answer = act(pair.world.runtime, pair.case, Amended("visit_1_dates", changes, FACILITATOR))
    assert answer.accepted, answer.unmet


def _offers(pair: Pair, *days: date) -> None:
    _changes(pair, Changes({}, added=tuple(Added("options", {"starts_on": str(d)}) for d in days)))


def _asked(world: World) -> tuple[Pair, list[date]]:
    """Three days are on offer for the first visit, and both sides are asked which suit."""
    pair = a_pair(world).gets_to("visit_preparation")
    days = [pair.today + timedelta(days=n) for n in (60, 67, 74)]
    _offers(pair, *days)
    days_go_by(world, 3)
    return pair, days


def _named(pair: Pair, side: str = "coordinator") -> object:
    latest = pair.dossier.latest("visit_1_dates")
    assert latest is not None
    return latest.content.get(f"times_of_{side}")


@pytest.mark.parametrize(("words", "places"), [("2", [1]), ("1, 3", [0, 2]), ("3;1.", [2, 0])])
def test_numbers_of_the_letter_are_the_days_that_suit(
    town: World, words: str, places: list[int]
) -> None:
    reads_replies(town)
    pair, days = _asked(town)
    letter = letters_to(pair, "coordinator", "dates for the visit")[-1]
    text = words_of(letter)

    line = answers(pair, letter, words)

    assert "- 1, 2: These of your options suit us" in text
    listed = [line for line in text.splitlines() if line[:3] in {"1. ", "2. ", "3. "}]
    assert listed[:3] == [f"{n}. {d:%A} {d.day} {d:%B %Y}" for n, d in enumerate(days, start=1)]
    assert (line.state, line.outcome) == (DONE, SAID)
    assert _named(pair) == ", ".join(str(days[place]) for place in places)


def test_a_number_keeps_its_day_when_the_list_changes(town: World) -> None:
    reads_replies(town)
    pair, days = _asked(town)
    letter = letters_to(pair, "coordinator", "dates for the visit")[-1]
    _changes(pair, Changes({}, removed=(Row("options", 1),)))

    gone = answers(pair, letter, "1")
    kept = answers(pair, letter, "2")

    assert gone.state == PASSED_ON
    assert f"{days[0]}, which is not on offer" in gone.outcome
    assert (kept.state, _named(pair)) == (DONE, str(days[1]))


@pytest.mark.parametrize("words", ["4", "0", "2 if the travel is paid"])
def test_what_is_no_number_of_the_list_is_for_a_person(town: World, words: str) -> None:
    reads_replies(town)
    pair, _ = _asked(town)

    line = answers(pair, letters_to(pair, "coordinator", "dates for the visit")[-1], words)

    assert line.state == PASSED_ON
    assert _named(pair) is None


def test_a_page_has_a_box_for_each_that_is_on_offer(town: World) -> None:
    with served(linked(town).runtime) as site:
        pair, days = _asked(town)
        token = list(tokens(town, "aspiring.vie-bir@"))[-1]

        boxes = site.opens(token).text.count('type="checkbox"')
        none = site.chooses(token, "choose")
        seen = site.chooses(token, "choose", options=f"{days[0]}, {days[2]}")
        town.beat()

    (receipt,) = letters_to(pair, "aspiring", "Recorded: These of your options")
    first, last = (
        f"- {each:%A} {language_of('en').whole_date(each)}\n" for each in (days[0], days[2])
    )
    assert f"{first}{last}" in words_of(receipt).replace("\r\n", "\n")
    assert boxes == len(days)
    assert "not read" in none.text
    assert "recorded" in seen.text
    assert _named(pair, "aspiring") == f"{days[0]}, {days[2]}"


def test_a_number_of_thousands_of_figures_is_no_day_on_offer(town: World) -> None:
    with served(linked(town).runtime) as site:
        pair, _ = _asked(town)
        token = list(tokens(town, "aspiring.vie-bir@"))[-1]

        seen = site.chooses(token, "choose", options="1" * 5_000)

    assert "not read" in seen.text
    assert _named(pair, "aspiring") is None
