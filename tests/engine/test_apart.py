"""What was taken from a wrong version goes with it, and what was said otherwise since stays."""

from engine.decide.apart import apart
from engine.model.dossier import RecordVersion
from tests.support.dossiers import OPENED

FIRST, WRONG, LATER = (
    RecordVersion(number, content, OPENED, "somebody")
    for number, content in enumerate(
        (
            {"place": "Porto", "seats": 10},
            {"place": "Lisbon", "seats": 12, "host": "Ana"},
            {"place": "Braga", "seats": 12, "host": "Ana"},
        ),
        start=1,
    )
)


def test_what_somebody_said_otherwise_since_stays_and_the_rest_is_as_before() -> None:
    assert apart((FIRST, WRONG, LATER), WRONG, LATER) == {"place": "Braga", "seats": 10}


def test_what_a_first_version_said_goes_wholly() -> None:
    assert apart((WRONG, LATER), WRONG, LATER) == {"place": "Braga"}
