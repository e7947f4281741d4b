"""An address is one address and a name only a name, whatever is tried (B10, security 23)."""

from base64 import b64encode

import pytest

from notifications.addresses import AddressError, Correspondent, checked_address, checked_name

GOOD = {
    "lead@example.org": "lead@example.org",
    "Lead.Team+pairing@EXAMPLE.org": "Lead.Team+pairing@example.org",
    "o'neil@example.org": "o'neil@example.org",
    "a@sub.domain.example.org": "a@sub.domain.example.org",
    "a@exämple.org": "a@xn--exmple-cua.org",
    "a@xn--exmple-cua.org": "a@xn--exmple-cua.org",
    "x" * 64 + "@example.org": "x" * 64 + "@example.org",
}
ENDS = ("\r\n", "\n", "\r", "\0", "\v", "\f", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\t", " ")
SMUGGLED = (
    "{0}Bcc: thief@example.com",
    "{0}{0}a second body",
    "{0}RCPT TO:<thief@example.com>",
    "{0}.{0}",
)
INJECTIONS = [
    text
    for end in ENDS
    for tail in SMUGGLED
    for text in (f"lead@example.org{tail.format(end)}", f"lead{tail.format(end)}@example.org")
]
ONE_EACH = [end.join(("lead@example", ".org")) for end in ENDS] + [
    end + "lead@example.org" for end in ENDS
]
OTHERS = [
    "",
    "lead",
    "@example.org",
    "lead@",
    "lead@@example.org",
    "lead@example.org@example.com",
    "lead@example.org,thief@example.com",
    "lead@example.org;thief@example.com",
    "lead@example.org, thief@example.com",
    "lead,thief@example.com",
    "lead;thief@example.com",
    "<lead@example.org>",
    "Lead <lead@example.org>",
    "lead@example.org>",
    "lead@example.org> RCPT TO:<thief@example.com",
    '"lead"@example.org',
    '"lead thief@example.com"@example.org',
    '"\r\n"@example.org',
    "lead(comment)@example.org",
    "lead@example.org(comment)",
    "<@relay.example.com:lead@example.org>",
    "@relay.example.com:lead@example.org",
    "lead%example.org@relay.example.com:25",
    "group:lead@example.org;",
    "undisclosed-recipients:;",
    "mailto:lead@example.org",
    "-f@example.org",
    "-oQ/tmp@example.org",
    "--help@example.org",
    ".lead@example.org",
    "lead.@example.org",
    "le..ad@example.org",
    "lead@example.org.",
    "lead@.example.org",
    "lead@example..org",
    "lead@-example.org",
    "lead@example-.org",
    "lead@example",
    "lead@localhost",
    "lead@[127.0.0.1]",
    "lead@[IPv6:::1]",
    "lead@127.0.0.1",
    "lead@exam_ple.org",
    "lead@exam ple.org",
    "lead@example.org\\",
    "le\\ad@example.org",
    "lé@example.org",
    "lead\uff20example.org",
    "lead@example.org\uff0cthief@example.com",
    "lead\u200b@example.org",
    "\ufefflead@example.org",
    "lead@exa\u202emple.org",
    "lead@exa\ud800mple.org",
    "=?utf-8?q?lead?=@example.org",
    "=?utf-8?b?bGVhZA0K?=@example.org",
    "lead@=?utf-8?q?example.org?=",
    "x" * 65 + "@example.org",
    "a@" + "b" * 64 + ".org",
    "a@" + ".".join(["b" * 60] * 5) + ".org",
    "a" * 320 + "@example.org",
    "a@" + "x" * 100_000,
]
BAD = list(dict.fromkeys([*INJECTIONS, *ONE_EACH, *OTHERS]))
HIDDEN = ("Lead\r\nBcc: x@example.com", "Lead\nX", "Lead\0", "\x1b[2J", "Lead\u2028X", "\x85")
NAMES = [
    *HIDDEN,
    *(f"Lead {end}X" for end in ENDS[:-1]),
    *(f"=?utf-8?b?{b64encode(name.encode()).decode()}?=" for name in HIDDEN),
    "=?utf-8?q?Lead=0D=0ABcc:_x@example.com?=",
    "=?utf-8?Q?Lead=0A?= <x@example.com>",
    "=?iso-8859-1?q?=0D=0A?=",
    "Lead =?us-ascii?q?=0D?= more",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=0D=0A=3F=3D?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0D=3D0A=3F=3D?=",
    "=?no-such-charset?q?=0D=0A?=",
    "=?utf-8?b?a?=",
    "Lead\ud800",
    "\u202egro.elpmaxe@x",
    "x" * 201,
]


@pytest.mark.parametrize("text", GOOD)
def test_a_plain_address_passes_in_the_form_smtp_takes(text: str) -> None:
    assert checked_address(text) == GOOD[text]


@pytest.mark.parametrize("text", BAD, ids=map(str, range(len(BAD))))
def test_whatever_is_not_one_plain_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        checked_address(text)

    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "name",
    ["", "Lead", 'Ann "Lead" O\'Neil', "Facilitator North, Pairing Programme", "Žofie <x>", "李"],
)
def test_a_name_may_hold_any_letters(name: str) -> None:
    assert Correspondent(f" {name} ", "lead@example.org").name == name


@pytest.mark.parametrize("name", NAMES, ids=map(str, range(len(NAMES))))
def test_a_name_that_hides_a_control_character_is_refused(name: str) -> None:
    with pytest.raises(AddressError) as refusal:
        checked_name(name)

    assert str(refusal.value).isprintable()


def test_a_correspondent_cannot_be_built_with_a_second_recipient() -> None:
    with pytest.raises(AddressError, match="one plain address"):
        Correspondent("Lead", "lead@example.org,thief@example.com")
