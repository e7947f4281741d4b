"""The words of a message are those that its writer saw, in whatever way they were written down."""

from base64 import encodebytes
from datetime import date

import pytest

from notifications.inbound.arrivals import Reply
from notifications.inbound.reading import read

TODAY = date(2026, 11, 30)
HEAD = b"From: a@example.org\nMIME-Version: 1.0\n"


def _words(raw: bytes) -> str:
    reply = read(raw, "pairing@example.org", TODAY).meant
    assert isinstance(reply, Reply)
    return " ".join(reply.text.split())


def _encoded(kind: str, content: bytes) -> bytes:
    coded = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return HEAD + coded.encode("ascii") + encodebytes(content)


@pytest.mark.parametrize(
    ("charset", "codec", "words"),
    [
        ("gb2312", "gb2312", "\u6211\u4eec\u9700\u8981\u5e2e\u52a9"),
        ("GBK", "gbk", "\u6211\u5011\u9700\u8981\u5e6b\u52a9"),
        ("gb2312", "gbk", "\u6211\u5011\u9700\u8981\u5e6b\u52a9"),  # more than its name allows
        ("big5", "big5", "\u6211\u5011\u9700\u8981"),
        ("euc-kr", "euc-kr", "\ub3c4\uc640\uc8fc\uc138\uc694"),
        ("Shift_JIS", "shift_jis", "\u52a9\u3051\u3066"),
        ("iso-2022-jp", "iso-2022-jp", "\u52a9\u3051\u3066"),
        ("koi8-r", "koi8-r", "\u041d\u0430\u043c \u043d\u0443\u0436\u043d\u0430"),
        ("iso-8859-2", "iso-8859-2", "Pot\u0159ebujeme \u010das"),
        ("windows-1250", "cp1250", "Potrzebujemy wi\u0119cej"),
        ("macintosh", "mac-roman", "\u00e9t\u00e9 retard\u00e9"),
        ("utf-16", "utf-16", "Nous avons \u00e9t\u00e9 retard\u00e9s"),
        ("utf-8", "cp1252", "Nous avons \u00e9t\u00e9 retard\u00e9s\u2026"),
        ("us-ascii", "utf-8", "Nous avons \u00e9t\u00e9 retard\u00e9s"),
        ("x-nobody-knows", "cp1252", "Nous avons \u00e9t\u00e9 retard\u00e9s"),
    ],
)
def test_words_are_read_in_the_characters_that_they_were_written_in(
    charset: str, codec: str, words: str
) -> None:
    assert _words(_encoded(f"text/plain; charset={charset}", words.encode(codec))) == words


def test_a_broken_character_in_a_text_spoils_none_beside_it() -> None:
    content = "Nous avons été retardés".encode() + b"\xff!"

    assert (
        _words(_encoded("text/plain; charset=utf-8", content)) == "Nous avons été retardés\ufffd!"
    )


def test_the_cells_of_a_table_are_apart() -> None:
    cells = b"<table><tr><td>We need</td><td>two weeks</td></tr></table>"

    assert _words(_encoded("text/html; charset=utf-8", cells)) == "We need two weeks"


def _in_both(text: str, page: str) -> bytes:
    parts = (("plain", text), ("html", page))
    written = "".join(
        f"--b\nContent-Type: text/{kind}; charset=utf-8\n\n{words}\n" for kind, words in parts
    )
    return HEAD + f"Content-Type: multipart/alternative; boundary=b\n\n{written}--b--\n".encode()


@pytest.mark.parametrize(
    "hint",
    [
        "This mail is in HTML.",
        "Votre logiciel n'affiche pas le HTML\u00a0: voyez la page.",
        "Please view this message\nin a program that shows html.\n",
    ],
)
def test_a_text_that_only_points_to_the_page_hides_no_words(hint: str) -> None:
    assert _words(_in_both(hint, "<p>CONFIRM</p>")) == "CONFIRM"


def test_who_writes_of_html_is_read_in_the_text() -> None:
    raw = _in_both(
        "Your HTML mail\nis broken.", "<p>Your <b>HTML</b> mail is broken.</p><p>Sent</p>"
    )

    assert _words(raw) == "Your HTML mail is broken."


@pytest.mark.parametrize("page", ["", "<p> </p>"])
def test_a_text_that_points_to_an_empty_page_is_all_there_is(page: str) -> None:
    assert _words(_in_both("This mail is in HTML.", page)) == "This mail is in HTML."


def test_a_long_text_is_no_pointer_to_the_page() -> None:
    text = "We need two weeks more, and a table of your HTML mail was empty. " * 6

    assert _words(_in_both(text, "<p>Something else</p>")) == text.strip()
