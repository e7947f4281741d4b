"""A report that was filed by mistake: a response is asked for with the next one, anew."""

import re
from dataclasses import replace
from datetime import date

import pytest

from engine.model.changes import Changes
from engine.model.putting_right import Corrected, Voided
from runtime.queries.why import why
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

VOID = Voided("mid_term_report", "It was another pair.", FACILITATOR)
RIGHT = Corrected("mid_term_report", Changes({"summary": "All done."}), "Mistyped.", FACILITATOR)


def _asked(pair: Pair) -> list[str]:
    return [who for who, subject, _ in arrived(pair) if "your response by" in subject]


def _open_since(pair: Pair) -> list[date]:
    asks = why(pair.world.runtime, pair.case).open
    return [each.since for each in asks if each.what.startswith("the response")]


def _responses_due(pair: Pair) -> dict[str, date]:
    return {key: day for key, day in pair.due().items() if key.startswith("response/")}


@pytest.mark.parametrize("days", [0, 20])
def test_a_response_is_asked_for_with_the_report_that_is_there_and_anew_with_the_next(
    town: World, days: int
) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 1)
    first = _asked(pair)

    assert act(town.runtime, pair.case, VOID).accepted
    town.beat()
    without = (_open_since(pair), _responses_due(pair))
    days_go_by(town, days)
    assert (first, without, _asked(pair)) == (["coordinator"], ([], {}), [])

    on = pair.today
    pair.files("mid_term_report")
    days_go_by(town, 1)
    assert (_open_since(pair), _asked(pair)) == ([on], ["coordinator"])

    due = _responses_due(pair)
    assert due.keys() == {f"response/{rung}/1000" for rung in ("offer", "phone", "lead")}
    assert act(town.runtime, pair.case, RIGHT).accepted
    assert (_responses_due(pair), _open_since(pair)) == (due, [on])


def test_an_older_report_that_is_void_leaves_the_response_asked_for_as_it_was(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 2)
    pair.files("mid_term_report", summary="Two of three are done.")
    days_go_by(town, 1)
    before = _responses_due(pair)
    assert _asked(pair) == ["coordinator"]

    assert act(town.runtime, pair.case, replace(VOID, version=1)).accepted
    days_go_by(town, 2)

    assert (_responses_due(pair), _asked(pair)) == (before, [])


@pytest.mark.parametrize("also", [(), ("response",)])
def test_a_report_after_a_response_tells_both_sides_that_it_stands_unless_that_is_void_too(
    town: World, also: tuple[str, ...]
) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 1)
    pair.files("response")
    answer = act(town.runtime, pair.case, VOID)
    assert [each["requirement"] for each in answer.warnings] == ["response"]
    for record in also:
        assert act(town.runtime, pair.case, replace(VOID, record=record)).accepted
    town.beat()
    arrived(pair)

    pair.files("mid_term_report", summary="Two of three are done.")
    days_go_by(town, 1)

    told = {who: text for who, _, text in arrived(pair) if "Two of three are done." in text}
    assert told.keys() == {"coordinator", "aspiring"}
    stands = [re.search(r"(?:the|your) response of .* stands[,;]", each) for each in told.values()]
    assert [found is not None for found in stands] == [not also] * 2
    asked = ["your response" in text for text in told.values() if "asks you" in text]
    assert asked == [True] * len(also)
