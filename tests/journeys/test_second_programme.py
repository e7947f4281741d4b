"""Another programme runs by its definitions and texts alone: nothing here knows a cancer centre."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.lint.lint import problems
from engine.model.outcomes import By, Filed, FlagRaised, Triggered, Waived
from notifications.checking import problems as unwritten
from runtime.definitions import NotAvailableError
from runtime.queries.show_case import show_case
from runtime.queries.why import why
from runtime.texts import texts_of
from runtime.use_cases.start_case import NewPair, StartError, start_pair
from runtime.wiring import open_runtime
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.exchange import (
    BOARD,
    FOLDER,
    GUEST,
    STEWARD,
    Town,
    an_exchange,
    founded,
    settings,
)
from tests.support.letter_words import words_of
from tests.support.longest import longest_silence
from tests.support.world import START, world
from workflows.registry import load_programme


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with founded(tmp_path) as made:
        yield made


def test_its_definitions_and_texts_are_good_and_nobody_is_forgotten() -> None:
    programme = load_programme(FOLDER)

    assert list(problems(programme.workflows, programme.letters)) == []
    assert unwritten(programme.letters, texts_of(FOLDER, programme.letters)) == []
    assert longest_silence(programme.workflows).days == 22


def test_an_exchange_runs_from_the_offer_to_its_end(town: Town) -> None:
    case = an_exchange(town)
    town.days_go_by(1)

    assert town.does(case, Triggered("accept", GUEST, facts={"theme": "night shifts"})).accepted
    town.days_go_by(30)
    week = {"days": ["Ward", "Tumour board", "Nursing"]}
    assert town.does(case, Filed("programme_of_week", week, STEWARD)).unmet != ()
    assert town.does(case, Filed("programme_of_week", week, _host())).accepted
    assert town.does(case, Triggered("travel", STEWARD)).accepted
    town.days_go_by(5)
    assert town.does(case, Triggered("go_home", GUEST)).accepted
    town.beat()

    whole = show_case(town.runtime, case)
    assert whole.line.state == "over"
    assert [child.state for child in whole.children if child.workflow == "diary"] == ["kept"]
    assert {each.recipient for each in town.mailbox.letters} == {
        f"{key}@example.org"
        for key in ("host", "host-deputy", "guest", "guest-deputy", "board", "steward")
    }
    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []


def test_its_letters_are_its_own_and_answered_by_its_own_people(town: Town) -> None:
    an_exchange(town)
    town.days_go_by(8)

    read = [message_from_bytes(each.frozen, policy=policy.default) for each in town.mailbox.letters]

    subjects = Counter(str(each["Subject"]) for each in read)
    assert subjects == {
        "A week at Hospital of the host": 1,
        "Still open: the answer to the offer": 2,
    }
    answered = {(str(each["To"]), str(each["Reply-To"])) for each in read}
    assert answered == {
        ("Guest <guest@example.org>", "Steward <steward@example.org>"),
        ("Steward <steward@example.org>", "Board <board@example.org>"),
    }
    assert {str(each["From"]).partition(",")[0].strip('"') for each in read} == {"Steward"}
    for each in read:
        text = words_of(each)
        assert text.startswith("Hospital Exchange")
        assert not {"pair", "cancer", "aspiring"} & set(text.lower().split())


def test_its_rules_refuse_and_are_waived_by_its_own_roles(town: Town) -> None:
    case = an_exchange(town)
    town.does(case, Triggered("accept", GUEST, facts={"theme": "night shifts"}))

    refused = town.does(case, Triggered("travel", STEWARD))

    assert [unmet["requirement"] for unmet in refused.unmet] == ["week_planned"]
    assert refused.unmet[0]["owner"] == "host"
    assert not town.does(case, Waived("week_planned", "It is short.", STEWARD)).accepted
    assert town.does(case, Waived("week_planned", "It is short.", BOARD)).accepted
    assert town.does(case, Triggered("travel", STEWARD)).state == "on_site"


def test_its_timers_raise_its_own_flags_and_tell_its_own_board(town: Town) -> None:
    case = an_exchange(town)
    town.does(case, Triggered("accept", GUEST, facts={"theme": "night shifts"}))

    town.days_go_by(20)

    children = show_case(town.runtime, case).dossier.children
    assert [(child.workflow, child.facts["flag"]) for child in children] == [("concern", "Z-1")]
    assert "board@example.org" in {each.recipient for each in town.mailbox.letters}


def test_a_flag_may_be_raised_by_hand_and_why_speaks_its_words(town: Town) -> None:
    case = an_exchange(town)

    town.days_go_by(1)
    raised = town.does(case, FlagRaised("Z-1", "The host does not answer.", GUEST))
    found = why(town.runtime, case)

    assert raised.accepted
    assert found.title == "Offered"
    assert [way.trigger for way in found.ways] == ["accept"]
    assert found.open[0].what == "the answer to the offer"
    assert found.open[0].whose_turn == "Guest"


def test_after_downtime_its_people_hear_once_too(town: Town) -> None:
    case = an_exchange(town)
    town.days_go_by(1)
    town.does(case, Triggered("accept", GUEST, facts={"theme": "night shifts"}))
    town.mailbox.letters.clear()

    town.clock.move_to(START + timedelta(days=60))
    town.beat()

    told = Counter(each.recipient for each in town.mailbox.letters)
    assert set(told.values()) == {1}
    assert "board@example.org" not in told  # nobody had been asked before


def test_a_case_of_the_other_programme_cannot_be_started_in_it(town: Town) -> None:
    with pytest.raises(StartError, match="no workflow pairing; there are: concern, diary"):
        start_pair(town.runtime, NewPair("A", {}, {}, workflow="pairing"), STEWARD)


def test_a_database_of_one_programme_refuses_the_other(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    with world(tmp_path / "own") as pairs:
        theirs = settings(tmp_path / "own", FOLDER, "exchange")
        assert theirs.database == pairs.settings.database

        with pytest.raises(NotAvailableError, match="holds programme wp6"), open_runtime(theirs):
            pass


def _host() -> By:
    return By("host", "host")
