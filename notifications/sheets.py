"""The files that hold the texts: where they stand, and their three parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.letters.catalogue import Catalogue, LetterError, Stage

FRAME = "frame"
MOST_SOURCE = 60_000  # characters of one file

_SUBJECT, _PREHEADER = "Subject: ", "Preheader: "
_HEAD = 3  # lines: subject, preheader, a blank one


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of template text, and the line of its file on which it begins."""

    name: str
    text: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one programme: `<letter>/<language>/<stage>.txt`, and the frame around all."""

    folder: Path

    def path(self, stage: Stage, language: str) -> Path:
        return self.folder / stage.letter / language / f"{stage.name}.txt"

    def frame_path(self, language: str) -> Path:
        return self.folder / FRAME / language / "frame.txt"

    def sheet(self, stage: Stage, language: str) -> tuple[Part, Part, Part]:
        """Subject, preheader and body of a stage, or LetterError naming file and line."""
        path = self.path(stage, language)
        lines = _read(path).split("\n")
        head = [*lines[:_HEAD], *[""] * _HEAD]
        for number, (line, word) in enumerate(zip(head, (_SUBJECT, _PREHEADER), strict=False), 1):
            if not line.startswith(word) or not line[len(word) :].strip():
                raise LetterError(f"{path}:{number}: begin this line with `{word}` and a text")
        if head[_HEAD - 1].strip():
            raise LetterError(f"{path}:{_HEAD}: leave this line empty, the letter begins below it")
        return (
            Part("subject", head[0][len(_SUBJECT) :].strip(), 1),
            Part("preheader", head[1][len(_PREHEADER) :].strip(), 2),
            Part("body", "\n".join(lines[_HEAD:]), _HEAD + 1),
        )

    def frame(self, language: str) -> Part:
        return Part("frame", _read(self.frame_path(language)))

    def strays(self, catalogue: Catalogue) -> Iterator[Path]:
        """Template files that no stage of the catalogue asks for."""
        wanted = {stage.id for stage in catalogue.stages()}
        for path in sorted(self.folder.rglob("*.txt")):
            place = path.relative_to(self.folder).parts
            if place[0] == FRAME and place[2:] == ("frame.txt",):
                continue
            if len(place) != _HEAD or f"{place[0]}.{path.stem}" not in wanted:
                yield path


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LetterError(f"no text {path}: write it, or take the stage away") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LetterError(f"{path} cannot be read as UTF-8 text: {error}") from None
    if len(text) > MOST_SOURCE:
        raise LetterError(f"{path} has {len(text)} characters: at most {MOST_SOURCE}")
    return text
