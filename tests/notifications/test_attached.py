"""What is attached to a reply, and whatever else of it is not sure, is told beside its words."""

from datetime import date

import pytest

from notifications.inbound.arrivals import Reply
from notifications.inbound.reading import read

TODAY = date(2026, 11, 30)
HEAD = 'From: a@example.org\nContent-Type: multipart/mixed; boundary="b"\n\n'
WORDS = "--b\nContent-Type: text/plain; charset=utf-8\n\nCONFIRM\n"
FILE = 'Content-Disposition: attachment; filename="{}"\n'


def _reply(*parts: str, head: str = HEAD) -> Reply:
    raw = head + WORDS + "".join(f"--b\n{part}\nx\n" for part in parts) + "--b--\n"
    meant = read(raw.encode(), "pairing@example.org", TODAY).meant
    assert isinstance(meant, Reply)
    return meant


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Content-Type: application/pdf\n" + FILE.format("form.pdf"), "form.pdf"),
        ('Content-Type: application/pdf; name="form.pdf"\n', "form.pdf"),
        ("Content-Type: image/jpeg\n" + FILE.format("signed page.jpg"), "signed page.jpg"),
        ("Content-Type: image/png\nContent-ID: <f_1>\n" + FILE.format("scan.png"), "scan.png"),
        ("Content-Type: text/plain\n" + FILE.format("=?utf-8?q?r=C3=A9ponse?="), "réponse"),
        ("Content-Type: text/calendar; method=REQUEST\n", "text/calendar"),
        ("Content-Type: message/rfc822\n\nSubject: y\n", "message/rfc822"),
        ('Content-Type: application/octet-stream; name="encrypted.asc"\n', "encrypted.asc"),
    ],
)
def test_what_is_attached_is_named_as_not_looked_into(part: str, name: str) -> None:
    assert _reply(part).unread == f"attached and not looked into: {name}"


@pytest.mark.parametrize(
    "part",
    [
        'Content-Type: application/pkcs7-signature; name="smime.p7s"\n' + FILE.format("smime.p7s"),
        'Content-Type: application/pgp-signature; name="signature.asc"\n',
        'Content-Type: image/png; name="logo.png"\nContent-ID: <logo@example.org>\n',
        'Content-Type: text/vcard; name="me.vcf"\n' + FILE.format("me.vcf"),
    ],
)
def test_a_signature_a_card_and_the_pictures_of_a_page_are_nothing_attached(part: str) -> None:
    assert _reply(part).unread == ""


def test_a_letter_that_is_encrypted_is_told_as_what_it_is() -> None:
    raw = b"From: a@example.org\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n"

    meant = read(raw, "pairing@example.org", TODAY).meant

    assert isinstance(meant, Reply)
    assert (meant.text, meant.unread) == ("", "attached and not looked into: smime.p7m")


def test_words_below_a_picture_are_words_too() -> None:
    picture = "Content-Type: image/png\nContent-ID: <p@example.org>\n"

    text = _reply(picture, "Content-Type: text/plain\n\nif the travel is paid").text

    assert text.split() == ["CONFIRM", "if", "the", "travel", "is", "paid", "x"]


def test_who_names_two_senders_is_no_sure_sender() -> None:
    for second in (", b@example.org", " <b@example.org>"):
        head = HEAD.replace("a@example.org", f"a@example.org{second}")

        assert _reply(head=head).unread == "it names more than one sender"
