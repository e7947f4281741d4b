"""Questions on a terminal: one line each, asked again until the answer is understood."""

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from cli.shared.output import say, tell

T = TypeVar("T")

_YES_NO = {"yes": True, "y": True, "no": False, "n": False}


def refuse_elsewhere(instead: str) -> None:
    """Refuse to ask where nobody would see the questions."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"this is no terminal, where it would ask: {instead}")


def asked(prompt: str) -> str:
    """One line that somebody typed; an end of the input ends the command."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise typer.Abort
    return line.strip()


def answered(prompt: str, read: Callable[[str], T]) -> T:
    """What was answered, asked until it is understood."""
    while True:
        try:
            return read(asked(prompt))
        except (ValueError, typer.BadParameter) as error:
            say(f"    {error.message if isinstance(error, typer.BadParameter) else error}")


def agreed(question: str) -> bool:
    """Whether somebody says yes: an empty line says neither."""
    return answered(f"{question} (yes or no): ", yes_no)


def listed(words: list[str]) -> None:
    """Number what can be chosen."""
    tell(*(f"    {number}  {word}" for number, word in enumerate(words, start=1)))


def yes_no(text: str) -> bool:
    """What was answered, also by its first letter."""
    if text.casefold() not in _YES_NO:
        raise ValueError("write yes or no")
    return _YES_NO[text.casefold()]
