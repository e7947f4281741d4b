"""The files that hold the texts: where they stand, and their parts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from engine.letters.catalogue import Catalogue, LetterError, Stage
from engine.letters.spoken import NOTHING, SOURCE, Spoken

LETTERS = "letters"
FRAME = "frame.txt"
MOST_SOURCE = 60_000  # characters of one file

_SUBJECT, _PREHEADER = "Subject: ", "Preheader: "
_FIRST = (_SUBJECT, _PREHEADER)
# What a text may say above itself, else its stage: of these the letter shows the last two.
_MORE = ("Act: ", "Told: ", "Reason: ")
_SHOWN = ("Told: ", "Reason: ")
_RULE = "----"
_NONE: Mapping[str, Spoken] = MappingProxyType({})
# A head cannot carry them, nor a mail program show them; a tab is a blank.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
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
    # What the texts of a further language leave out.
    spoken: Mapping[str, Spoken] = field(default_factory=lambda: _NONE)

    def languages(self) -> tuple[str, ...]:
        """The languages that have texts in the folder, the source language first."""
        found = {each.parent.name for each in self.folder.glob(f"*/{LETTERS}")}
        return (SOURCE, *sorted(found - {SOURCE}))

    def path(self, stage: Stage, language: str) -> Path:
        return self.folder / language / LETTERS / stage.letter / f"{stage.name}.txt"

    def frame_path(self, language: str) -> Path:
        return self.folder / language / LETTERS / FRAME

    def sheet(self, stage: Stage, language: str) -> tuple[Part, ...]:
        """All parts of a stage, the news behind the body, or LetterError naming file and line."""
        path = self.path(stage, language)
        lines = self._read(path).split("\n")
        for number, (line, word) in enumerate(zip([*lines, "", ""], _FIRST, strict=False), 1):
            if not line.startswith(word) or not line[len(word) :].strip():
                raise LetterError(f"{path}:{number}: begin this line with `{word}` and a text")
        said = self._usual(stage, language)
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
        _refuse_gaps(f"{path}:{end}", said)
        return (
            Part("subject", lines[0][len(_SUBJECT) :].strip(), 1),
            Part("preheader", lines[1][len(_PREHEADER) :].strip(), 2),
            *said.values(),
            *_parted(lines, end),
        )

    def _usual(self, stage: Stage, language: str) -> dict[str, Part]:
        """The two lines of a text that has none of its own."""
        if language == SOURCE:
            return {"told": Part("told", stage.told), "reason": Part("reason", stage.reason)}
        usual = self.spoken.get(language, NOTHING).usual
        return {name: Part(name, usual[name]) for name in ("told", "reason") if name in usual}

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


def _parted(lines: Sequence[str], begin: int) -> tuple[Part, Part]:
    """The body, and what stands behind the words of a reply: below a line of `----`."""
    at = next((n for n in range(begin, len(lines)) if lines[n].strip() == _RULE), len(lines))
    body = Part("body", "\n".join(lines[begin:at]), begin + 1)
    return body, Part("news", "\n".join(lines[at + 1 :]), at + 2)


def _refuse_gaps(place: str, said: Mapping[str, Part]) -> None:
    for line in _SHOWN:
        if line.rstrip(": ").lower() not in said:
            remedy = f"write `{line}...` above it, or under `usual` in the words of letters"
            raise LetterError(f"{place}: the text has no line {line.strip()} {remedy}")


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LetterError(f"no text {path}: write it, or take the stage away") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LetterError(f"{path} cannot be read as UTF-8 text: {error}") from None
    if len(text) > MOST_SOURCE:
        raise LetterError(f"{path}:1: it has {len(text)} characters: at most {MOST_SOURCE}")
    if found := _CONTROL.search(text):
        place = f"{path}:{text.count(chr(10), 0, found.start()) + 1}"
        raise LetterError(f"{place}: it holds the control character {found[0]!a}: remove it")
    return text
