"""Who read something wrong is told what is right; what nobody has read is not sent."""

from email import message_from_bytes
from email.policy import default

import pytest

from engine.model.changes import Changes
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Filed, Waived
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from notifications.mailer import Outgoing
from runtime.families import Families
from runtime.queries.history import findings
from runtime.queries.preview import Preview, preview
from runtime.use_cases.advance import Answer
from runtime.use_cases.start_case import NewPair, open_pair
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from storage.database.transactions import transaction
from tests.support.actors import act, spoken
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

WHY = "It was another pair."
UNDO = Undone(WHY, FACILITATOR)


@pytest.fixture
def pair(any_town: World) -> Pair:
    found = a_pair(any_town).gets_to("visit_preparation")
    any_town.beat()
    any_town.mailbox.letters.clear()
    return found


def done(pair: Pair, event: Cause, case: CaseId | None = None) -> Answer:
    answer = act(pair.world.runtime, case or pair.case, event)
    assert answer.accepted, answer.unmet
    assert findings(pair.world.runtime) == ()
    return answer


def read(letter: Outgoing) -> tuple[str, str]:
    """The subject and the text of a letter."""
    message = message_from_bytes(letter.frozen, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(message["subject"]), " ".join(str(body.get_content()).split())


def subjects(pair: Pair) -> dict[str, list[str]]:
    """What arrived since, by address; and forget it."""
    found: dict[str, list[str]] = {}
    for letter in pair.world.mailbox.letters:
        found.setdefault(letter.recipient, []).append(read(letter)[0])
    pair.world.mailbox.letters.clear()
    return found


def test_a_letter_that_nobody_has_read_is_not_sent(pair: Pair) -> None:
    pair.files("visit_1_dates")

    done(pair, UNDO)
    pair.world.beat()

    assert subjects(pair) == {}


def test_a_message_that_is_written_and_not_sent_is_withdrawn(pair: Pair) -> None:
    pair.files("visit_1_dates")
    compose_owed(pair.world.runtime)

    done(pair, UNDO)
    deliver(pair.world.runtime, pair.world.mailbox)

    assert subjects(pair) == {}


def test_whoever_read_a_letter_is_told_that_it_counts_no_more(pair: Pair) -> None:
    pair.files("visit_1_dates")
    pair.world.beat()
    readers = subjects(pair)
    assert len(readers) >= 3

    done(pair, UNDO)
    pair.world.beat()
    told = subjects(pair)

    assert told == {each: ["Not so: Dates of the first visit"] for each in readers}


def test_a_correction_says_what_was_wrong_and_what_is_right_and_invites_nobody_twice(
    pair: Pair,
) -> None:
    pair.files("visit_1_dates")
    pair.world.beat()
    readers = subjects(pair)

    done(pair, Corrected("visit_1_dates", Changes({"city": "Graz"}), WHY, FACILITATOR))
    pair.world.beat()
    texts = [read(letter)[1] for letter in pair.world.mailbox.letters]

    assert subjects(pair) == {each: ["Corrected: Dates of the first visit"] for each in readers}
    assert all("city: Graz (we wrote: Vienna)" in text and WHY in text for text in texts)


def test_a_letter_not_yet_sent_says_what_is_right_from_the_start(pair: Pair) -> None:
    pair.files("visit_1_dates")

    changes = Changes({"starts_on": "2026-05-30"})
    done(pair, Corrected("visit_1_dates", changes, WHY, FACILITATOR))
    pair.world.beat()
    letters = [read(letter) for letter in pair.world.mailbox.letters]

    visits = [text for subject, text in letters if subject.startswith("Visit to")]
    assert visits
    assert all("30 May" in text and "31 May" not in text for text in visits)
    assert not [subject for subject, _ in letters if "Corrected" in subject]


def test_what_rests_on_a_step_is_to_be_taken_back_first(pair: Pair) -> None:
    pair.files("visit_1_dates")
    contact = {"on": "2026-05-11", "kind": "call", "summary": "All is well."}
    done(pair, Filed("contact", contact, FACILITATOR))

    done(pair, UNDO)
    done(pair, UNDO)

    assert "visit_1_dates" not in pair.dossier.records
    assert "contact" not in pair.dossier.records


def test_a_step_is_not_undone_while_somebody_acts_on_what_it_opened(pair: Pair) -> None:
    barrier = {"what": "No nurse.", "since": "2026-05-01", "tried": "-", "ask": "-"}
    done(pair, Filed("barrier", {**barrier, "objective": "Care"}, FACILITATOR))
    flag = next(child.id for child in pair.dossier.children if child.facts.get("flag") == "F-11")
    owned = {"owner": "lead", "next_step": "call", "review_on": "2026-06-01"}
    answer = pair.world.pull(flag, "acknowledge", FACILITATOR, **owned)
    assert answer.accepted, answer.unmet

    refused = act(pair.world.runtime, pair.case, UNDO)

    assert not refused.accepted
    assert "the step acknowledge" in str(refused.unmet[0]["detail"])
    assert "pairing pair undo VIE-BIR/red_flag-" in str(refused.unmet[0]["remedy"])


def test_a_step_that_rested_on_a_void_record_is_listed_for_a_person(pair: Pair) -> None:
    answer = done(pair, Voided("gap_analysis", WHY, FACILITATOR))

    assert [each["requirement"] for each in answer.warnings] == ["gaps_reviewed"]
    assert "Finish the onboarding, taken on 2026-05-11" in str(answer.warnings[0]["detail"])
    assert pair.state == "visit_preparation"


def test_the_signatures_under_a_wrong_version_are_listed_for_a_person(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("memorandum").files_all()
    pair.signs("coordinator", "aspiring")

    changes = Changes({"next_steps": ["Meet in June"]})
    answer = done(pair, Corrected("memorandum", changes, "A step was missing.", FACILITATOR))

    said = str(answer.warnings[-1]["detail"])
    assert "version 1 was signed by" in said
    assert pair.dossier.records["memorandum"][-1].signatures == ()
    assert not pair.dossier.facts["memorandum_complete"]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Undone(" ", FACILITATOR), "no reason is given"),
        (Voided("report_meeting", WHY, FACILITATOR), "no version of it counts"),
        (Voided("gap_analysis", WHY, FACILITATOR, 7), "no version 7 of it counts"),
        (
            Corrected("gap_analysis", Changes(cleared=("overall",)), WHY, FACILITATOR),
            "overall: is missing",
        ),
        (
            Corrected("gap_analysis", Changes(cleared=("other",)), WHY, FACILITATOR),
            "other: there is nothing to clear",
        ),
    ],
)
def test_what_cannot_be_put_right_is_refused_the_same_when_it_is_tried(
    event: Cause, said: str, pair: Pair
) -> None:
    pair.files("support", activity="A course.", since="2026-05-01")
    runtime = pair.world.runtime

    refused = act(runtime, pair.case, event)
    told = preview(runtime, pair.case, spoken(runtime, pair.case, event))

    assert said in str(refused.unmet[0]["detail"])
    assert refused.unmet[0]["remedy"]
    assert not isinstance(told, Preview)
    assert [each.detail for each in told.unmet] == [each["detail"] for each in refused.unmet]


