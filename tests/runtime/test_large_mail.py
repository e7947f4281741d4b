"""Mail that is too large or too strange to be read whole is told to a person all the same."""

import pytest

from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.came_back import reply
from tests.support.grove import Grove
from tests.support.inboxes import sent, told, with_inbox


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (12_000_000, "more than 10 MB, of which only the beginning was read"),
        (2_500_000, "2.5 MB, of which only the beginning was read"),
    ],
)
def test_a_reply_of_many_megabytes_reaches_the_facilitator_with_its_first_lines(
    size: int, said: str, grove: Grove
) -> None:
    with_inbox(grove)
    raw = reply(sent(grove), "The scan is below.\n") + b"\n"
    raw += b"x" * (size - len(raw))

    state = take(grove.runtime, raw)

    (text,) = told(grove)
    assert state == inbound.PASSED_ON
    assert "- The scan is below." in text
    assert said in " ".join(text.split())
    assert "Re: " in text


def test_a_reply_that_is_too_strange_to_be_read_is_told_by_its_head(grove: Grove) -> None:
    with_inbox(grove)
    raw = reply(sent(grove), "Yes.\n")
    head, _, body = raw.partition(b"Content-Type: text/plain; charset=utf-8\n")
    parts = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 900

    state = take(grove.runtime, head + parts + body)

    (text,) = told(grove)
    assert state == inbound.PASSED_ON
    assert "not looked into: more than 200 parts" in " ".join(text.split())
