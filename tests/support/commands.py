"""Commands as people type them, run in this process: what they print and how they end."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cli.main import main


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def body(self) -> dict[str, object]:
        return cast("dict[str, object]", json.loads(self.out))


def pairing(*arguments: str, folder: Path, given: str = "", **variables: str) -> Ended:
    """Run a command in a folder, with these environment variables more and this on stdin."""
    out, err = (_Stream(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        _in(folder, {"XDG_STATE_HOME": str(folder / "state"), "COLUMNS": "160", **variables}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _stdin(given),
    ):
        code = main(arguments)
    return Ended(code, out.text, err.text)


class _Stream(io.TextIOWrapper):
    def __init__(self, buffer: io.BytesIO, **details: object) -> None:
        super().__init__(buffer, errors="backslashreplace", **details)  # type: ignore[arg-type] # passed on
        self._held = buffer

    @property
    def text(self) -> str:
        return self._held.getvalue().decode("utf-8")


@contextlib.contextmanager
def _stdin(given: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


@contextlib.contextmanager
def _in(folder: Path, variables: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def is_clear(ended: Ended, codes: Sequence[int]) -> bool:
    """Whether a command that failed said so as it should: no traceback, short lines, our mark."""
    lines = ended.err.splitlines()
    return (
        ended.code in codes
        and "Traceback" not in ended.err + ended.out
        and bool(lines)
        and all(line.startswith("pairing: ") and len(line) <= 700 for line in lines)
    )
