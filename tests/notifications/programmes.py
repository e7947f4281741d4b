"""Small programmes for tests of letters, and a reader for the shipped one."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from engine.letters.catalogue import Catalogue, Fact, FactType, Letter, Stage
from notifications.render import Templates

SHIPPED = Path(__file__).parents[2] / "workflows" / "wp6"
TEXTS = SHIPPED / "texts"
_WORDS = ("urgency", "act", "told", "reason")
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
        "N-01/en/ask.txt": f"Subject: {subject}\nPreheader: It is short.\n\n{body}",
        "frame/en/frame.txt": frame,
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def templates(root: Path, body: str, *facts: Fact, subject: str = "A letter") -> Templates:
    """The little programme with this text and these facts, ready to render."""
    write(root, body, subject=subject)
    return Templates(catalogue(**{one.name: one for one in facts}), root)


def shipped() -> Catalogue:
    """The catalogue of the programme that is delivered with the project."""
    raw = yaml.safe_load((SHIPPED / "letters.yaml").read_text(encoding="utf-8"))
    facts = {name: _fact(name, spec) for name, spec in raw["facts"].items()}
    letters = {name: _letter(name, spec) for name, spec in raw["letters"].items()}
    return Catalogue(raw["programme"], facts, letters)


def _fact(name: str, spec: Mapping[str, object]) -> Fact:
    kind, means = FactType(str(spec["type"])), str(spec.get("means", ""))
    return Fact(name, kind, str(spec["from"]), spec["example"], means, bool(spec.get("optional")))


def _letter(name: str, spec: Mapping[str, object]) -> Letter:
    stages = spec["stages"]
    assert isinstance(stages, dict)
    return Letter(
        name, str(spec["title"]), {stage: _stage(name, stage, stages[stage]) for stage in stages}
    )


def _stage(letter: str, name: str, spec: Mapping[str, object]) -> Stage:
    to, minutes = spec["to"], spec.get("minutes")
    assert isinstance(to, list)
    urgency, act, told, reason = (str(spec[key]) for key in _WORDS)
    honest = minutes if isinstance(minutes, int) else None
    return Stage(letter, name, tuple(to), urgency, act, told, reason, honest)
