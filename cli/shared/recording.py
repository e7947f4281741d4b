"""The options of a command that files a record: what of it changes, or what of it is shown."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from cli.shared.calling import EVERYWHERE, Acting, Hearing, mean_the_day
from cli.shared.row_words import (
    ADD,
    CLEAR,
    REMOVE,
    ROW,
    RowWords,
    gathered,
    new_row,
    row_change,
    row_place,
)
from cli.shared.values import whole, word
from engine.literals import shown

DIFF = "--diff"
LAST = ":"  # what --diff compares when nothing is said


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call says beside --set and --from."""

    clear: tuple[str, ...] = ()
    add: tuple[RowWords, ...] = ()
    row: tuple[RowWords, ...] = ()
    remove: tuple[RowWords, ...] = ()
    show: bool = False
    version: int | None = None
    diff: str = ""

    @property
    def changes(self) -> bool:
        return any((self.clear, self.add, self.row, self.remove))

    @property
    def between(self) -> tuple[int | None, int | None]:
        """`3:5` from 3 to 5, `3` from 3 to the last, nothing: the last since the one before."""
        first, _, second = self.diff.partition(":")
        return (int(first) if first else None, int(second) if second else None)


_wanted: ContextVar[Wanted] = ContextVar("wanted", default=Wanted())  # noqa: B039 - it is frozen


def wanted() -> Wanted:
    return _wanted.get()


def _keep(name: str) -> Callable[[object], None]:
    def keep(value: object) -> None:
        if value is not None:
            held = tuple(value) if isinstance(value, list | tuple) else value
            _wanted.set(replace(wanted(), **{name: held}))  # type: ignore[arg-type]  # fields by name

    return keep


def _versions(raw: str) -> str:
    if not re.fullmatch(r"[0-9]{0,9}(:[0-9]{0,9})?", raw):
        raise typer.BadParameter(f"{shown(raw)} names no versions: write 3, or 3:5")
    return raw


_Clear = Annotated[
    list[str] | None,
    typer.Option(
        CLEAR,
        metavar="NAME",
        help="Take a field out. Repeatable.",
        expose_value=False,
        callback=_keep("clear"),
        parser=word,
    ),
]
_Add = Annotated[
    list[RowWords] | None,
    typer.Option(
        ADD,
        metavar="ROWS NAME=VALUE ...",
        help="A row more, as --add objectives title=Care horizon=short. Repeatable.",
        expose_value=False,
        callback=_keep("add"),
        parser=new_row,
    ),
]
_Row = Annotated[
    list[RowWords] | None,
    typer.Option(
        ROW,
        metavar="ROWS:NUMBER NAME=VALUE ...",
        help="Fields of one row, as --row objectives:2 state=done; NAME= takes one out.",
        expose_value=False,
        callback=_keep("row"),
        parser=row_change,
    ),
]
_Remove = Annotated[
    list[RowWords] | None,
    typer.Option(
        REMOVE,
        metavar="ROWS:NUMBER",
        help="Take a row out. Repeatable.",
        expose_value=False,
        callback=_keep("remove"),
        parser=row_place,
    ),
]
_Show = Annotated[
    bool | None,
    typer.Option(
        "--show",
        help="Only show it: the last version, or --version.",
        expose_value=False,
        callback=_keep("show"),
    ),
]
_Version = Annotated[
    int | None,
    typer.Option(
        "--version",
        metavar="NUMBER",
        help="Which one --show shows.",
        expose_value=False,
        callback=_keep("version"),
        parser=whole(1),
    ),
]
_Diff = Annotated[
    str | None,
    typer.Option(
        DIFF,
        metavar="[N[:M]]",
        help="Only show what differs: in the last version, since N, or from N to M.",
        expose_value=False,
        callback=_keep("diff"),
        parser=_versions,
    ),
]
_OddDay = Annotated[
    bool | None,
    typer.Option(
        "--odd-day",
        help="The day of a meeting or a signature is meant, odd as it is.",
        expose_value=False,
        callback=mean_the_day,
    ),
]
_ROWS = typer.Typer(add_completion=False)
_SIGNS = typer.Typer(add_completion=False)
_VIEWS = typer.Typer(add_completion=False)


def _rows(
    rows_clear: _Clear = None,
    rows_add: _Add = None,
    rows_row: _Row = None,
    rows_remove: _Remove = None,
    rows_odd_day: _OddDay = None,
) -> None:
    """Stand for every command that changes a record field by field."""


def _views(view_show: _Show = None, view_version: _Version = None, view_diff: _Diff = None) -> None:
    """Stand for every command that shows the versions of a record."""


def _signs(signs_odd_day: _OddDay = None) -> None:
    """Stand for the command that notes a signature."""


_ROWS.command()(_rows)
_SIGNS.command()(_signs)
_VIEWS.command()(_views)
_CHANGING = tuple(typer.main.get_command(_ROWS).params)
_SIGNING = tuple(typer.main.get_command(_SIGNS).params)
_SHOWING = tuple(typer.main.get_command(_VIEWS).params)


class Recording(Hearing):
    """A command that files a record; the words after a row up to the next option are its own."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        kept = len(self.params) - len(EVERYWHERE)
        self.params = [*self.params[:kept], *_CHANGING, *_SHOWING, *self.params[kept:]]

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # public name
        _wanted.set(Wanted())
        return super().parse_args(ctx, gathered(args, {DIFF: LAST}))


class Signing(Hearing):
    """A command that notes a signature, on a day that may be odd."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        kept = len(self.params) - len(EVERYWHERE)
        self.params = [*self.params[:kept], *_SIGNING, *self.params[kept:]]


class Correcting(Acting):
    """A command that corrects a record, its options those of `record` that change something."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        kept = len(self.params) - len(EVERYWHERE)
        self.params = [*self.params[:kept], *_CHANGING, *self.params[kept:]]

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # public name
        _wanted.set(Wanted())
        return super().parse_args(ctx, gathered(args, {}))
