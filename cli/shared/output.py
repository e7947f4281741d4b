"""How a command answers: JSON for machines or text for people on stdout, all else on stderr."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from cli.shared.bodies import Body, json_parts
from cli.shared.calling import this_call
from cli.shared.table import Table, clean, drawn, fitted

_LONGEST_LINE = 600
_NARROWEST = 60
_WIDTH_OF_A_PIPE = 160
_DIGITS = 4  # of a width somebody may mean
_PIECE = 16_000  # characters written at once


class Exact(str):
    """Text that a program may read on, such as JSON: it is broken nowhere."""

    __slots__ = ()


Human = Table | str
B = TypeVar("B", bound=Body)


def answer(body: B, *human: Human) -> B:
    """Answer a command: the body for machines, the tables and lines for people.

    What an iterator of the body yields, and the rows of a table, are written as they come.
    """
    if this_call().json:
        _write_pieces(sys.stdout, json_parts(body))
    elif this_call().csv:
        _list(human)
    else:
        show(*human)
    return body


def show(*human: Human) -> None:
    """Write tables and lines for people, as (a part of) an answer."""
    for part in human:
        _write_pieces(sys.stdout, part_text(part, sys.stdout))


def _list(human: tuple[Human, ...]) -> None:
    """Write the tables of an answer as CSV; what else is told stands beside it."""
    from cli.shared.listing import csv_parts  # noqa: PLC0415 - late: few answers are CSV

    tables = [part for part in human if isinstance(part, Table)]
    _write_pieces(sys.stdout, csv_parts(tables, this_call().zone))
    tell(*(part for part in human if isinstance(part, str)))


def say(line: str) -> None:
    """Tell a person something beside the answer."""
    _write(sys.stderr, one_line(line) + "\n")


def tell(*human: Human) -> None:
    """Tell a person more than a line beside the answer."""
    for part in human:
        _write_pieces(sys.stderr, part_text(part, sys.stderr))


def one_line(text: str) -> str:
    """Text on one line, printable, and not at full length."""
    line = clean(" ".join(text.split()))
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}..."


def part_text(part: Human, stream: TextIO) -> Iterator[str]:
    """A part as the lines it takes."""
    if isinstance(part, Exact):
        yield f"{clean(part)}\n"
    elif isinstance(part, str):
        yield from (f"{line}\n" for line in fitted(clean(part), _room(stream)))
    else:
        yield from (f"{line}\n" for line in drawn(part, _width(stream), this_call().zone))


def _width(stream: TextIO) -> int:
    """How wide a table is: in a pipe as wide as few terminals are."""
    return _room(stream) or _WIDTH_OF_A_PIPE


def _room(stream: TextIO) -> int:
    """What is asked for in $COLUMNS, else what the terminal has; nothing in a pipe."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS:
        return max(_NARROWEST, int(asked))
    try:
        return max(_NARROWEST, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 0


def _write_pieces(stream: TextIO, pieces: Iterable[str]) -> None:
    """Write what comes, not too little at once."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _PIECE:
            _write(stream, "".join(held))
            held, size = [], 0
    _write(stream, "".join(held))


def _write(stream: TextIO, text: str) -> None:
    """Write and flush; a reader who has gone away takes nothing back of what was done."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError:
        _silence(stream)  # what follows is to be told on the other stream
        if stream is sys.stdout:
            raise


def _silence(stream: TextIO) -> None:
    """Lead a stream nobody reads any more into nothing."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        pass


def on_terminal() -> bool:
    """Whether progress would be seen by a person."""
    return sys.stderr.isatty()


Progress = Callable[[str], None]


def progress() -> Progress:
    """A way to show how far long work is: on a terminal one changing line, in a pipe nothing."""
    if not on_terminal():
        return lambda _line: None
    return lambda line: _write(sys.stderr, f"\r\x1b[K{one_line(line)[:100]}")
