"""N-22: on Monday whoever follows pairs hears of all of them in one letter, once."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from notifications.mailer import Rejected, TryLater
from runtime.queries.incidents import incident_lines
from runtime.use_cases.dead_address import mark_dead
from runtime.use_cases.directory import change_person
from runtime.use_cases.incidents import retry_incident
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from storage.database import failpoints
from tests.support.grove import Post
from tests.support.overview_mail import beat, overviews
from tests.support.pairs import a_pair
from tests.support.word_replies import opened, words_of
from tests.support.world import LEAD, Mailbox, World, wp6

NORTH, SOUTH = "facilitator.nor-bir@example.org", "facilitator.sou-bay@example.org"
LEADS = "lead@example.org"
MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is


@pytest.fixture
def office(any_town: World) -> Runtime:
    """Two pairs of two facilitators, on the Friday before their first whole week."""
    a_pair(any_town, "NOR-BIR")
    a_pair(any_town, "SOU-BAY")
    any_town.clock.move_to(MONDAY - timedelta(days=3))
    return replace(any_town.runtime, programme=wp6())


def test_each_facilitator_hears_of_their_own_pairs_and_the_lead_of_all(
    any_town: World, office: Runtime
) -> None:
    any_town.clock.move_to(MONDAY)

    beat(office, any_town.mailbox)

    sent = {each.recipient: words_of(each) for each in overviews(any_town.mailbox)}
    assert {*sent} == {NORTH, SOUTH, LEADS}
    told = {
        who: {pair for pair in ("NOR-BIR", "SOU-BAY") if f"({pair})" in text}
        for who, text in sent.items()
    }
    assert told == {NORTH: {"NOR-BIR"}, SOUTH: {"SOU-BAY"}, LEADS: {"NOR-BIR", "SOU-BAY"}}
    assert "Your pairs: 1." in sent[NORTH]
    assert "All pairs: 2." in sent[LEADS]
    assert "WHERE THE PAIRS STAND" in sent[NORTH]


def test_of_workers_that_write_at_once_one_does(any_town: World, office: Runtime) -> None:
    any_town.clock.move_to(MONDAY)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        compose_owed(office)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    deliver(office, any_town.mailbox)

    assert _readers(any_town.mailbox) == {NORTH: 1, SOUTH: 1, LEADS: 1}


def test_what_was_missed_comes_in_the_next_working_minute_and_once(
    any_town: World, office: Runtime
) -> None:
    any_town.clock.move_to(MONDAY + timedelta(days=1, hours=14))  # Tuesday at 22:00

    beat(office, any_town.mailbox)
    at_night = _readers(any_town.mailbox)
    any_town.clock.move_to(MONDAY + timedelta(days=2))
    for _ in range(3):
        beat(office, any_town.mailbox)
        any_town.clock.move_to(any_town.clock() + timedelta(hours=20))

    assert at_night == {}
    assert _readers(any_town.mailbox) == {NORTH: 1, SOUTH: 1, LEADS: 1}


def test_after_three_weeks_down_there_is_one_and_on_a_holiday_it_comes_the_day_after(
    any_town: World, office: Runtime
) -> None:
    whit_monday = MONDAY + timedelta(days=7)

    any_town.clock.move_to(whit_monday)
    beat(office, any_town.mailbox)
    on_the_day_off = _readers(any_town.mailbox)
    any_town.clock.move_to(whit_monday + timedelta(days=1))
    beat(office, any_town.mailbox)

    assert on_the_day_off == {}
    assert _readers(any_town.mailbox) == {NORTH: 1, SOUTH: 1, LEADS: 1}


def test_a_worker_that_dies_while_it_writes_leaves_nothing_and_the_next_writes_it(
    any_town: World, office: Runtime
) -> None:
    any_town.clock.move_to(MONDAY)

    def die(name: str) -> None:
        if name == "overviews.kept":
            raise SystemExit

    remove = failpoints.install(die)
    with pytest.raises(SystemExit):
        compose_owed(office)
    remove()
    beat(office, any_town.mailbox)

    assert _readers(any_town.mailbox) == {NORTH: 1, SOUTH: 1, LEADS: 1}


def test_one_that_waits_until_the_next_is_not_sent_and_a_new_address_has_its_own(
    any_town: World, office: Runtime
) -> None:
    post = Post()
    any_town.clock.move_to(MONDAY)
    for reader in (NORTH, SOUTH, LEADS):
        post.will_answer(reader, *[TryLater("451 not now")])
    beat(office, post)

    moved = partial(replace, email="north@example.org")
    change_person(office, "nor-bir-facilitator", moved, LEAD)
    any_town.clock.move_to(MONDAY + timedelta(hours=5))
    beat(office, post)
    beat(office, post)

    assert _readers(post) == {"north@example.org": 1, SOUTH: 1, LEADS: 1}


def test_one_of_last_week_is_withheld(any_town: World, office: Runtime) -> None:
    post = Post()
    any_town.clock.move_to(MONDAY)
    post.will_answer(NORTH, TryLater("451 not now"))
    beat(office, post)

    any_town.clock.move_to(MONDAY + timedelta(days=14))
    beat(office, post)

    subjects = [str(opened(each)["Subject"]) for each in overviews(post) if each.recipient == NORTH]
    assert [subject.partition(":")[0] for subject in subjects] == ["Monday 1 June"]


def test_a_dead_address_of_the_office_is_an_incident_and_the_deputy_reads_on(
    any_town: World, office: Runtime
) -> None:
    post = Post()
    any_town.clock.move_to(MONDAY)
    post.will_answer(NORTH, Rejected("550 5.1.1 no such user"))

    beat(office, post)
    beat(office, post)

    said = [each.what for each in incident_lines(office) if each.kind == "overview"]
    assert said == ["the overview of nor-bir-facilitator came back: 550 5.1.1 no such user"]
    assert _readers(post) == {SOUTH: 1, LEADS: 1, f"deputy.{NORTH}": 1}


def test_one_that_cannot_be_written_harms_no_other_and_is_written_when_a_person_says_so(
    any_town: World, office: Runtime
) -> None:
    letters = wp6().letters
    assert letters.overview is not None
    lost = replace(letters.overview, full="N-99.lost")
    broken = replace(office, programme=replace(wp6(), letters=replace(letters, overview=lost)))
    any_town.clock.move_to(MONDAY)
    mark_dead(broken, "nor-bir-aspiring", "left", LEAD)

    beat(broken, any_town.mailbox)
    (trouble, *_) = [each for each in incident_lines(office) if each.kind == "overview"]
    before = _readers(any_town.mailbox)
    retry_incident(office, trouble.number, LEAD)
    beat(office, any_town.mailbox)

    assert "could not be written" in trouble.what
    assert NORTH not in before
    assert _readers(any_town.mailbox)[NORTH] == 1


def test_what_is_late_dead_and_withheld_is_told_with_its_reason(
    any_town: World, office: Runtime
) -> None:
    mark_dead(office, "nor-bir-coordinator", "left", LEAD)
    any_town.clock.move_to(MONDAY + timedelta(days=28))

    beat(office, any_town.mailbox)
    any_town.clock.move_to(MONDAY + timedelta(days=35))
    beat(office, any_town.mailbox)

    text = [words_of(each) for each in overviews(any_town.mailbox) if each.recipient == NORTH][-1]
    assert "Coordinator NOR-BIR (" in text
    assert "written to instead: Coordinator NOR-BIR deputy" in " ".join(text.split())
    assert "LATE" in text


def test_fourteen_pairs_fit_in_a_mail_that_is_shown_whole(town: World) -> None:
    for number in range(14):
        a_pair(town, f"P-{number:02}")
    runtime = replace(town.runtime, programme=wp6())
    town.clock.move_to(MONDAY + timedelta(days=21))

    beat(runtime, town.mailbox)

    (mail,) = [each for each in overviews(town.mailbox) if each.recipient == LEADS]
    html = opened(mail).get_body(("html",))
    assert html is not None
    assert len(html.get_content().encode()) <= 80_000
    assert "All pairs: 14." in words_of(mail)


def _readers(post: Mailbox) -> Counter[str]:
    return Counter(each.recipient for each in overviews(post))
