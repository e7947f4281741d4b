"""A letter owed is written for the one who reads it, or it says why it is not."""

from runtime.workers.compose import compose_owed
from tests.support.grove import Grove


def test_a_reminder_of_an_earlier_stay_is_not_written(grove: Grove) -> None:
    flag = grove.flag("VIE-BIR")
    grove.owes(8)
    grove.looks_again("VIE-BIR", flag)

    done = compose_owed(grove.runtime)

    reminders = [each for each in grove.letters("VIE-BIR") if each.case_id == flag]
    assert [(each.letter, each.state, each.reason) for each in reminders] == [
        ("N-1.ask", "superseded", "superseded: done meanwhile")
    ]
    assert done.superseded == 1
