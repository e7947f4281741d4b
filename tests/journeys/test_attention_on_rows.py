"""What the workers write into a database keeps to the hours and the attention of its readers."""

from collections import Counter
from datetime import time

from tests.support.mail_bounds import Mail, sent

PAIRS, MONTHS, SEED = 3, 3, 1
OPENS, CLOSES = time(8), time(18)


def _mails() -> tuple[Mail, ...]:
    found = sent(PAIRS, MONTHS, SEED)
    assert any(len(each.letters) > 1 for each in found)  # several things at once
    assert len({each.reader.zone for each in found}) > 1
    return found


def test_no_message_goes_on_a_day_off_or_outside_of_working_hours() -> None:
    odd = [
        (each.reader.key, each.local.isoformat())
        for each in _mails()
        if not each.reader.workdays.is_working_day(each.day)
        or not OPENS <= each.local.time() < CLOSES
    ]

    assert odd == []


def test_nobody_is_sent_two_messages_on_a_day_but_for_what_is_urgent() -> None:
    calm = Counter(
        (each.reader.key, each.day) for each in _mails() if not each.urgent and each.is_counted
    )

    assert calm
    assert {who: count for who, count in calm.items() if count > 1} == {}
