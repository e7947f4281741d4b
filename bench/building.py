"""What a message costs that is built and proven, beside EmailMessage built of the same words."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime

from bench.asked import Asked
from bench.figures import Figure, at_least, cost, figure, middle, span, times
from notifications.gallery import Exhibit, envelope, exhibits
from notifications.message import compose
from runtime.texts import texts_of
from workflows.registry import built_in, load_programme

_GOAL = 5.0
_LETTERS = 40


def building(asked: Asked) -> Iterator[Figure]:
    """Rounds of the same letters, by turns: as they leave us, and by the standard library."""
    folder = built_in("wp6")
    programme = load_programme(folder)
    texts = texts_of(folder, programme.letters, spoken=programme.spoken)
    letters = list(exhibits(list(programme.letters.stages())[:_LETTERS], texts))
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(asked.rounds):
        ours.append(_each(letters, lambda each: compose(envelope(each, "wp6"), each.rendered)))
        theirs.append(_each(letters, lambda each: plainly(each).as_bytes()))
    ratio = middle(his / mine for his, mine in zip(theirs, ours, strict=True))
    yield figure(
        "a message built and proven, processor",
        at_least(_GOAL, ratio, times),
        of_EmailMessage=times(ratio),
        ours=span(middle(ours)),
        theirs=span(middle(theirs)),
    )


def _each(letters: list[Exhibit], build: Callable[[Exhibit], object]) -> float:
    return cost(lambda: [build(each) for each in letters]).cpu / len(letters)


def plainly(each: Exhibit) -> EmailMessage:
    """What most would write; nothing is proven here."""
    around = envelope(each, "wp6")
    message = EmailMessage()
    message["From"] = around.sender.address
    message["Reply-To"] = around.reply_to[0].address
    message["To"] = around.recipient.address
    message["Subject"] = each.rendered.subject
    message["Date"] = format_datetime(around.composed_at)
    message["Message-ID"] = around.message_id
    message["List-Id"] = f"<{around.list_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(each.rendered.text)
    message.add_alternative(each.rendered.html, subtype="html")
    return message
