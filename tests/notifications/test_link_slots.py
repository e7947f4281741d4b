"""A token stands where its link stood and nowhere else, whatever others write (B10, B11)."""

from dataclasses import replace

import pytest

from notifications.headers import MessageError
from notifications.link_slots import has_slot, has_slots, put_in, taken_out
from notifications.message import compose
from notifications.parts import Invitation
from tests.notifications.test_message import ENVELOPE, LETTER
from tests.support.hostile_texts import MARKUP, SLOTS

TOKENS = {7: "aB3" * 14 + "z", 11: "Zy9" * 14 + "a"}


def _message(written: str, *shown: str) -> bytes:
    """A letter in which somebody else wrote this, with these links, in text and hypertext."""
    lines = [written, *(f"https://pairing.example.org/a/{token}" for token in shown)]
    text, html = "\n".join(lines), "".join(f'<p><a href="{line}">Go</a></p>\n' for line in lines)
    invitation = Invitation("REQUEST", b"BEGIN:VCALENDAR\r\n" * 9, "visit.ics")
    return compose(ENVELOPE, replace(LETTER, text=text, html=html), invitation).frozen


@pytest.mark.parametrize("written", [*SLOTS, *MARKUP])
def test_whatever_somebody_writes_into_a_letter_never_receives_the_token_of_a_link(
    written: str,
) -> None:
    frozen = _message(f"{written} {written}", *TOKENS.values())

    kept = taken_out(frozen, TOKENS)

    assert put_in(kept, TOKENS) == frozen
    assert all(has_slot(kept, number) for number in TOKENS)
    assert not [each for each in TOKENS.values() if each.encode() in kept.replace(b"=\r\n", b"")]


@pytest.mark.parametrize("written", SLOTS)
def test_a_letter_without_a_link_has_none_whatever_somebody_writes_into_it(written: str) -> None:
    frozen = _message(written)

    kept = taken_out(frozen, {})

    assert kept == frozen
    assert not has_slots(kept)
    assert put_in(kept, TOKENS) == frozen


def test_bytes_that_could_hold_what_stands_for_a_link_are_refused() -> None:
    with pytest.raises(MessageError, match="not ASCII"):
        taken_out(b"a \xff b", {})


def test_a_link_that_stands_nowhere_in_its_message_is_refused() -> None:
    with pytest.raises(MessageError, match="the link of letter 11 stands in no line"):
        taken_out(_message("Hello.", TOKENS[7]), TOKENS)
