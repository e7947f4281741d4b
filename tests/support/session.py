"""A page of commands, played as it stands: what was typed, what was answered, what was read."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.commands import Ended, pairing

_PROMPT, _EXPORT, _PROGRAM = "$ ", "export", "pairing"
_STAYS = " stays in "  # the first line of a refusal
_GIVEN = {"--set", "--add", "--row"}
_FIELD = re.compile(r"(?P<name>[a-z_0-9]+)=")
# What stands after `pairing NOUN VERB PAIR` and is a name of the definition.
_NAMED = {"record", "advance", "correct", "void", "waive", "sign", "move", "raise", "form", "why"}


@dataclass(frozen=True)
class Typed:
    """A command of the page and the lines that it shows below it."""

    words: tuple[str, ...]
    shows: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        return any(_STAYS in line or "may be waived by" in line for line in self.shows)

    @property
    def fields(self) -> list[str]:
        """The names of what is given, one for each answer that was typed."""
        return list(self._fields())

    def _fields(self) -> Iterator[str]:
        option = ""
        for word in self.words:
            if word.startswith("--"):
                option = word
            elif option in _GIVEN and (found := _FIELD.match(word)):
                yield found["name"]

    @property
    def names(self) -> set[str]:
        """What is typed that nobody knows by heart: records, steps, requirements, fields."""
        noun, verb, *rest = self.words
        if noun not in {"pair", "checkin", "flag"} or verb == "new":
            return set()
        named = rest[1:2] if verb in _NAMED else []
        settings = self.fields if verb != "adapt" else [w.partition("=")[0] for w in rest[1:3]]
        children = [word for word in rest[:1] if "/" in word]
        return {*settings, *(word for word in (*named, *children) if not word.startswith("--"))}


def commands(page: Path) -> Iterator[Typed | tuple[str, str]]:
    """Every command of a page in its order, and what it exports."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for each in block.removeprefix(_PROMPT).split(f"\n{_PROMPT}"):
            first, *shows = each.splitlines()
            program, *words = shlex.split(first)
            if program == _EXPORT:
                name, _, value = words[0].partition("=")
                yield name, value
            else:
                assert program == _PROGRAM, first
                yield Typed(tuple(words), tuple(shows))


@dataclass
class Session:
    """Somebody at a keyboard: what they have read so far, and what they typed unread."""

    folder: Path
    typed: list[Typed] = field(default_factory=list)
    read: str = ""
    unread: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    def play(self, page: Path) -> None:
        for each in commands(page):
            if isinstance(each, Typed):
                self.type(each)
            else:
                self.variables[each[0]] = each[1]

    def type(self, each: Typed) -> Ended:
        line = " ".join(each.words)
        known = set(re.findall(r"[\w/-]+", self.read))
        self.unread += [(line, name) for name in sorted(each.names - known)]
        if each.is_refused:
            self.unread = [(typed, name) for typed, name in self.unread if typed != line]
        ended = pairing(*each.words, folder=self.folder, **self.variables)
        shown = ended.out + ended.err
        self.read += shown
        self.typed.append(each)
        if (ended.code != 0) != each.is_refused:
            self.wrong.append(f"{line}: {ended.code}: {shown}")
        self.wrong += [f"{line}: no {text!r}: {shown}" for text in each.shows if text not in shown]
        return ended
