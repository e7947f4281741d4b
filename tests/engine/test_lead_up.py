"""Which ladders lead up to a meeting: all they say is to be said before its agreed day."""

import pytest

from engine.letters.lead_up import leads_up_to
from engine.model.definition import Rung
from engine.time.windows import Anchor, Source
from tests.support.meetings import RECORDS, VISIT
from tests.support.stories import a_ladder, a_rung, a_state, a_workflow


@pytest.mark.parametrize(
    ("rungs", "leads"),
    [
        ((a_rung("visit_on - P30D"), a_rung("visit_on - P3WD")), True),
        ((a_rung("visit_on - P30D"), a_rung("visit_on")), True),
        ((a_rung("visit_on - P30D"), a_rung("visit_on + P4D")), False),
        ((a_rung("visit_on - P30D"), a_rung("other_on - P4D")), False),
        ((a_rung("visit_on - P30D", every="P7D"),), False),
        ((a_rung("held_on - P7D"),), False),
        ((a_rung("P0D"),), False),
    ],
    ids=["before", "up to the day", "after", "two days", "again and again", "held", "entry"],
)
def test_a_ladder_leads_up_to_a_meeting_with_all_its_rungs(
    rungs: tuple[Rung, ...], *, leads: bool
) -> None:
    ladder = a_ladder(*rungs)
    anchors = {
        "visit_on": Anchor("visit_on", (Source("agreed", "visit.begins"),)),
        "other_on": Anchor("other_on", (Source("agreed", "visit.ends"),)),
        "held_on": Anchor("held_on", (Source("actual", "minutes.held_on"),)),
    }
    meetings = {"visit": VISIT}
    workflow = a_workflow(
        a_state("first", ladder), records=RECORDS, meetings=meetings, anchors=anchors
    )

    assert (leads_up_to(workflow, ladder) is VISIT) is leads
