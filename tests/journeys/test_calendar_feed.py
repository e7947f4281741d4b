"""The calendar of a person is fetched by an address that is theirs alone, until it is ended."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from engine.model.outcomes import By
from runtime.permission import NotEntitledError
from runtime.queries.calendar_feed import calendar_feed
from runtime.queries.directory_lines import person_lines
from runtime.queries.person_calendar import person_calendar
from runtime.use_cases.directory import change_person
from runtime.use_cases.directory_checks import DirectoryError
from runtime.use_cases.edits import person_with
from runtime.use_cases.subscription import subscribe, unsubscribe
from storage.database.transactions import reading, transaction
from storage.directory import roles
from storage.errors import NotFoundError
from storage.journal.verify import verify
from tests.storage.rows import everything
from tests.support.answer_pages import Site, served
from tests.support.linked import ADDRESS, linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

COORDINATOR, ASPIRING = "vie-bir-coordinator", "vie-bir-aspiring"


@pytest.fixture
def pair(town: World) -> Pair:
    """A pair in a programme whose pages are public."""
    return a_pair(linked(town))


def _token(pair: Pair, person: str = COORDINATOR) -> str:
    return _path(pair, person).removeprefix("/c/").removesuffix(".ics")


@pytest.fixture
def site(pair: Pair) -> Iterator[Site]:
    with served(pair.world.runtime) as found:
        yield found


def _path(pair: Pair, person: str = COORDINATOR) -> str:
    """A new address of somebody's calendar, without the host."""
    return urlsplit(subscribe(pair.world.runtime, person, LEAD).address).path


