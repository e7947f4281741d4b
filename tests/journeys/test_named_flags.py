"""A flag that is open beyond its review date: no letter speaks of that day as if it lay ahead."""

from datetime import timedelta

from engine.model.outcomes import FlagRaised
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World


def test_a_flag_named_after_its_review_date_is_not_called_to_be_reviewed(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    raised = FlagRaised("F-19", "Nobody of the board came.", FACILITATOR)
    assert act(town.runtime, pair.case, raised).accepted
    (flag,) = (each for each in pair.dossier.children if each.workflow == "red_flag")
    review = (pair.today + timedelta(days=30)).isoformat()
    said = {"owner": "vie-bir-facilitator", "next_step": "A call.", "review_on": review}
    Pair(town, flag.id).goes("acknowledge", FACILITATOR, **said)

    days_go_by(town, 100)

    named = [(subject, text) for _, subject, text in arrived(pair) if ": review " in subject]
    assert len(named) == 1
    assert "to be reviewed" not in named[0][0]
    assert "before the review date" not in named[0][1]
    assert "from the review date on we ask you about it" in named[0][1]
