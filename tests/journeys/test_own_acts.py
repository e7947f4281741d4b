"""Nobody is told of what they have done themselves."""

from datetime import timedelta

import pytest

from engine.model.dossier import CaseId
from engine.model.outcomes import By, FlagRaised
from storage.database.transactions import reading
from storage.mail.queries import LetterQuery, letters
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World


@pytest.fixture
def pair(town: World) -> Pair:
    return a_pair(town).gets_to("onboarding")


def _red_flag(pair: Pair) -> CaseId:
    raised = FlagRaised("F-06", "They have left.", FACILITATOR, "red")
    assert act(pair.world.runtime, pair.case, raised).accepted
    return next(each.id for each in pair.dossier.children if each.facts.get("flag") == "F-06")


def _acknowledges(pair: Pair, flag: CaseId, by: By) -> None:
    on = (pair.today + timedelta(days=20)).isoformat()
    facts = {"owner": "vie-bir-facilitator", "next_step": "A call.", "review_on": on}
    assert pair.world.pull(flag, "acknowledge", by, **facts).accepted


def _readers(pair: Pair, letter: str) -> list[str]:
    with reading(pair.world.runtime.database) as session:
        return [
            str(each.person) for each in letters(session, LetterQuery()) if each.letter == letter
        ]


@pytest.mark.parametrize(("by", "told"), [(FACILITATOR, ["lead"]), (LEAD, [])])
def test_the_lead_hears_of_a_red_flag_in_hand_where_somebody_else_took_it(
    pair: Pair, by: By, told: list[str]
) -> None:
    _acknowledges(pair, _red_flag(pair), by)

    assert _readers(pair, "N-21.acknowledged") == told


@pytest.mark.parametrize(("by", "told"), [(FACILITATOR, ["lead"]), (LEAD, ["vie-bir-facilitator"])])
def test_the_end_of_a_red_flag_is_told_to_whoever_did_not_close_it(
    pair: Pair, by: By, told: list[str]
) -> None:
    flag = _red_flag(pair)
    _acknowledges(pair, flag, FACILITATOR)

    assert pair.world.pull(flag, "close", by, outcome="They are back.").accepted

    assert _readers(pair, "N-21.closed") == told
