"""Who asked for time is left in peace about that matter alone, and only by what they were sent."""

from dataclasses import replace
from datetime import datetime

import pytest

from engine.dates.view import View
from engine.letters.wishes import put_off_until
from engine.model.dossier import ReminderSent
from engine.model.outcomes import LetterOwed
from tests.support.dossiers import a_dossier, a_person, moment
from tests.support.workflows import a_state, a_workflow

READER, OTHER = a_person(1, "aspiring"), a_person(2, "aspiring", main=False)
UNTIL = moment("2026-09-07", "00:00")
SENT = ReminderSent("N-02.ask", "scores", READER.name, UNTIL.date(), "accepted", not_before=UNTIL)
NUDGE = LetterOwed("N-02.nudge", "aspiring", READER.id, "scores")


@pytest.mark.parametrize(
    ("sent", "owed", "until"),
    [
        (SENT, NUDGE, UNTIL),
        (SENT, replace(NUDGE, ladder="answers"), None),
        (SENT, replace(NUDGE, person=OTHER.id), None),
        (SENT, replace(NUDGE, ladder=""), None),  # it tells of something
        (SENT, replace(NUDGE, person=None), None),
        (replace(SENT, outcome="superseded"), NUDGE, None),  # held by the office, never sent
        (replace(SENT, ladder=""), NUDGE, UNTIL),  # the letter with which the matter began
        (replace(SENT, ladder="", letter="N-03.ask"), NUDGE, None),
        (replace(SENT, not_before=None), NUDGE, None),
    ],
)
def test_a_letter_waits_for_the_day_of_its_own_matter_and_reader(
    sent: ReminderSent, owed: LetterOwed, until: datetime | None
) -> None:
    dossier = a_dossier(people=(READER, OTHER), asked=(sent,))
    view = View(a_workflow(a_state(dossier.state)), dossier, moment("2026-09-01"))

    assert put_off_until(view, owed) == until
