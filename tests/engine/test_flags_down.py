"""A flag that is down by the time its letter would go out alarms nobody."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.decide.ends import looked_at_again
from engine.model.dossier import CaseId, Parent, PersonId
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from tests.support.dossiers import OPENED, a_dossier
from tests.support.stories import a_state, a_view, a_workflow

LATER = OPENED + timedelta(hours=1)


@pytest.mark.parametrize(
    ("workflow", "closed_at", "state"),
    [
        ("red_flag", LATER, "superseded"),
        ("red_flag", OPENED, "owed"),  # the letter of the end itself
        ("red_flag", None, "owed"),
        ("check_in", LATER, "owed"),  # what is told of anything else stands once it is over
    ],
)
def test_the_alarm_of_a_flag_is_not_sent_once_it_is_down(
    workflow: str, closed_at: datetime | None, state: str
) -> None:
    above = replace(a_workflow(a_state("first")), flag_workflow="red_flag")
    below = replace(
        a_dossier(parent=Parent(above, a_dossier())),
        id=CaseId(8),
        workflow=workflow,
        closed_at=closed_at,
    )
    owed = LetterOwed("N-21.raised", "facilitator", PersonId(1))

    letter = looked_at_again(Letter(1, below.id, below.stay, owed, OPENED, ""), a_view(below))

    assert letter.state == state
