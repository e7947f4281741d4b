"""An answer taken back takes along what rests on it, and nothing else that was done since (P21)."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended, By, Filed, FlagRaised, Moved, Signed, Triggered, Waived
from runtime.queries.history import findings
from runtime.queries.taken_back import TakenBack
from storage.mail.answers import StoredAnswer
from tests.storage.rows import everything
from tests.support.actors import act
from tests.support.given_answers import answers, foreseen, takes_back
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

COORDINATOR = By("vie-bir-coordinator", "coordinator")
ASPIRING = By("vie-bir-aspiring", "aspiring")


def _confirms(pair: Pair) -> StoredAnswer:
    said = {"answer": "confirmed", "answered_on": pair.today.isoformat()}
    steps = Filed("match_answer", said, COORDINATOR), Triggered("confirm_match", COORDINATOR)
    return answers(pair, "coordinator", *steps)


def _signs(pair: Pair, by: By) -> StoredAnswer:
    event = Signed("memorandum", by.role, f"Signer of {by.role}", pair.today, by)
    return answers(pair, by.role, event)


def _signed(pair: Pair) -> list[str]:
    latest = pair.dossier.latest("memorandum")
    assert latest is not None
    return [each.role for each in latest.signatures]


def _notes_a_call(pair: Pair) -> None:
    pair.files("contact", on=pair.today.isoformat(), kind="call", summary="All is well.")


def _done(found: TakenBack | str) -> TakenBack:
    assert isinstance(found, TakenBack), found
    return found


@pytest.fixture
def memorandum(town: World) -> Pair:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    return pair


def test_the_signature_of_the_other_side_stands(memorandum: Pair) -> None:
    stored = _signs(memorandum, COORDINATOR)
    _signs(memorandum, ASPIRING)

    found = _done(takes_back(memorandum, stored))

    assert found.along == ()
    assert _signed(memorandum) == ["aspiring"]
    assert findings(memorandum.world.runtime) == ()


def test_the_step_that_asked_for_both_signatures_goes_with_one(memorandum: Pair) -> None:
    stored = _signs(memorandum, COORDINATOR)
    _signs(memorandum, ASPIRING)
    memorandum.goes("start_implementation")
    _notes_a_call(memorandum)

    found = _done(takes_back(memorandum, stored))

    assert found.along == ("Start the implementation",)
    assert memorandum.state == "memorandum"
    assert _signed(memorandum) == ["aspiring"]
    assert memorandum.dossier.latest("contact") is not None
    assert findings(memorandum.world.runtime) == ()


def test_what_a_facilitator_did_besides_stands(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    stored = _confirms(pair)
    to = pair.today + timedelta(weeks=20)
    for event in (
        Moved("first_visit", to, "It suits better.", FACILITATOR),
        Waived("check_ins_held", "Agreed by mail.", LEAD),
        FlagRaised("F-16", "Nobody answers.", FACILITATOR),
    ):
        assert act(town.runtime, pair.case, event).accepted, event
    _notes_a_call(pair)

    found = _done(takes_back(pair, stored))

    assert found.along == ("Confirm the match",)
    dossier = pair.dossier
    assert (dossier.state, dossier.dates["first_visit"].moved_to) == ("match_validation", to)
    assert "check_ins_held" in dossier.waivers
    assert "F-16" in pair.flags()
    assert dossier.latest("contact") is not None
    assert dossier.latest("match_answer") is None
    assert findings(town.runtime) == ()


def test_after_a_day_what_does_not_rest_on_it_refuses_nothing(memorandum: Pair) -> None:
    stored = _signs(memorandum, COORDINATOR)
    _signs(memorandum, ASPIRING)
    _notes_a_call(memorandum)
    days_go_by(memorandum.world, 3)

    _done(takes_back(memorandum, stored))

    assert _signed(memorandum) == ["aspiring"]


def test_after_a_day_what_rests_on_it_refuses(memorandum: Pair) -> None:
    stored = _signs(memorandum, COORDINATOR)
    _signs(memorandum, ASPIRING)
    memorandum.goes("start_implementation")
    days_go_by(memorandum.world, 3)
    before = everything(memorandum.world.runtime.database)

    found = takes_back(memorandum, stored)

    assert found == "the step Start the implementation, of 2026-05-11, rests on it"
    assert everything(memorandum.world.runtime.database) == before


def test_what_the_other_side_said_to_a_day_stands(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days = {
        COORDINATOR: ("times_of_coordinator", "12 August"),
        ASPIRING: ("times_of_aspiring", "19 August"),
    }
    first, _ = (
        answers(pair, by.role, Amended("visit_1_dates", Changes({field: text}), by))
        for by, (field, text) in days.items()
    )

    found = _done(takes_back(pair, first))

    latest = pair.dossier.latest("visit_1_dates")
    assert latest is not None
    assert found.along == ()
    assert latest.content == {"times_of_aspiring": "19 August"}
    assert findings(town.runtime) == ()


def test_a_pair_that_was_ended_since_stays_ended(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    stored = _confirms(pair)
    assert town.pull(pair.case, "end", LEAD, note="The centre closes.").accepted

    _done(takes_back(pair, stored))

    assert pair.state == "ended"
    assert findings(town.runtime) == ()


def test_whoever_did_what_goes_with_it_is_told_once_and_why(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    stored = _confirms(pair)
    pair.goes("formalise")
    town.beat()
    arrived(pair)
    seen = _done(foreseen(pair, stored))

    found = _done(takes_back(pair, stored))
    town.beat()

    mails = town.mailbox.letters
    told = [each.recipient for each in mails if b"Subject: Taken back" in each.frozen]
    assert len(told) == len(set(told)) > 2
    assert "facilitator.vie-bir@example.org" in told
    texts = [text for _, subject, text in arrived(pair) if subject.startswith("Taken back")]
    assert all("Formalise the pair" in text for text in texts)
    assert [each.name for each in found.told] == [each.name for each in seen.told]
    assert seen.along == found.along == ("Confirm the match", "Formalise the pair")
