"""What somebody writes below or between the lines that they quote is read like words above them."""

from collections.abc import Callable

import pytest

from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.came_back import reply
from tests.support.grove import Grove
from tests.support.inboxes import listed, sent, told, with_inbox

WROTE = "On Mon, 4 May 2026 at 09:10, Pairing Programme wrote:\n"
NEW = "We cannot before June: our director has left."


def _below(quoted: list[str]) -> str:
    return "\n".join([WROTE, *quoted, "", NEW])


def _between(quoted: list[str]) -> str:
    return "\n".join([WROTE, *quoted[:4], "", NEW, "", *quoted[4:]])


def _in_html(quoted: list[str]) -> str:
    quotation = "".join(f"<p>{line.lstrip('> ')}</p>" for line in quoted)
    return f"<p>{WROTE}</p><blockquote>{quotation}</blockquote><p>{NEW}</p>"


def _sent_on(_: list[str]) -> str:
    return f"---------- Forwarded message ---------\nFrom: a@example.org\n\n{NEW}\n"


@pytest.mark.parametrize("write", [_below, _between, _in_html, _sent_on])
def test_words_that_do_not_stand_above_reach_whoever_runs_the_case(
    write: Callable[[list[str]], str], grove: Grove
) -> None:
    with_inbox(grove)
    head, _, body = reply(sent(grove), "").decode().partition("\n\n")
    text = write([line for line in body.splitlines() if line.startswith(">")])
    head = head.replace("text/plain", "text/html" if write is _in_html else "text/plain")

    state = take(grove.runtime, f"{head}\n\n{text}".encode())

    (letter,) = told(grove)
    assert state == inbound.PASSED_ON
    assert NEW in " ".join(letter.split())
    assert listed(grove)[0].words == NEW


def test_of_a_very_long_reply_the_reader_sees_that_it_goes_on(grove: Grove) -> None:
    with_inbox(grove)
    lines = "".join(f"Line {number} of the plan.\n" for number in range(80))

    take(grove.runtime, reply(sent(grove), lines))

    (letter,) = told(grove)
    assert "- Line 59 of the plan." in letter
    assert "- ..." in letter
    assert "Line 60" not in letter