def test_a_calendar_program_fetches_what_the_command_writes(pair: Pair, site: Site) -> None:
    pair.gets_to("onboarding")
    address = subscribe(pair.world.runtime, COORDINATOR, LEAD).address
    theirs = _path(pair, ASPIRING)

    found = site.fetches(address.removeprefix(ADDRESS))

    assert (found.status, found.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert found.text.encode() == person_calendar(pair.world.runtime, COORDINATOR).ics
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in found.text.splitlines()
    assert "BEGIN:VEVENT" in found.text
    assert "Vienna" not in address
    assert site.fetches(theirs).text.encode() == person_calendar(pair.world.runtime, ASPIRING).ics


def test_what_a_program_fetches_moves_with_the_pair(pair: Pair, site: Site) -> None:
    path = _path(pair.gets_to("onboarding"))
    before = site.fetches(path).text

    pair.gets_to("visit_preparation")

    assert "window-onboarding" in before
    assert "window-onboarding" not in site.fetches(path).text


def test_whatever_opens_no_calendar_gets_one_answer(pair: Pair, site: Site) -> None:
    days_go_by(pair.gets_to("onboarding").world, 1)
    link, ours = list(tokens(pair.world, "coordinator.vie-bir"))[-1], _token(pair)
    others = ("", "a", "0" * 43, "0" * 44, link, ours[1:], f"{ours}0", "%ff%00", "../a")

    seen = {(s.status, s.text) for s in (site.fetches(f"/c/{each}.ics") for each in others)}

    assert seen == {(404, "")}
    assert site.opens(ours).status == 404  # nor does it answer a letter
    assert calendar_feed(pair.world.runtime, "\udcff") is None


def test_looking_into_a_calendar_changes_nothing(pair: Pair, site: Site) -> None:
    path = _path(pair)
    before = everything(pair.world.runtime.database)

    for each in (path, "/c/wrong.ics"):
        for method in ("GET", "HEAD", "OPTIONS"):
            site.fetches(each, method)

    assert everything(pair.world.runtime.database) == before


def test_no_row_and_no_letter_holds_the_address(pair: Pair) -> None:
    token = _token(pair)
    days_go_by(pair.world, 3)

    assert len(token) == 43
    assert token not in repr(everything(pair.world.runtime.database))
    assert not any(b"/c/" in each.frozen for each in pair.world.mailbox.letters)


def test_a_new_address_ends_the_one_before_and_nobody_elses(any_town: World) -> None:
    pair = a_pair(linked(any_town))
    first, other = _token(pair), _token(pair, ASPIRING)

    second = _token(pair)
    found = [calendar_feed(any_town.runtime, each) is not None for each in (first, second, other)]
    ended = [unsubscribe(any_town.runtime, COORDINATOR, LEAD).had_one for _ in range(2)]

    assert found == [False, True, True]
    assert ended == [True, False]
    assert calendar_feed(any_town.runtime, second) is None
    assert calendar_feed(any_town.runtime, other)


def test_another_mail_address_ends_the_address_of_the_calendar(pair: Pair, site: Site) -> None:
    path, runtime = _path(pair), pair.world.runtime

    change_person(runtime, COORDINATOR, person_with({"phone": "+43 1 234"}), LEAD)
    called = site.fetches(path).status
    change_person(runtime, COORDINATOR, person_with({"email": "new@example.org"}), LEAD)

    assert (called, site.fetches(path).status) == (200, 404)


def test_the_journals_say_who_made_and_ended_an_address_for_whom_and_keep_no_secret(
    any_town: World,
) -> None:
    pair, other = a_pair(linked(any_town)), a_pair(any_town, "NOR-BIR")
    runtime = pair.world.runtime

    tokens_made = [_token(pair), _token(pair)]
    change_person(runtime, COORDINATOR, person_with({"email": "new@example.org"}), LEAD)
    _token(pair)
    unsubscribe(runtime, COORDINATOR, LEAD)
    unsubscribe(runtime, COORDINATOR, LEAD)
    _token(pair, "lead")

    notes = [(each.by, each.role, each.note) for each in pair.journal if "calendar" in each.note]
    made = "a new address of their calendar was made"
    ended = "the address of their calendar that they had opens nothing any more"
    whose = "Coordinator VIE-BIR"
    assert notes == [
        ("lead", "lead", f"{whose}: {made}"),
        ("lead", "lead", f"{whose}: {made}; {ended}"),
        ("lead", "lead", f"{whose}: {ended}"),
        ("lead", "lead", f"{whose}: {made}"),
        ("lead", "lead", f"{whose}: {ended}"),
        ("lead", "lead", f"Lead: {made}"),
    ]
    assert [each.note for each in other.journal if "calendar" in each.note] == [f"Lead: {made}"]
    assert not any(each in repr(everything(runtime.database)) for each in tokens_made)
    with reading(runtime.database) as session:
        assert list(verify(session)) == []


def test_who_plays_no_role_any_more_fetches_nothing(any_town: World) -> None:
    pair = a_pair(linked(any_town))
    token, office = _token(pair), _token(pair, "lead")
    with transaction(any_town.runtime.database) as session:
        roles.relieve(session, pair.case, "coordinator", pair.today)

    found = [calendar_feed(any_town.runtime, each) is not None for each in (token, office)]

    assert found == [False, True]
    with pytest.raises(DirectoryError, match="they play no role in an open pair"):
        subscribe(any_town.runtime, COORDINATOR, LEAD)


def test_a_pair_that_has_ended_leaves_nothing_to_fetch(pair: Pair, site: Site) -> None:
    path, office = _path(pair), _path(pair, "lead")

    pair.goes("end", LEAD, note="They part.")

    assert [site.fetches(each).status for each in (path, office)] == [404, 200]


def test_the_list_of_people_says_who_has_an_address_since_when(pair: Pair) -> None:
    subscribe(pair.world.runtime, COORDINATOR, LEAD)

    since = {each.key: each.calendar_since for each in person_lines(pair.world.runtime)}

    assert since[COORDINATOR] == pair.today
    assert since[ASPIRING] is None


def test_without_a_public_address_the_refusal_names_the_file(town: World) -> None:
    a_pair(town)

    with pytest.raises(DirectoryError, match=r"set public_address .* --out FILE"):
        subscribe(town.runtime, COORDINATOR, LEAD)


def test_only_the_office_makes_and_ends_addresses_of_people_it_knows(pair: Pair) -> None:
    runtime, other = pair.world.runtime, By(ASPIRING, "aspiring")

    for act in (subscribe, unsubscribe):
        with pytest.raises(NotEntitledError):
            act(runtime, COORDINATOR, other)
        with pytest.raises(NotFoundError):
            act(runtime, "nobody", LEAD)
