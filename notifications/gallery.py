"""Letters as files to look at, in every language they have, and a page that lists them."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from hashlib import sha256
from html import escape
from pathlib import Path

from engine.letters.answers import NO_ANSWERS, Answer, Answers
from engine.letters.catalogue import Catalogue, Stage
from notifications.addresses import Correspondent
from notifications.answer_links import AnswerLink, link_to
from notifications.headers import Kind
from notifications.languages import direction
from notifications.message import Envelope, compose
from notifications.parts import Invitation
from notifications.previews import SAMPLE_READER, holding, preview, preview_merged
from notifications.render import Rendered, Templates
from notifications.wording import Reader

_BY_REPLY = "by_reply"
INDEX = "index.html"
READER = "reader@example.org"
_NINE = time(9, tzinfo=UTC)
_STYLE = """
:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
h2 { margin: 2rem 0 .25rem; font-size: 1.1rem }
ul { margin: 0; padding: 0; list-style: none }
li { padding: .5rem 0; border-top: 1px solid #8886; overflow-wrap: anywhere }
small { display: block }
a { color: inherit }
"""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One letter in one language."""

    stage: Stage
    language: str
    rendered: Rendered
    invitation: Invitation | None = None
    way: str = ""  # how it is answered, where it is shown twice

    def name(self, ending: str) -> str:
        """Where its file stands below the gallery: `fr/N-11.ask.html`."""
        return f"{self.language}/{self.stage.id}{self.way and f'.{self.way}'}.{ending}"


def exhibits(
    stages: Iterable[Stage], templates: Templates, answers: Answers = NO_ANSWERS
) -> Iterator[Exhibit]:
    """Each stage in each language that it is written in, with believable facts.

    ``answers`` are those that the letters offer, by link or by a word in a reply.
    """
    languages = templates.shelf.languages()
    for stage in stages:
        for language in languages:
            reader = replace(SAMPLE_READER, language=language)
            if templates.understood(reader, stage.id).language == language:
                yield from _shown(stage, templates, reader, answers)


def _shown(
    stage: Stage, templates: Templates, reader: Reader, answers: Answers
) -> Iterator[Exhibit]:
    """A letter that is answered as it is with a public address, and with reply words alone."""
    if stage.id in holding(templates.catalogue):
        yield Exhibit(stage, reader.language, preview_merged(stage, templates, reader).rendered)
        return
    offered = answers.of(stage.id)
    link = _link(stage, reader, offered) if offered else None
    if link is not None:
        seen = preview(stage, templates, reader, link=link)
        yield Exhibit(stage, reader.language, seen.rendered)
    seen = preview(stage, templates, reader, answers)
    yield Exhibit(stage, reader.language, seen.rendered, way=_BY_REPLY if link else "")


def _link(stage: Stage, reader: Reader, offered: tuple[Answer, ...]) -> AnswerLink:
    """A link as long as those of the programme, and the same whenever it is shown."""
    token = urlsafe_b64encode(sha256(f"{stage.id}.{reader.language}".encode()).digest())
    address = f"https://pairing.example.org/a/{token.decode().rstrip('=')}"
    return link_to(address, offered)


def hang(found: Iterable[Exhibit], catalogue: Catalogue, out: Path) -> int:
    """Write the page, the text and the whole message of each below a folder; how many there are."""
    hung = []
    for each in found:
        around = envelope(each, catalogue.programme)
        message = compose(around, each.rendered, each.invitation)
        files = {
            "html": each.rendered.html.encode(),
            "txt": f"Subject: {each.rendered.subject}\n\n{each.rendered.text}".encode(),
            "eml": message.frozen,
        }
        if each.invitation is not None:
            files["ics"] = each.invitation.ics
        (out / each.language).mkdir(parents=True, exist_ok=True)
        for ending, said in files.items():
            (out / each.name(ending)).write_bytes(said)
        hung.append(each)
    (out / INDEX).write_text(_index(hung, catalogue), encoding="utf-8")
    return len(hung)


def office(programme: str) -> Correspondent:
    """Who writes the letters of a gallery."""
    return Correspondent(programme, "programme@example.org")


def envelope(each: Exhibit, programme: str) -> Envelope:
    """What stands around a letter of the gallery: nobody's names and addresses."""
    return Envelope(
        message_id=f"<{each.name('mail').replace('/', '.')}@example.org>",
        composed_at=datetime.combine(SAMPLE_READER.sent_on, _NINE),
        sender=office(programme),
        reply_to=(office(programme),),
        recipient=Correspondent("", READER),
        list_id=f"{programme}.example.org",
        kind=Kind.ASK if each.stage.asks else Kind.NOTICE,
    )


def _index(hung: list[Exhibit], catalogue: Catalogue) -> str:
    sections = "\n".join(_section(name, hung, catalogue) for name in catalogue.letters)
    title = escape(f"Letters of {catalogue.programme}")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{title}</h1>\n{sections}\n"
        "</main></body></html>\n"
    )


def _section(name: str, hung: list[Exhibit], catalogue: Catalogue) -> str:
    own = [each for each in hung if each.stage.letter == name]
    if not own:
        return ""
    title = escape(f"{name} {catalogue.letters[name].title}")
    return f"<h2>{title}</h2>\n<ul>\n{''.join(map(_entry, own))}</ul>"


def _entry(each: Exhibit) -> str:
    name = escape(f"{each.stage.id}{each.way and ', by reply'}")
    endings = {"txt": "text", "eml": "message"} | ({"ics": "calendar"} if each.invitation else {})
    others = " · ".join(
        f'<a href="{escape(each.name(ending))}">{what} of {name}</a>'
        for ending, what in endings.items()
    )
    words = f'lang="{escape(each.language)}" dir="{direction(each.language)}"'
    to = f"{name}, {escape(each.language)}, to {escape(', '.join(each.stage.to))}"
    return (
        f'<li><a href="{escape(each.name("html"))}" {words}>{escape(each.rendered.subject)}</a> '
        f"<small>{to} · {others}</small></li>\n"
    )
