"""What a facilitator met on the way through 18 months: each test has the name of a symptom."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from engine.model.outcomes import FlagRaised
from runtime.use_cases.dead_address import mark_dead
from storage.database.transactions import reading
from storage.programme.incidents import open_incidents
from tests.support.actors import act
from tests.support.pair_records import objectives
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World


def _opened(frozen: bytes) -> EmailMessage:
    return message_from_bytes(frozen, policy=policy.default)


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    words = body.get_content() if body is not None else ""
    return f"{letter['Subject']} {' '.join(words.split())}"


def _read(pair: Pair, role: str) -> list[str]:
    """Every letter that the main person of a role got so far, the oldest first."""
    address = pair.dossier.people_as(role)[0].email
    every = (_opened(each.frozen) for each in pair.world.mailbox.letters)
    return [_text(each) for each in every if address in str(each["To"])]


def test_the_aspiring_centre_does_not_read_who_is_thought_of_as_its_partner(town: World) -> None:
    pair = a_pair(town, "REF-1").gets_to("diagnostic")
    days_go_by(town, 15)
    pair.gets_to("match_confirmed")
    pair.goes("suspend", LEAD, note="A strike.", review_on=(pair.today + timedelta(7)).isoformat())
    town.beat()

    read = _read(pair, "aspiring")
    coordinator = pair.dossier.party_of("coordinator")
    said = [
        text for text in read for name in (coordinator.name, coordinator.short_name) if name in text
    ]

    assert len(read) >= 3
    assert said == []


def test_a_coordinator_who_was_never_asked_hears_nothing_of_the_pair(town: World) -> None:
    pair = a_pair(town).gets_to("diagnostic")
    pair.moves("first_visit", pair.today + timedelta(days=90), "Theatre rebuilt.")
    pair.goes("end", LEAD, note="The centre closes.")
    town.beat()

    assert _read(pair, "coordinator") == []
    assert any("Ended by the CBG" in text for text in _read(pair, "aspiring"))


def test_a_centre_is_asked_for_its_diagnostic_before_it_is_reminded(town: World) -> None:
    pair = a_pair(town).gets_to("diagnostic")
    town.beat()

    assert any("Accepted: your diagnostic" in text for text in _read(pair, "aspiring"))


def test_a_call_lists_the_days_on_which_the_centre_was_written_to_and_no_others(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("diagnostic")
    days_go_by(town, 31)

    (call,) = [text for text in _read(pair, "facilitator") if "Please call" in text]

    assert "asked in writing: 11 May, 25 May and 8 June" in call


def test_a_time_for_a_meeting_is_asked_for_within_a_week_not_by_the_day_of_the_meeting(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()

    (poll,) = [
        text for text in _read(pair, "coordinator") if "Your times for the onboarding" in text
    ]

    assert "by Friday 15 May 2026" in poll


def test_an_invitation_arrives_although_the_slides_are_late_at_once(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 10)
    pair.files("onboarding_date", starts_at=f"{pair.today + timedelta(days=18)}T10:00+02:00")
    town.beat()

    read = _read(pair, "aspiring")

    assert [text for text in read if "Online onboarding of VIE-BIR" in text and "- when: " in text]
    assert [text for text in read if text.startswith("Your onboarding slides")]


def test_no_offer_is_sent_after_the_call_that_says_no_reminder_follows(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    # Two holidays lie before it: three working days back are more than five days.
    pair.files("onboarding_date", starts_at="2026-06-02T10:00+03:00")
    days_go_by(town, 25)

    subjects = [str(_opened(each.frozen)["Subject"]) for each in town.mailbox.letters]
    call = next(n for n, each in enumerate(subjects) if each.startswith("Please call"))

    assert not [each for each in subjects[call:] if "slides" in each.lower()]


def test_a_visit_of_another_year_is_refused_as_a_slip_of_the_pen(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")
    right = pair.files("visit_1")
    content = dict(pair.dossier.records["visit_1"][-1].content)

    wrong = town.file(pair.case, "visit_1", FACILITATOR, **{**content, "held_on": "2062-07-07"})

    assert right.accepted
    assert wrong.unmet[0]["detail"] == '"held_on" is 2062-07-07, a day to come'


def test_a_visit_that_ends_before_it_begins_invites_nobody(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days = {"starts_on": "2026-09-08", "ends_on": "2026-09-07"}

    answer = town.file(
        pair.case,
        "visit_1_dates",
        FACILITATOR,
        **{"city": "Vienna", "accepted_by_coordinator": True, "accepted_by_aspiring": True, **days},
    )

    assert answer.unmet[0]["detail"] == '"ends_on" is before starts_on'
    assert answer.letters == ()


def test_after_a_skipped_check_in_the_next_one_counts_from_the_decision(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    days_go_by(town, 80)
    (child,) = [each for each in pair.dossier.children if each.workflow == "check_in"]
    skipped = town.pull(child.id, "skip", note="A visit replaces it.")

    next_one = Pair(town, [each.id for each in pair.dossier.children if each.closed_at is None][-1])

    assert skipped.accepted
    assert next_one.dossier.facts["counts_from"] == pair.today.isoformat()
    assert min(next_one.due().values()) > pair.today + timedelta(days=80)


def test_a_review_date_that_has_gone_by_is_refused(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    act(town.runtime, pair.case, FlagRaised("F-01", "No word.", FACILITATOR))
    flag = pair.dossier.children[-1].id

    answer = town.pull(flag, "acknowledge", owner="lead", next_step="call", review_on="2020-01-01")

    assert [each["requirement"] for each in answer.unmet] == ["review_dated"]


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("stranger", "stranger plays no role here: choose vie-bir-facilitator (facilitator)"),
        ("vie-bir-aspiring", "vie-bir-aspiring plays no role of the office here"),
        ("", "the owner is not given"),
    ],
)
def test_a_flag_is_owned_by_somebody_of_the_office_whichever_command_says_so(
    town: World, owner: str, said: str
) -> None:
    pair = a_pair(town).gets_to("implementation")
    act(town.runtime, pair.case, FlagRaised("F-01", "No word.", FACILITATOR))
    flag = pair.dossier.children[-1].id

    answer = town.pull(flag, "acknowledge", owner=owner, next_step="call", review_on="2027-01-01")

    assert [each["requirement"] for each in answer.unmet] == ["owner_named"]
    assert str(answer.unmet[0]["detail"]).startswith(said)


def test_a_roadmap_suggests_a_deviation_and_the_facilitator_confirms_it(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")

    answer = pair.files(
        "roadmap", objectives=[*objectives(1), {**objectives()[1], "state": "dropped"}]
    )

    confirmed = act(
        town.runtime, pair.case, FlagRaised("F-12", "Agreed by nobody.", FACILITATOR, "red")
    )

    assert answer.opened == ("F-12 amber",)
    assert confirmed.opened == ("mentoring",)


def test_an_address_found_dead_by_a_person_makes_a_letter_and_no_incident(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    mark_dead(town.runtime, "vie-bir-aspiring", "left the centre", LEAD)
    town.beat()

    with reading(town.runtime.database) as session:
        troubles = [each.trouble.what for each in open_incidents(session)]

    assert troubles == []
    assert any("left the centre" in text for text in _read(pair, "facilitator"))


def test_what_has_happened_is_forecast_no_more(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    before = pair.dossier.dates["onboarding"]
    again = (pair.today + timedelta(days=60)).isoformat()
    pair.goes("suspend", LEAD, note="A strike.", review_on=again)
    town.days_pass(60)
    pair.goes("resume", LEAD, note="It is over.")

    assert pair.dossier.dates["onboarding"] == before


def test_nobody_is_asked_for_the_record_of_a_visit_that_is_still_to_come(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files_all()
    planned = date.fromisoformat(str(pair.dossier.records["visit_1_dates"][-1].content["ends_on"]))
    pair.goes("begin_visit")
    days_go_by(town, max((planned - pair.today).days - 1, 1))

    assert not [
        text for text in _read(pair, "facilitator") if "the record of the first visit" in text
    ]
