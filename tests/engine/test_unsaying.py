"""What a correction need not say: what its reader has read, and what was not needed before it."""

import pytest

from engine.decide.telling import Mail
from engine.decide.unsaying import read_before
from engine.model.changes import Changes
from engine.model.definition import RecordType
from engine.model.dossier import CaseId, PersonId
from engine.model.past import Posted
from engine.model.putting_right import Corrected
from tests.support.dossiers import OPENED
from tests.support.stories import FACILITATOR, a_state, a_workflow

NOTE = RecordType("note", "Note", ("aspiring",))
RIGHT = Corrected("note", Changes(), "misheard", FACILITATOR)


@pytest.mark.parametrize(
    ("state", "meeting", "is_said"),
    [
        ("superseded", "", False),
        ("withheld", "", False),
        ("owed", "", True),  # it is withdrawn, and what is right goes out instead
        ("superseded", "visit", True),  # of a meeting each is told what they have not heard
    ],
)
def test_a_letter_that_was_not_needed_is_not_sent_by_a_correction_later(
    state: str, meeting: str, *, is_said: bool
) -> None:
    posted = Posted(
        1, CaseId(7), 2, "N-01.received", "aspiring", PersonId(5), "", state, meeting=meeting
    )
    workflow = a_workflow(a_state("first"), records={"note": NOTE})

    read = read_before(Mail((posted,), (), RIGHT, OPENED, replaced=RIGHT.record), workflow)

    assert (("N-01.received", PersonId(5)) not in read) is is_said
