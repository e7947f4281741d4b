"""In a mail program the letters of one matter are one conversation, and nothing else is in it."""

from dataclasses import replace
from datetime import date

from engine.model.outcomes import FlagRaised
from runtime.use_cases.absence import NewAbsence, away
from runtime.use_cases.substitute import Change, substitute
from runtime.workers.arrived import take
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.rows import Contact
from tests.support.actors import act
from tests.support.calendar_mail import items, onboarding_fixed
from tests.support.calendar_replies import by_mail, reply
from tests.support.mail_client import conversations
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.rematched import centre_that_follows, matched_anew
from tests.support.world import LEAD, World, at_any_hour, wp6

COORDINATOR, ASPIRING = "coordinator.vie-bir", "aspiring.vie-bir"
RUNS = "facilitator.vie-bir"
NEWS = "News of your pair VIE-BIR-a \N{EN DASH} VIE-BIR-c"


def _begun(pair: Pair, mailbox: str) -> dict[str, list[str]]:
    """What follows in each conversation, by the subject that began it: each begins otherwise."""
    found = conversations(pair.world, mailbox)
    begun = {subjects[0]: subjects[1:] for subjects in found}
    assert len(begun) == len(found)
    return begun


def test_a_question_is_one_conversation_until_it_is_taken_back(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("match_validation")
    days_go_by(any_town, 8)
    pair.goes("suspend", LEAD, note="The house moves.", review_on="2026-09-01")
    days_go_by(any_town, 1)
    pair.goes("resume", LEAD, note="It has moved.")
    any_town.beat()
    pair.goes("recall_proposal", note="Another one is asked.")
    any_town.beat()

    [subjects] = conversations(any_town, COORDINATOR)

    assert [each.partition(":")[0] for each in subjects] == [
        "Please confirm by 18 May",
        "Still open",
        *["News of VIE-BIR-a in the programme"] * 2,
        "Taken back",
    ]


def test_that_the_pair_is_formed_is_told_where_its_coordinator_was_asked(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    town.beat()
    pair.gets_to("formalised")
    town.beat()

    [subjects] = conversations(town, COORDINATOR)

    assert [each.partition(":")[0] for each in subjects] == [
        "Please confirm by 18 May",
        "Your pair is formed",
    ]


def test_a_window_that_moves_is_told_beside_what_is_asked_for_its_meeting(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)
    pair.moves("first_visit", date(2026, 10, 12), "The house is full.")
    pair.moves("onboarding", date(2026, 8, 10), "Summer.")
    town.beat()
    pair.files("onboarding_date", starts_at="2026-08-06T10:00+02:00")
    town.beat()

    begun = _begun(pair, ASPIRING)

    assert begun["Your times for the onboarding, by 15 May"] == [
        "New date: Online onboarding, 10 August",
        "Online onboarding: 6 August, 11:00",
    ]
    assert begun["New date: First on-site visit, 12 October"] == []


def test_a_date_without_a_meeting_is_told_beside_what_its_state_asks(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    days_go_by(town, 1)
    pair.moves("memorandum", date(2026, 9, 1), "Lawyers.")
    town.beat()

    [signing] = [each for each in conversations(town, ASPIRING) if "emorandum" in each[-1]]

    assert [each.partition(":")[0] for each in signing][-1] == "New date"
    assert len(signing) > 1


def test_what_becomes_of_the_pair_as_a_whole_is_one_conversation(town: World) -> None:
    with transaction(town.runtime.database) as session:
        directory.add_person(session, Contact(key="next", name="Next", email="next@example.org"))
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)
    pair.goes("suspend", LEAD, note="The house moves.", review_on="2026-09-01")
    town.beat()
    pair.goes("resume", LEAD, note="It has moved.")
    town.beat()
    for old, new in (("vie-bir-facilitator", "next"), ("next", "vie-bir-facilitator")):
        substitute(town.runtime, pair.case, Change("facilitator", old, new), LEAD)
        town.beat()

    followed = _begun(pair, ASPIRING)[NEWS]
    own = _begun(pair, RUNS)

    assert [each.rpartition(":")[2].strip() for each in followed] == [
        NEWS,
        "Next is now facilitator",
        "Facilitator VIE-BIR is now facilitator",
    ]
    assert [len(own[each]) for each in own if "facilitator" in each] == [1]


def test_who_is_away_is_told_beside_what_they_are_asked(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 2)
    absence = NewAbsence("vie-bir-coordinator", pair.today, date(2026, 5, 22))
    away(town.runtime, absence, LEAD)
    days_go_by(town, 24)

    [asked] = [each for each in conversations(town, RUNS) if "Away" in " ".join(each)]

    assert [each.partition(":")[0] for each in asked] == [
        "Away until 22 May",
        "Please call Coordinator VIE-BIR",
    ]


def test_the_words_of_a_calendar_are_told_beside_the_meeting(town: World) -> None:
    pair = onboarding_fixed(town, "2026-06-25T10:00+02:00")
    letters = list(town.mailbox.letters)
    entry = {reader.partition("@")[0]: each for reader, each in items(town)}[COORDINATOR]
    town.mailbox.letters = letters
    for mailbox, attendee in ((COORDINATOR, COORDINATOR), (ASPIRING, "nobody")):
        ics = reply(entry, f"{attendee}@example.org", "TENTATIVE")
        take(town.runtime, by_mail(ics, f"{mailbox}@example.org"))
        town.beat()

    [(meeting, told)] = [
        (each, said) for each, said in _begun(pair, RUNS).items() if "onboarding" in each
    ]

    assert meeting == "Online onboarding: 25 June, 10:00"
    assert [each.partition(":")[0] for each in told] == [
        *(f"Mail from {each}@example.org" for each in (COORDINATOR, ASPIRING)),
    ]


def test_each_flag_is_a_conversation_of_its_own_also_after_one_mail_about_both(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    for flag in ("F-13", "F-15"):
        act(town.runtime, pair.case, FlagRaised(flag, "Seen.", LEAD))
        town.beat()
    # For some days they are written to at slots: what is due to them then goes in one mail.
    slots = replace(wp6().letters, overview=None)
    town.programme = replace(wp6(), letters=slots)
    town.reopen()
    days_go_by(town, 8)
    town.programme = at_any_hour()
    town.reopen()
    for child in pair.dossier.children:
        town.pull(child.id, "close", LEAD, outcome="Gone.")
        town.beat()

    found = [each for each in conversations(town, RUNS) if "Flag" in each[0]]

    first, second = found
    assert [len(first), len(second)] == [3, 2]
    assert first[1].startswith("2 ")
    assert all(each[-1].startswith("Closed: ") for each in found)


def test_what_another_partner_brings_is_not_beside_what_was_asked_before(town: World) -> None:
    centre_that_follows(town)
    pair = a_pair(town).gets_to("formalised")
    days_go_by(town, 1)
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    town.beat()
    matched_anew(pair)
    pair.files("match_answer")
    pair.goes("confirm_match")
    pair.goes("formalise")
    town.beat()

    lists = [each for each in conversations(town, ASPIRING) if "contact list" in each[0]]

    assert [len(each) for each in lists] == [1, 1]
