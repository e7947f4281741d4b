"""Which functions and files some walks enter, found by a trace of calls: run inside a checkout.

    cd CHECKOUT && .venv/bin/python .../bench/tracer.py

plays the first day of its README in this process up to the first step, traces what comes next, and
prints JSON. It imports nothing of the bench, so that it also runs inside a checkout of long ago.
"""

import contextlib
import inspect
import io
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Protocol, Self  # Any: parts of a checkout of any age

ROOT = Path.cwd()
_ROOMS = "engine workflows notifications imports storage runtime simulation documents cli"
_FIRST_PARTY = tuple(f"{ROOT / room}{os.sep}" for room in _ROOMS.split())
_COMPREHENSIONS = frozenset({"<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>"})
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")
_HOURS = 24 * 60
# Where each part is found: now, and at d5218ad.
_PARTS = {
    "act": ("runtime.use_cases.advance", "runtime.advance"),
    "sweep": ("runtime.workers.sweep", "runtime.timekeeping"),
    "compose_owed": ("runtime.workers.compose", "runtime.composing"),
    "deliver": ("runtime.workers.deliver", "runtime.delivery"),
    "find_case": ("runtime.queries.find_case", "runtime.finding"),
    "load_settings": ("runtime.settings.load", "runtime.configuration"),
    "open_runtime": ("runtime.wiring",),
    "Triggered": ("engine.model.outcomes", "engine.outcomes"),
    "By": ("engine.model.outcomes", "engine.outcomes"),
    "Folder": ("notifications.folder",),
    "main": ("cli.main",),
}


@dataclass(slots=True)
class Walk:
    """What one way through the code enters, and what it asks of the database."""

    codes: set[CodeType] = field(default_factory=set)
    single: int = 0  # statements sent alone
    many: int = 0  # statements sent once with many rows
    _importing: int = 0
    open: bool = False

    def __call__(self, frame: FrameType, happened: str, _: object) -> None:
        code = frame.f_code
        if code.co_name == "<module>":
            self._importing += {"call": 1, "return": -1}.get(happened, 0)
        elif happened == "call" and not self._importing and _is_ours(code):
            self.codes.add(code)

    def through(self, work: Callable[[], Any]) -> Any:
        """Do some work, and count what it enters; what is imported meanwhile is left out."""
        self.open = True
        sys.setprofile(self)
        try:
            return work()
        finally:
            sys.setprofile(None)
            self.open = False

    def sent(self, text: str, *, many: bool) -> None:
        """Count a statement; how transactions begin and end is not counted."""
        if self.open and not text.lstrip().upper().startswith(_CONTROL):
            self.many += many
            self.single += not many

    def counted(self) -> dict[str, int]:
        """Functions and lambdas by themselves; a comprehension belongs to the one it stands in."""
        own = [code for code in self.codes if code.co_name not in _COMPREHENSIONS]
        return {
            "functions": len(own),
            "files": len({code.co_filename for code in own}),
            "lines": sum(len(inspect.getsourcelines(code)[0]) for code in own),
            "statements": self.single + self.many,
            "single": self.single,
        }


def _is_ours(code: CodeType) -> bool:
    return code.co_filename.startswith(_FIRST_PARTY)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    walks = {name: Walk() for name in ("advance", "letter", "deliver", "timer")}
    tell(walks.values())
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        reference, step = _morning()
        with _part("open_runtime")(_part("load_settings")(None, None)) as runtime:
            _walk(runtime, walks, _part("find_case")(runtime, reference), step)
        os.chdir(ROOT)
    print(json.dumps({name: walk.counted() for name, walk in walks.items()}))


def _walk(runtime: Any, walks: dict[str, Walk], case: int, step: str) -> None:
    act, event, by = _part("act"), _part("Triggered"), _part("By")
    # Older checkouts took the word for the deed; here nobody named is who runs the rehearsal.
    names_people = "heard_from" in by.__dataclass_fields__
    who = by("", "") if names_people else by("facilitator", "facilitator")
    answer = walks["advance"].through(lambda: act(runtime, case, event(step, who)))
    assert answer.accepted, answer
    walks["letter"].through(lambda: _part("compose_owed")(runtime))
    mailer = _part("Folder")(Path("letters"))
    mailer.open()
    walks["deliver"].through(lambda: _part("deliver")(runtime, mailer))
    walks["timer"] = _first_timer(runtime, walks)


def _first_timer(runtime: Any, walks: dict[str, Walk]) -> Walk:
    """Sweep hour by hour, under a clock that is not ours to count, until a family was due."""
    sweep, begun = _part("sweep"), runtime.clock()
    for hour in range(_HOURS):
        moment, walk = begun + timedelta(hours=hour), walks["timer"]
        walk.codes, walk.single, walk.many = set(), 0, 0
        at_that_hour = replace(runtime, clock=lambda moment=moment: moment)
        if walk.through(partial(sweep, at_that_hour)).families:
            return walk
    raise AssertionError("no timer was due for two months")


def _part(name: str) -> Any:
    """Import a part from where this checkout has it."""
    for place in _PARTS[name]:
        with contextlib.suppress(ModuleNotFoundError):
            return getattr(import_module(place), name)
    raise LookupError(f"{name} is in none of {', '.join(_PARTS[name])}")


def _morning() -> tuple[str, str]:
    """Type the README's first day up to the first step that is taken; say whose, and which."""
    pages = import_module("tests.support.pages")
    day = pages.part((ROOT / "README.md").read_text(encoding="utf-8"), "A facilitator's first day")
    for name, rows in pages.tables(day).items():
        Path(name).write_text(rows, encoding="utf-8")
    for typed in pages.commands(day):
        if typed.words[0] == "export":
            name, _, value = typed.words[1].partition("=")
            os.environ[name] = value
        elif typed.words[1:3] == ("pair", "advance") and not typed.code:
            return typed.words[3], typed.words[4]
        else:
            _type(list(typed.words[1:]))
    raise LookupError("the README takes no step on its first day")


def _type(words: list[str]) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        _part("main")(words)


class Counter(Protocol):
    """Whoever is told of every statement before it is sent."""

    def sent(self, text: str, *, many: bool) -> None: ...


def tell(counters: Collection[Counter]) -> None:
    """Have every connection of SQLite that is made from now on tell of what it sends."""
    connect = sqlite3.connect

    def told(text: str, *, many: bool = False) -> None:
        for counter in counters:
            counter.sent(text, many=many)

    class Teller(sqlite3.Cursor):
        def execute(self, text: str, /, *values: Any) -> Self:
            told(text)
            return super().execute(text, *values)

        def executemany(self, text: str, values: Any, /) -> Self:
            told(text, many=True)
            return super().executemany(text, values)

    class Connection(sqlite3.Connection):
        def execute(self, text: str, /, *values: Any) -> sqlite3.Cursor:
            told(text)
            return super().execute(text, *values)

        def cursor(self, factory: Any = Teller, /) -> Any:
            return super().cursor(factory)

    def telling(*words: Any, **named: Any) -> sqlite3.Connection:
        return connect(*words, factory=Connection, **named)

    sqlite3.connect = telling  # type: ignore[assignment]  # it stands in for it


if __name__ == "__main__":
    main()
