"""What rests on a mistake is to be put right first, or is listed for a person."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import By, Filed, Waived
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from engine.time.zones import local_day
from runtime.families import Families
from runtime.queries.history import findings
from runtime.queries.preview import Preview, preview
from runtime.use_cases.advance import Answer
from runtime.use_cases.start_case import NewPair, open_pair
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
    return found


def done(pair: Pair, event: Cause) -> Answer:
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, answer.unmet
    assert findings(pair.world.runtime) == ()
    return answer


def test_acts_are_undone_one_after_the_other_the_last_one_first(pair: Pair) -> None:
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
    assert "the step Acknowledge the flag" in str(refused.unmet[0]["detail"])
    assert "pairing pair undo VIE-BIR/red_flag-" in str(refused.unmet[0]["remedy"])


def test_no_day_is_put_right_that_had_not_come_when_it_was_filed(pair: Pair) -> None:
    days_go_by(pair.world, 14)
    filed_on = local_day(pair.dossier.records["onboarding"][-1].filed_at, "UTC")
    later = Changes({"held_on": (filed_on + timedelta(days=3)).isoformat()})
    earlier = Changes({"held_on": (filed_on - timedelta(days=3)).isoformat()})

    refused = act(pair.world.runtime, pair.case, Corrected("onboarding", later, WHY, FACILITATOR))

    assert not refused.accepted
    assert f"lies after {filed_on}, when version 1 was filed" in str(refused.unmet[0]["detail"])
    assert "pair void" in str(refused.unmet[0]["remedy"])
    done(pair, Corrected("onboarding", earlier, WHY, FACILITATOR))


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
    assert "the Memorandum of Understanding, version 1, was signed by" in said
    assert pair.dossier.records["memorandum"][-1].signatures == ()
    assert not pair.dossier.facts["memorandum_complete"]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Undone(" ", FACILITATOR), "no reason is given"),
        (Voided("report_meeting", WHY, FACILITATOR), "no version of the Meeting on the mid-term"),
        (Voided("gap_analysis", WHY, FACILITATOR, 7), "no version 7 of the Gap analysis counts"),
        (
            Corrected("gap_analysis", Changes(cleared=("overall",)), WHY, FACILITATOR),
            '"overall" is missing',
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
