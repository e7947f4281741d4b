"""A link shows who asks what; a choice on its page does it once, a bad one opens nothing (P21)."""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from runtime.queries.answer_page import look
from runtime.use_cases.directory import change_person
from storage.database.transactions import transaction
from storage.directory import roles
from tests.storage.rows import everything
from tests.support.answer_pages import Site
from tests.support.linked import tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

HOSTILE = 500


def _asked_to_confirm(world: World) -> tuple[Pair, str]:
    pair = a_pair(world).gets_to("match_validation")
    days_go_by(world, 1)
    (token,) = tokens(world, "coordinator.vie-bir@")
    return pair, token


def test_a_page_says_who_asks_what_by_when_and_preselects_nothing(
    linked_town: World, site: Site
) -> None:
    _, token = _asked_to_confirm(linked_town)

    seen = site.opens(token)

    assert seen.status == 200
    assert "For Coordinator VIE-BIR: Please confirm" in seen.text
    assert "Facilitator VIE-BIR asks you, by 2026-05-" in seen.text
    assert seen.text.count('type="radio"') == 5
    assert "checked" not in seen.text
    assert "Yes, pair us (Answer to the match proposal, Confirm the match)" in seen.text
    assert seen.headers["Cache-Control"] == "no-store"


def test_a_second_choice_tells_what_was_recorded(linked_town: World, site: Site) -> None:
    pair, token = _asked_to_confirm(linked_town)
    assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text
    before = everything(linked_town.runtime.database)

    again = site.chooses(token, "decline")

    assert "answered before: Yes, pair us" in again.text
    assert "Recorded: Yes, pair us" in site.opens(token).text
    assert everything(linked_town.runtime.database) == before
    assert pair.state == "match_confirmed"


def test_who_asked_for_help_finds_the_choices_still(linked_town: World, site: Site) -> None:
    pair, token = _asked_to_confirm(linked_town)
    site.chooses(token, "later", not_before=str(pair.today + timedelta(days=9)))

    seen = site.opens(token).text

    assert "Recorded: " in seen
    assert "Yes, pair us" in seen
    assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text


def test_a_link_dies_with_the_address_that_it_was_sent_to(linked_town: World, site: Site) -> None:
    pair, token = _asked_to_confirm(linked_town)

    change_person(
        linked_town.runtime,
        "vie-bir-coordinator",
        lambda known: replace(known, email="new@example.org"),
        LEAD,
    )

    assert site.opens(token).status == 404
    assert site.chooses(token, "confirm").status == 404
    assert pair.state == "match_validation"


def test_a_form_that_is_sent_without_a_choice_does_nothing(linked_town: World, site: Site) -> None:
    pair, token = _asked_to_confirm(linked_town)

    seen = site.chooses(token, "")

    assert "not offered" in seen.text
    assert pair.state == "match_validation"


def test_a_step_that_is_over_says_who_moved_what_and_when(linked_town: World, site: Site) -> None:
    pair, token = _asked_to_confirm(linked_town)
    pair.goes("recall_proposal", note="Another coordinator is nearer.")
    before = everything(linked_town.runtime.database)

    seen = [site.opens(token), site.chooses(token, "confirm")]

    said = f"This is over: Facilitator VIE-BIR, Take the proposal back, {pair.today}"
    assert said in seen[0].text
    assert "over" in seen[1].text
    assert everything(linked_town.runtime.database) == before


def test_a_link_dies_with_the_role_of_its_reader_and_with_its_days(
    linked_town: World, site: Site
) -> None:
    pair, token = _asked_to_confirm(linked_town)
    nothing = site.opens("x").text
    with transaction(linked_town.runtime.database) as session:
        roles.relieve(session, pair.case, "coordinator", linked_town.clock().date())

    assert site.opens(token).text == nothing
    linked_town.clock.move_to(linked_town.clock() + timedelta(days=60))
    assert look(linked_town.runtime, token) is None


def _hostile(token: str, other: str, seed: int) -> Iterator[str]:
    marks = random.Random(seed)  # noqa: S311 - the cases of a test
    for at in range(len(token)):
        for bit in (1, 2, 4, 8):
            yield token[:at] + chr(ord(token[at]) ^ bit) + token[at + 1 :]
        yield token[:at]
        yield token[:at] + token[at].swapcase() + token[at + 1 :] if token[at].isalpha() else ""
    yield from (token.lower(), token.upper(), token + "0", f" {token}", "%2541" + token[1:])
    yield from ("../" + token, token[:21] + other[21:], "x" * 50_000, "\u0430" + token[1:], "")
    while True:
        yield "".join(marks.choice("0Aa-_%/ é\x00") for _ in range(marks.randrange(1, 60)))


def test_every_bad_token_gets_one_answer_in_the_same_time(
    linked_town: World, capsys: pytest.CaptureFixture[str]
) -> None:
    _, token = _asked_to_confirm(linked_town)
    _, other = _asked_elsewhere(linked_town), next(tokens(linked_town, "coordinator.bru-por@"))
    runtime, known = linked_town.runtime, {token, other}
    before = everything(runtime.database)
    bad = [each for each, _ in zip(_hostile(token, other, 7), range(HOSTILE * 2), strict=False)]
    bad = [each for each in dict.fromkeys(bad) if each not in known][:HOSTILE]
    assert len(bad) == HOSTILE

    took, seen = [], set()
    for each in bad:
        began = time.perf_counter()
        seen.add(look(runtime, each))
        took.append(time.perf_counter() - began)

    assert seen == {None}
    assert everything(runtime.database) == before
    spread = statistics.quantiles(took, n=20)[-1] - statistics.median(took)
    with capsys.disabled():
        print(f"\n{HOSTILE} bad tokens: p95 {spread * 1000:.2f} ms above the median")  # noqa: T201


def _asked_elsewhere(world: World) -> Pair:
    pair = a_pair(world, "BRU-POR").gets_to("match_validation")
    days_go_by(world, 1)
    return pair
