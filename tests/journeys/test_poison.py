"""One bad pair or letter harms only itself: it is listed, and tried again when somebody says so."""

from datetime import timedelta

import pytest

from engine.errors import ProjectError
from runtime.queries.incidents import incident_lines
from runtime.use_cases.incidents import retry_incident
from runtime.workers.sweep import sweep
from storage.database.statements import Change
from storage.database.transactions import transaction
from storage.errors import NotFoundError
from tests.support.downtime import letters_since
from tests.support.pairs import a_pair
from tests.support.world import LEAD, START, World

_COUNTRY = Change("UPDATE centres SET country = :country WHERE key = :key")
_ZONE = Change("UPDATE centres SET zone = :zone WHERE key = :key")
_NAME = Change("UPDATE centres SET name = :name WHERE key = :key")
PAIRS = 20
ONBOARDING = (("formalised", START - timedelta(days=7)), ("onboarding", START))
ASKS = ("N-07.poll", "N-07.poll_nudge")
BAD = "PAIR-07"


@pytest.fixture
def twenty(any_town: World) -> World:
    """Twenty pairs whose centres are asked for a date; one of them is poisoned."""
    for number in range(PAIRS):
        a_pair(any_town, f"PAIR-{number:02}", ONBOARDING)
    _change(any_town, _COUNTRY, country="QQ", key=f"{BAD}-a")
    any_town.days_pass(1)
    return any_town


def test_a_poisoned_pair_never_holds_up_its_neighbours(twenty: World) -> None:
    swept = sweep(twenty.runtime)
    twenty.beat()

    assert (swept.families, swept.failures) == (PAIRS, 1)
    told = {line.root for line in letters_since(twenty, START) if line.letter == ASKS[0]}
    assert told == {f"PAIR-{number:02}" for number in range(PAIRS)} - {BAD}
    assert len(twenty.mailbox.letters) == 2 * (PAIRS - 1)  # one to each side


def test_a_poisoned_pair_is_tried_again_a_few_times_and_then_listed(twenty: World) -> None:
    failures = []
    for _ in range(6):
        failures.append(sweep(twenty.runtime).failures)
        twenty.days_pass(1 / 24)

    incidents = incident_lines(twenty.runtime)
    assert failures == [1, 1, 1, 0, 0, 0]
    assert len(incidents) == 1
    assert incidents[0].kind == "timer"
    assert "QQ" in incidents[0].what


def test_the_neighbours_go_on_for_weeks_beside_a_poisoned_pair(twenty: World) -> None:
    for _ in range(15):
        twenty.beat()
        twenty.days_pass(1)

    told = {line.root for line in letters_since(twenty, START) if line.letter == ASKS[1]}
    assert len(told) == PAIRS - 1
    assert len(incident_lines(twenty.runtime)) == 1


def test_a_mended_pair_goes_on_once_its_incident_is_retried(twenty: World) -> None:
    for _ in range(3):
        sweep(twenty.runtime)
        twenty.days_pass(1 / 24)
    _change(twenty, _COUNTRY, country="RO", key=f"{BAD}-a")
    twenty.beat()
    held = [line.root for line in letters_since(twenty, START)].count(BAD)

    retry_incident(twenty.runtime, incident_lines(twenty.runtime)[0].number, LEAD)
    twenty.beat()

    assert held == 0
    said = [line.letter for line in letters_since(twenty, START) if line.root == BAD]
    assert said == [ASKS[0]] * 2
    assert incident_lines(twenty.runtime) == ()
    with pytest.raises(NotFoundError, match="no open incident"):
        retry_incident(twenty.runtime, 1, LEAD)


def test_a_pair_that_is_still_bad_comes_back_on_the_list(twenty: World) -> None:
    for _ in range(3):
        sweep(twenty.runtime)
        twenty.days_pass(1 / 24)

    retry_incident(twenty.runtime, incident_lines(twenty.runtime)[0].number, LEAD)
    for _ in range(3):
        sweep(twenty.runtime)
        twenty.days_pass(1 / 24)

    assert len(incident_lines(twenty.runtime)) == 1


def test_a_letter_that_cannot_be_written_needs_a_human_and_the_others_go_out(
    town: World,
) -> None:
    bad, good = (a_pair(town, name).gets_to("visit_preparation") for name in ("BAD", "GOOD"))
    town.beat()
    _change(town, _NAME, name="", key="BAD-c")  # the invitation names the centre

    for pair in (bad, good):
        pair.files("visit_1_dates")
    since = town.clock()
    town.beat()
    town.beat()  # what was to go in one message with a letter that cannot be written goes by itself

    said = [line for line in letters_since(town, since) if line.letter == "N-09.invitation"]
    assert {(line.root, line.state) for line in said} == {
        ("BAD", "needs_human"),
        ("GOOD", "accepted"),
    }
    assert "coordinator_centre" in next(line.reason for line in said if line.root == "BAD")
    incidents = incident_lines(town.runtime)
    invitations = [i for i in incidents if "N-09.invitation" in i.cause]
    assert {each.kind for each in incidents} == {"letter"}
    unwritten = {line.person for line in said if line.root == "BAD"}
    assert len(invitations) == len(unwritten) == 5  # one for each reader, deputies too


def test_a_zone_that_does_not_exist_harms_its_own_pair_only(town: World) -> None:
    bad, good = (a_pair(town, name, ONBOARDING) for name in ("BAD", "GOOD"))
    _change(town, _ZONE, zone="Mars/Phobos", key="BAD-a")
    town.days_pass(1)

    town.beat()

    said = letters_since(town, START)
    assert {line.root for line in said} == {"GOOD"}
    assert good.files("eoi").accepted
    with pytest.raises(ProjectError, match="Mars/Phobos"):
        bad.files("eoi")


def _change(town: World, change: Change, **values: str) -> None:
    with transaction(town.runtime.database) as session:
        assert session.change(change, **values) == 1
