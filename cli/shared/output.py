"""How a command answers: JSON for machines or text for people on stdout, all else on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TextIO

from cli.shared.calling import this_call

_LONGEST_LINE = 600
_NARROWEST = 60
_WIDTH_OF_A_PIPE = 160


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, for people."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    title: str = ""
    empty: str = "nothing"


Human = Table | str


def answer(body: Mapping[str, object], *human: Human) -> None:
    """Answer a command: the body for machines, the tables and lines for people."""
    if this_call().json:
        _write(sys.stdout, json.dumps(body, default=_plain_value) + "\n")
        return
    for part in human:
        _write(sys.stdout, part_text(part, sys.stdout))


def say(line: str) -> None:
    """Tell a person something beside the answer."""
    _write(sys.stderr, one_line(line) + "\n")


def tell(*human: Human) -> None:
    """Tell a person more than a line beside the answer."""
    for part in human:
        _write(sys.stderr, part_text(part, sys.stderr))


def one_line(text: str) -> str:
    """Text on one line, printable, and not at full length."""
    line = clean(" ".join(text.split()))
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}..."


def clean(value: object) -> str:
    """Text as a terminal may show it: what people stored must not steer the screen."""
    text = "" if value is None else _word(value)
    return "".join(mark if mark.isprintable() or mark == "\n" else "?" for mark in text)


def part_text(part: Human, stream: TextIO) -> str:
    if isinstance(part, str):
        return f"{clean(part)}\n"
    return _table(part, stream)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}Z"  # moments are told in UTC
    if isinstance(value, list | tuple):
        return ", ".join(map(_word, value))
    return str(value)


def _plain_value(value: object) -> object:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    return str(value)


def _table(table: Table, stream: TextIO) -> str:
    title = f"{clean(table.title)}\n" if table.title else ""
    if not table.rows:
        return f"{title}{table.empty}\n"
    from rich import box  # noqa: PLC0415 - late: JSON and help do without
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Drawn  # noqa: PLC0415

    width = _width(stream)
    console = Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        drawn.add_column(column, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(clean(cell) for cell in row))
    with console.capture() as captured:
        console.print(drawn)
    lines = (line.rstrip() for line in captured.get().splitlines())
    return title + "\n".join(lines) + "\n"


def _width(stream: TextIO) -> int:
    try:
        return max(_NARROWEST, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return _WIDTH_OF_A_PIPE


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
