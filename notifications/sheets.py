"""The files that hold the texts: where they stand, and their parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.letters.catalogue import Catalogue, LetterError, Stage

LETTERS = "letters"
FRAME = "frame.txt"
MOST_SOURCE = 60_000  # characters of one file

_SUBJECT, _PREHEADER = "Subject: ", "Preheader: "
_FIRST = (_SUBJECT, _PREHEADER)
# What a text may say above itself, else its stage: of these the letter shows the last two.
_MORE = ("Act: ", "Told: ", "Reason: ")
_SHOWN = ("Told: ", "Reason: ")
_DEPTH = 4  # <language>/letters/<letter>/<stage>.txt


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of template text, and the line of its file on which it begins."""

    name: str
    text: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one programme: `<language>/letters/<letter>/<stage>.txt`, and their frame."""

    folder: Path
    kept: Mapping[str, str] | None = None  # texts by where they stand, instead of the folder

    def path(self, stage: Stage, language: str) -> Path:
        return self.folder / language / LETTERS / stage.letter / f"{stage.name}.txt"

    def frame_path(self, language: str) -> Path:
        return self.folder / language / LETTERS / FRAME

    def sheet(self, stage: Stage, language: str) -> tuple[Part, ...]:
        """All parts of a stage, the body last, or LetterError naming file and line."""
        path = self.path(stage, language)
        lines = self._read(path).split("\n")
        for number, (line, word) in enumerate(zip([*lines, "", ""], _FIRST, strict=False), 1):
            if not line.startswith(word) or not line[len(word) :].strip():
                raise LetterError(f"{path}:{number}: begin this line with `{word}` and a text")
        said = {"told": Part("told", stage.told), "reason": Part("reason", stage.reason)}
        end = len(_FIRST)
        for line in lines[len(_FIRST) :]:
            end += 1
            word = next((each for each in _MORE if line.startswith(each)), "")
            if not word:
                break
            if word in _SHOWN:
                name = word.rstrip(": ").lower()
                said[name] = Part(name, line[len(word) :].strip(), end)
        if lines[end - 1 : end] and lines[end - 1].strip():
            raise LetterError(f"{path}:{end}: leave this line empty, the letter begins below it")
        return (
            Part("subject", lines[0][len(_SUBJECT) :].strip(), 1),
            Part("preheader", lines[1][len(_PREHEADER) :].strip(), 2),
            *said.values(),
            Part("body", "\n".join(lines[end:]), end + 1),
        )

    def frame(self, language: str) -> Part:
        return Part("frame", self._read(self.frame_path(language)))

    def _read(self, path: Path) -> str:
        if self.kept is None:
            return _read(path)
        return self.kept[path.relative_to(self.folder).as_posix()]

    def has(self, path: Path) -> bool:
        """Whether a text is among the kept ones."""
        return path.relative_to(self.folder).as_posix() in (self.kept or ())

    def strays(self, catalogue: Catalogue) -> Iterator[Path]:
        """Template files that no stage of the catalogue asks for."""
        wanted = {stage.id for stage in catalogue.stages()}
        for path in sorted(self.folder.rglob("*.txt")):
            place = path.relative_to(self.folder).parts
            if place[1:] == (LETTERS, FRAME):
                continue
            is_placed = len(place) == _DEPTH and place[1] == LETTERS
            if not is_placed or f"{place[2]}.{path.stem}" not in wanted:
                yield path


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LetterError(f"no text {path}: write it, or take the stage away") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LetterError(f"{path} cannot be read as UTF-8 text: {error}") from None
    if len(text) > MOST_SOURCE:
        raise LetterError(f"{path} has {len(text)} characters: at most {MOST_SOURCE}")
    return text
