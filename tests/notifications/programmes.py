"""Small programmes for tests of letters, and a reader for the shipped one."""

from functools import cache
from pathlib import Path

from engine.letters.catalogue import Catalogue, Fact, Letter, Stage
from engine.letters.fact_types import FactType
from notifications.gallery import Exhibit, exhibits
from notifications.render import Templates
from tests.support.world import texts, wp6

SHIPPED = Path(__file__).parents[2] / "workflows" / "wp6"
TEXTS = SHIPPED / "words"
FRAME = "{{ body }}\n\nWho else was told: {{ told }}\nWhy you get this: {{ reason }}\n"


def catalogue(**facts: Fact) -> Catalogue:
    """A programme with one letter of one stage, `N-01.ask`."""
    stage = Stage("N-01", "ask", ("aspiring",), "at_once", "answer", "nobody.", "you are asked.")
    letter = Letter("N-01", "A letter", {"ask": stage})
    return Catalogue("little", facts, {"N-01": letter})


def fact(name: str, kind: str, example: object, *, optional: bool = False) -> Fact:
    return Fact(name, FactType(kind), f"fact.{name}", example, f"the {name}", optional)


def write(root: Path, body: str, *, subject: str = "A letter", frame: str = FRAME) -> None:
    """Put the one text of the little programme, and its frame, below a folder."""
    texts = {
        "en/letters/N-01/ask.txt": f"Subject: {subject}\nPreheader: It is short.\n\n{body}",
        "en/letters/frame.txt": frame,
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def templates(root: Path, body: str, *facts: Fact, subject: str = "A letter") -> Templates:
    """The little programme with this text and these facts, ready to render."""
    write(root, body, subject=subject)
    return Templates(catalogue(**{one.name: one for one in facts}), root)


@cache
def shipped() -> Catalogue:
    """The catalogue of the programme that is delivered with the project."""
    return wp6().letters


@cache
def shipped_texts() -> Templates:
    """Its texts in every language."""
    return Templates(shipped(), TEXTS, spoken=wp6().spoken)


@cache
def exhibited() -> tuple[Exhibit, ...]:
    """Every letter of it in every language it has."""
    return tuple(exhibits(wp6().letters.stages(), texts(), wp6().answers))
