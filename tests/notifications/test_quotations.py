"""Words below the letter that a reply quotes are words too; ours are none, however wrapped."""

import pytest

from notifications.inbound.quotations import written_below

OURS = (
    "Please confirm: pairing with Birchwater\n"
    "Facilitator South (CBG) asks you to confirm or decline one proposal by reply, by Friday.\n"
    "- CONFIRM: Yes, pair us\n"
    "Reference N-03 VIE-BIR\n"
)
MARKED = "".join(f"> {line}\n" for line in OURS.splitlines())
WRAPPED = OURS.replace("decline one", "decline\none").replace("- CONFIRM", "  *   CONFIRM")
WROTE = "On Mon, 30 Nov 2026 at 09:10, Pairing Programme\n<pairing@example.org> wrote:\n"
HEAD = "From: Pairing Programme <pairing@example.org>\nSent: Monday\nTo: me\nSubject: Please\n\n"
TOPS = [
    f"{WROTE}{MARKED}",
    f"{WROTE}{WRAPPED}",
    f"________________________________\n{HEAD}{WRAPPED}",
    f"-----Original Message-----\n{HEAD}{OURS}",
    "De\u00a0: Pairing\nEnvoyé\u00a0: lundi\nÀ\u00a0: moi\nObjet\u00a0: Please\n\n" + OURS,
    f"-- \nDr. A. Sample\nVienna, <https://vienna.example.org>\n\n{WROTE}\n{MARKED}",
    "",
]


@pytest.mark.parametrize("quoted", TOPS)
def test_a_letter_that_is_quoted_holds_no_words_of_the_writer(quoted: str) -> None:
    assert written_below(f"CONFIRM\n\n{quoted}", OURS) == []


@pytest.mark.parametrize("quoted", TOPS[:-1])
def test_what_stands_below_it_does(quoted: str) -> None:
    more = "But only if the budget is paid."

    assert written_below(f"CONFIRM\n\n{quoted}\n{more}\n", OURS) == [more]


def test_an_answer_that_stands_apart_below_marked_lines_is_the_writers() -> None:
    assert written_below(f"{WROTE}{MARKED}\nCONFIRM\n", OURS) == ["CONFIRM"]


@pytest.mark.parametrize("quoted", [f"{MARKED}CONFIRM\n", f">\n\n{OURS}\nCONFIRM\n"])
def test_a_word_of_ours_that_does_not_stand_apart_may_be_a_line_that_was_wrapped(
    quoted: str,
) -> None:
    assert written_below(f"{WROTE}{quoted}", OURS) == []


def test_what_stands_above_it_is_not_looked_at_twice() -> None:
    assert written_below(f"CONFIRM\nGladly\n{WROTE}{MARKED}", OURS) == []