def test_what_was_put_right_is_not_undone(pair: Pair) -> None:
    done(pair, Voided("gap_analysis", WHY, FACILITATOR))

    refused = act(pair.world.runtime, pair.case, UNDO)

    assert "the voided record gap_analysis 1 is the last thing done" in str(refused.unmet[0])


def test_the_coordinator_of_a_pair_puts_nothing_right(pair: Pair) -> None:
    person = next(p for p in pair.dossier.people if p.role == "coordinator")
    by = type(FACILITATOR)(person.key, "coordinator")

    refused = act(pair.world.runtime, pair.case, Undone(WHY, by))

    assert not refused.accepted
    assert "To put something right is up to: facilitator or lead" in str(refused.unmet[0]["says"])


def test_a_waiver_that_was_given_twice_is_as_the_first_one_again(pair: Pair) -> None:
    done(pair, Waived("check_ins_held", "First reason.", LEAD))
    first = pair.dossier.waivers
    days_go_by(pair.world, 2)
    done(pair, Waived("check_ins_held", "Second reason.", LEAD))

    done(pair, UNDO)

    assert pair.dossier.waivers == first


def test_a_place_that_is_another_pairs_by_now_is_not_taken_back(any_town: World) -> None:
    first = a_pair(any_town).gets_to("onboarding")
    first.goes("end", LEAD, note="They merge.")
    with transaction(any_town.runtime.database) as session:
        acting = Families(session, any_town.runtime, any_town.clock())
        people = any_town.settle_in("OSL-BIR")(acting)
        parties = {"coordinator": ("OSL-BIR-c",), "aspiring": ("VIE-BIR-a",)}
        same = ("vie-bir-aspiring", "vie-bir-aspiring-deputy")
        asked = {**people, "aspiring": same}
        new = NewPair("OSL-BIR", parties, asked, {"domain": "Care"})
        other = Pair(any_town, open_pair(acting, new, By()))
    other.gets_to("onboarding")

    refused = act(any_town.runtime, first.case, UNDO)

    assert not refused.accepted
    assert "is in OSL-BIR by now" in str(refused.unmet[0]["detail"])


def test_whoever_was_reminded_of_what_came_of_a_mistake_is_told(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("report_loop")
    any_town.beat()
    pair.files("mid_term_report")
    days_go_by(any_town, 2)
    asked = [each for each, told in subjects(pair).items() if any("report" in t for t in told)]

    done(pair, UNDO)
    any_town.beat()

    told = subjects(pair)
    assert asked
    assert all("Not so: Mid-term report" in told[each] for each in asked)
