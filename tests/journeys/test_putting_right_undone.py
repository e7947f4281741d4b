"""What put something right by mistake is undone as any act: what stood before it stands again."""

import pytest

from engine.model.changes import Changes
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from runtime.queries.history import findings
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.standing import standing
from tests.support.world import FACILITATOR, World

WHY = "It was another pair."
UNDO = Undone(WHY, FACILITATOR)
STEPS = Changes({"next_steps": ["Begin in autumn"]})
SUMMARY = Changes({"summary": "All done."})


def done(pair: Pair, event: Cause) -> None:
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, answer.unmet
    assert findings(pair.world.runtime) == ()


def told(pair: Pair) -> dict[str, list[str]]:
    """The texts that came since, by role."""
    found: dict[str, list[str]] = {}
    for role, subject, text in arrived(pair):
        found.setdefault(role, []).append(f"{subject}: {text}")
    return found


@pytest.mark.parametrize(
    ("mistake", "letter"),
    [
        (Corrected("memorandum", STEPS, WHY, FACILITATOR), "Corrected: Memorandum"),
        (Voided("memorandum", WHY, FACILITATOR), "Not so: taking back of the Memorandum"),
    ],
)
def test_the_version_before_stands_again_with_its_signatures_and_readers_are_told(
    mistake: Cause, letter: str, any_town: World
) -> None:
    pair = a_pair(any_town).gets_to("memorandum")
    pair.files("memorandum")
    pair.signs("coordinator", "aspiring")
    any_town.beat()
    before = standing(pair)
    told(pair)
    done(pair, mistake)
    any_town.beat()
    wrongly = told(pair)

    done(pair, UNDO)

    any_town.beat()
    assert standing(pair) == before
    rightly = told(pair)
    assert {"aspiring", "coordinator"} == rightly.keys() == wrongly.keys()
    assert all(len(texts) == 1 and letter in texts[0] for texts in rightly.values())
    done(pair, UNDO)  # once more: what was done before that
    assert len(pair.dossier.records["memorandum"][-1].signatures) == 1


@pytest.mark.parametrize(
    "mistake",
    [
        Corrected("mid_term_report", SUMMARY, WHY, FACILITATOR),
        Voided("mid_term_report", WHY, FACILITATOR),
    ],
)
@pytest.mark.parametrize("hours", [0, 1])
def test_a_letter_that_was_withdrawn_by_mistake_goes_after_all(
    mistake: Cause, hours: int, town: World
) -> None:
    pair = a_pair(town).gets_to("report_loop")
    days_go_by(town, 1)
    told(pair)
    pair.files("mid_term_report", summary="One of three is done.")

    done(pair, mistake)
    for _ in range(hours):
        town.beat()
    done(pair, UNDO)

    days_go_by(town, 1)
    letters = told(pair)
    assert letters.keys() == {"aspiring", "coordinator"}
    for texts in letters.values():
        assert "One of three is done." in texts[-1]
        assert len(texts) == 1 or hours


def test_of_two_corrections_the_last_one_is_undone(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    for gap in ("Data", "Beds"):
        done(pair, Corrected("onboarding", Changes({"gaps": [gap]}), WHY, FACILITATOR))

    for gaps, number in ((["Data"], 2), (["Too few nurses"], 1)):
        done(pair, UNDO)
        version = pair.dossier.records["onboarding"][-1]
        assert (version.number, version.void) == (number, "")
        assert version.content["gaps"] == gaps or number == 1

    done(pair, Corrected("onboarding", Changes({"gaps": ["Last"]}), WHY, FACILITATOR))
    version = pair.dossier.records["onboarding"][-1]
    assert (version.number, version.corrects) == (4, 1)
