"""Over 400 addresses and names that try to be more than one (B10), from a seed."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

THIEF = "thief@example.com"
OWN = "pairing@example.org"  # who writes to people
ADDRESSES_EACH, NAMES_EACH = 18, 15
_ENDS = (
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\v",
    "\f",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\t",
    " ",
)
_HEADS = ("Bcc", "Cc", "To", "Subject", "Resent-To", "X-Mailer", "Content-Type")
_DOMAINS = (
    *("ex\u00e4mple.org", "\u043f\u0440\u0438\u043c\u0435\u0440.org", "\u4f8b\u3048.jp"),
    *("xn--exmple-cua.org", "xn--\u00fc.org", "xn--a.org", "example\u3002org"),
    *("exam\u00adple.org", "example\u2024org", "exa\u200bmple.org", "\ufb01.org"),
)
_WORDS = ("lead", "team", "north", "vienna", "nurse", "quality", "office")

_Family = Callable[[Random], str]


@dataclass(frozen=True, slots=True)
class Hostile:
    """Somebody as they would be entered; `family` says what is tried."""

    family: str
    name: str
    address: str


def hostile(seed: int) -> Iterator[Hostile]:
    """So many of each family of addresses, with a plain name; and of names, at a plain address."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    for family, made in _ADDRESSES.items():
        for _ in range(ADDRESSES_EACH):
            yield Hostile(family, "Team lead", made(chance))
    for family, made in _NAMES.items():
        for number in range(NAMES_EACH):
            yield Hostile(family, made(chance), f"{_word(chance)}.{number}@example.org")


def _word(chance: Random) -> str:
    return chance.choice(_WORDS) + str(chance.randrange(1000))


def _plain(chance: Random) -> str:
    return f"{_word(chance)}@example.org"


def _line(chance: Random) -> str:
    """What a line break would begin."""
    head = f"{chance.choice(_HEADS)}: {THIEF}"
    return chance.choice(
        (head, f"RCPT TO:<{THIEF}>", ".\r\nMAIL FROM:<x@example.com>", f"\n{head}")
    )


def _encoded(chance: Random, text: str) -> str:
    charset = chance.choice(("utf-8", "UTF-8", "iso-8859-1", "us-ascii", "utf-7", "no-such"))
    if chance.random() < 1 / 2:
        return f"=?{charset}?b?{b64encode(text.encode()).decode()}?="
    quoted = "".join(
        f"={byte:02X}" if byte < 48 or byte > 122 else chr(byte) for byte in text.encode()
    )
    return f"=?{charset}?q?{quoted}?="


def _quoted(chance: Random) -> str:
    inside = chance.choice(("lead", f"lead {THIEF}", "a@b", "\r\n", 'le\\"ad', f"<{THIEF}>,"))
    return f'"{inside}{chance.randrange(100)}"@example.org'


def _spread(chance: Random) -> str:
    """Domains beyond ASCII: real ones, marks that look like dots or @, broken codes."""
    return f"{_word(chance)}@{chance.choice(_DOMAINS)}"


def _long(chance: Random) -> str:
    size = chance.choice((255, 300, 320, 1_000, 100_000))
    return chance.choice(
        (
            f"{'x' * size}@example.org",
            f"x@{'y' * size}.org",
            f"x@{'.'.join(['y' * 60] * (size // 50))}.org",
        )
    )


_ADDRESSES: dict[str, _Family] = {
    "a line break": lambda c: f"{_plain(c)}{c.choice(_ENDS)}{_line(c)}",
    "a line break inside": lambda c: f"{_word(c)}{c.choice(_ENDS)}{_line(c)}@example.org",
    "an encoded line break": lambda c: _encoded(c, f"{_word(c)}\r\n{_line(c)}") + "@example.org",
    "a comma": lambda c: f"{_plain(c)}{c.choice((',', ', ', ' ,', ',,'))}{THIEF}",
    "a semicolon": lambda c: f"{_plain(c)}{c.choice((';', '; ', ';;'))}{THIEF}",
    "two @": lambda c: f"{_plain(c)}{c.choice(('@', '@@', '%40@'))}example.com",
    "quotes": _quoted,
    "another alphabet": _spread,
    "too long": _long,
    "brackets": lambda c: c.choice(("<{}>", "Lead <{}>", "{}>", "<{}", "<<{}>>")).format(_plain(c)),
    "a route": lambda c: f"{c.choice(('<', ''))}@relay.example.com{c.choice(':,')}{_plain(c)}",
    "a detour": lambda c: (
        f"{_word(c)}{c.choice('%!')}example.com@relay.example.org:{c.randrange(99)}"
    ),
    "ourselves": lambda c: "".join(c.choice((x.upper(), x)) for x in OWN),
    "an option": lambda c: f"{c.choice(('-f', '-oQ/tmp', '--', '-'))}{_plain(c)}",
    "dots": lambda c: c.choice(("{}.", ".{}", "{}..", "{}.org.")).format(_plain(c)),
}


def _turned(chance: Random) -> str:
    mark = chance.choice("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\ufeff")
    return f"Lead {mark}gro.elpmaxe@{_word(chance)}"


_NAMES: dict[str, _Family] = {
    "a line break in a name": lambda c: f"Lead {_word(c)}{c.choice(_ENDS[:-1])}{_line(c)}",
    "an encoded line break in a name": lambda c: _encoded(c, f"Lead\r\n{_line(c)}"),
    "a code in a code": lambda c: _encoded(c, _encoded(c, f"Lead\r\n{_line(c)}")),
    "half a code": lambda c: c.choice(("=?utf-8?q?Lead", "=?utf-8?b?a?=", "=?x?q?=0A?=", "=?=?")),
    "quotes in a name": lambda c: f'{_word(c)} "the {c.choice(("boss", "", "a, b"))}" <{THIEF}>',
    "a bracket in a name": lambda c: (
        f"{_word(c)}{c.choice(('>', '> ', '>,', '>;'))}{_line(c)[:9]}<{THIEF}"
    ),
    "a list in a name": lambda c: f"{_word(c)}{c.choice((', ', '; ', ' ,'))}{THIEF}",
    "a group in a name": lambda c: f"{_word(c)}: {THIEF}, {THIEF};",
    "a backslash in a name": lambda c: (
        f"{_word(c)}{chr(92) * c.randrange(1, 5)}{c.choice(('', chr(34)))}"
    ),
    "a comment in a name": lambda c: f"{_word(c)} ({c.choice(('', '(', ')', 'a) b@c ('))}{THIEF})",
    "turned in a name": _turned,
    "other letters in a name": lambda c: (
        f"{c.choice(('李', 'Žofie', 'سارة', '👩‍⚕️', 'ÅÅ'))} {_word(c)}, {THIEF}"
    ),
    "a long name": lambda c: "x " * c.choice((50, 99, 101, 5_000)) + f"<{THIEF}>",
}
