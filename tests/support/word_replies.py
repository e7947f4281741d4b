"""Letters that somebody was sent, and what they write back, through the mail that is taken in."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from notifications.mailer import Outgoing
from runtime.queries.replies import InboundLine, came_in
from runtime.workers.arrived import take
from tests.support.calendar_mail import reads_replies
from tests.support.came_back import reply
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import World

_WROTE = "Pairing Programme <pairing@example.org>"
_HEADS = {
    "en": f"From: {_WROTE}\nSent: Monday, 4 May 2026 09:10\nTo: Me\nSubject: Please\n",
    "fr": f"De\u00a0: {_WROTE}\nEnvoyé\u00a0: lundi 4 mai\nÀ\u00a0: Moi\nObjet\u00a0: Merci\n",
}


def proposed(town: World) -> Pair:
    """A pair whose match was proposed to its sides a day ago, where replies are read."""
    reads_replies(town)
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)
    return pair


def letters_to(pair: Pair, role: str, subject: str) -> list[Outgoing]:
    """The letters that the main person of a role was sent, by a part of their subject."""
    address = f"{role}.vie-bir@example.org"
    sent = (each for each in pair.world.mailbox.letters if each.recipient == address)
    return [each for each in sent if subject in str(opened(each)["Subject"])]


def opened(letter: Outgoing) -> EmailMessage:
    return message_from_bytes(letter.frozen, policy=policy.default)


def words_in(letter: Outgoing) -> list[str]:
    """The words that a letter offers, as it shows them."""
    return list(_offered(_part(letter, "plain")))


def words_of(letter: Outgoing) -> str:
    return _part(letter, "plain")


def _offered(text: str) -> Iterator[str]:
    for line in text.splitlines():
        word = line.removeprefix("- ").partition(":")[0].strip()
        first = word.partition(" ")[0]
        if line.startswith("- ") and len(first) > 1 and first.isupper():
            yield word


def answers(pair: Pair, letter: Outgoing, words: str, **other: str) -> InboundLine:
    """Reply to a letter with these words; what became of it, as it is listed."""
    return comes_in(pair, reply(letter.frozen, words, **other))


def comes_in(pair: Pair, raw: bytes) -> InboundLine:
    take(pair.world.runtime, raw)
    return came_in(pair.world.runtime, "", None, 1)[0]


def from_outlook(letter: Outgoing, words: str, language: str = "en") -> bytes:
    """A reply as Outlook writes it: nothing marks what it quotes, its lines are wrapped anew."""
    quoted = _part(letter, "plain").replace(" you ", " you\n").replace("- ", "  *   ")
    text = f"{words}\n\n{'_' * 32}\n{_HEADS[language]}\n{quoted}"
    return _reply(letter, text, "text/plain")


def from_a_page(letter: Outgoing, words: str, below: str = "") -> bytes:
    """A reply of HTML alone, as Gmail writes it: the page of our letter stands in a quotation."""
    page = _part(letter, "html")
    quoted = f'<div class="gmail_quote">On Mon wrote:<blockquote>{page}</blockquote></div>'
    return _reply(letter, f"<div>{words}</div><br>{quoted}<div>{below}</div>", "text/html")


def _reply(letter: Outgoing, text: str, kind: str) -> bytes:
    asked = opened(letter)
    head = {
        "From": str(asked["To"]),
        "To": str(asked["Reply-To"]),
        "Subject": f"Re: {asked['Subject']}",
        "In-Reply-To": str(asked["Message-ID"]),
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    return f"{lines}\n{text}".encode()


def _part(letter: Outgoing, kind: str) -> str:
    body = opened(letter).get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
