"""Hostile mail (B15): whatever the bytes are, they are read soon, and nothing follows from them."""

import random
import time
from datetime import date
from pathlib import Path

import pytest

from notifications.inbound.arrivals import AutomaticReply, Noise, Reply
from notifications.inbound.reading import read
from notifications.inbound.words import above
from tests.support.bombs import beside, nested

TODAY = date(2026, 11, 30)
OURS = "pairing@example.org"
SECONDS = 5.0  # for one message, on a machine that is busy
HEAD = b"From: a@example.org\nMessage-ID: <h@example.org>\n"
CORPUS = sorted((Path(__file__).parent / "came_back").glob("*.eml"))


REFUSED = {
    "1,000 parts": beside(1_000, HEAD),
    "201 parts": beside(201, HEAD),
    "60 levels": nested(60, HEAD),
    "3,000 levels": nested(3_000, HEAD),
    "letters in letters": HEAD + b"Content-Type: message/rfc822\n\n" * 20_000,
    "parameters": b"Content-Type: text/plain" + b"; a*0*=x" * 100_000 + b"\n\nx",
    "folded parameters": b"Content-Type: text/plain" + b";\n a*0*=x" * 50_000 + b"\n\nx",
    "lines": HEAD + b"\n" * 900_000,
}
STRANGE = {
    "11 MB": HEAD + b"\n" + b"x" * 11_000_000,
    "nothing": b"",
    "no head": b"\n\nwords",
    "no sender": b"Subject: x\n\nwords",
    "zeros": b"\x00" * 10_000,
    "an endless header": b"From: " + b"a" * 900_000,
    "many senders": b"From: " + b"a@example.org, " * 60_000 + b"\n\nx",
    "brackets": b"From: " + b"(" * 200_000 + b"\n\nx",
    "quotes": b'From: "' + b'\\"' * 100_000 + b"\n\nx",
    "coded words": b"From: a@example.org\nSubject: " + b"=?idna?q?xn--?= " * 30_000 + b"\n\nx",
    "a strange charset": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 500_000,
    "compressed": HEAD + b"Content-Type: text/plain; charset=zip\n\nx",
    "bad base64": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 100_000,
    "open comments": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
    "open marks": HEAD + b"Content-Type: text/html\n\n" + b"<![" * 200_000,
    "open tags": HEAD + b"Content-Type: text/html\n\n" + b"<a x='" * 150_000,
    "quotations": HEAD + b"\n" + b"On x wrote " * 60_000,
    "one line": HEAD + b"\nFrom: " + b"to : " * 180_000,
    "ids": HEAD + b"References: " + b"<a@b> " * 100_000 + b"\n\nx",
    "a report of nobody": HEAD
    + b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    + b"--b\nContent-Type: message/delivery-status\n\n"
    + b"Reporting-MTA: x\n\n" * 15_000
    + b"--b--\n",
    "days": HEAD + b"Auto-Submitted: auto-replied\n\n" + b"from until " * 60_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_beyond_the_limits_is_not_looked_into(name: str) -> None:
    begun = time.monotonic()

    arrival = read(REFUSED[name], OURS, TODAY)

    why = arrival.meant.unread if isinstance(arrival.meant, Reply) else ""
    why = arrival.meant.reason if isinstance(arrival.meant, Noise) else why
    assert why.startswith("not looked into: ")
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("name", STRANGE)
def test_strange_bytes_are_read_soon_and_do_no_harm(name: str) -> None:
    begun = time.monotonic()

    arrival = read(STRANGE[name], OURS, TODAY)
    if isinstance(arrival.meant, Reply):
        above(arrival.meant.text, "Our letter.\n" * 100)

    assert isinstance(arrival.meant, Noise | Reply | AutomaticReply)
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("seed", range(200))
def test_messages_with_torn_and_mixed_lines_are_read_without_an_error(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - torn lines, no secret
    lines = chance.choice(CORPUS).read_bytes().split(b"\n")
    others = chance.choice(CORPUS).read_bytes().split(b"\n")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines))
        torn = lines[at][: chance.randint(0, len(lines[at]))]
        lines[at] = chance.choice(
            [b"", torn, torn + chance.randbytes(20), chance.choice(others), b"--part=of_7"]
        )
        if chance.random() < 0.2:
            lines[at:at] = others

    arrival = read(b"\n".join(lines), OURS, TODAY)

    assert len(arrival.key) == 64
    assert arrival.sender.isprintable()
    assert arrival.subject.isprintable()
