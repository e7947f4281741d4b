"""What a command was called with, whichever command it is: the options that stand everywhere."""

from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand, TyperGroup

from cli.shared.values import word


@dataclass(frozen=True, slots=True)
class Call:
    """Which settings, which database, machine text or not, and who acts for whom."""

    config: Path | None = None
    database: str | None = None
    json: bool = False
    role: str = ""  # whichever of the person's roles fits
    person: str = ""
    heard_from: str = ""
    heard_by: str = ""
    dry_run: bool = False
    csv: bool = False
    odd_day: bool = False  # the day that is filed is meant, odd as it is
    zone: str = ""  # whose clocks tell moments; before the programme is opened those of UTC


_current: ContextVar[Call] = ContextVar("call", default=Call())  # noqa: B039 - it is frozen


def begin() -> None:
    """Forget what an earlier call in the same process was given."""
    _current.set(Call())


def this_call() -> Call:
    return _current.get()


def want_json() -> None:
    """Answer in JSON from now on."""
    _current.set(replace(this_call(), json=True))


def use_zone(zone: str) -> None:
    """Tell moments by the clocks of this zone from now on."""
    _current.set(replace(this_call(), zone=zone))


def mean_the_day(value: object) -> None:
    """Whatever is odd about the day of a meeting is meant."""
    _current.set(replace(this_call(), odd_day=bool(value)))


def want_csv() -> None:
    """Answer as CSV from now on."""
    _current.set(replace(this_call(), csv=True))


def use_config(config: Path) -> None:
    """Read these settings from now on."""
    _current.set(replace(this_call(), config=config))


def _config(value: Path | None) -> None:
    if value is not None:
        use_config(value)


def _database(value: str | None) -> None:
    if value is not None:
        _current.set(replace(this_call(), database=value))


def _json(value: bool | None) -> None:  # noqa: FBT001 - what Typer hands over
    if value:
        want_json()


def _role(value: str | None) -> None:
    if value is not None:
        _current.set(replace(this_call(), role=value))


def _person(value: str | None) -> None:
    if value is not None:
        _current.set(replace(this_call(), person=value))


def _for(value: str | None) -> None:
    if value is not None:
        _current.set(replace(this_call(), heard_from=value))


def _heard(value: str | None) -> None:
    if value is not None:
        _current.set(replace(this_call(), heard_by=value))


def _dry_run(value: bool | None) -> None:  # noqa: FBT001 - what Typer hands over
    if value:
        _current.set(replace(this_call(), dry_run=True))


_APP = typer.Typer(add_completion=False)
_HEARING = typer.Typer(add_completion=False)
_option = partial(typer.Option, expose_value=False, rich_help_panel="Everywhere")

_Config = Annotated[
    Path | None, _option("--config", metavar="FILE", help="Settings.", callback=_config)
]
_Database = Annotated[
    str | None, _option("--database", metavar="FILE|URL", help="Database.", callback=_database)
]
_Json = Annotated[
    bool | None, _option("--json", help="Answer in JSON on standard output.", callback=_json)
]
_Role = Annotated[
    str | None,
    _option(
        "--as",
        metavar="ROLE",
        help="Which of the person's roles, where several fit.",
        callback=_role,
        parser=word,
    ),
]
_Person = Annotated[
    str | None,
    _option(
        "--by",
        metavar="PERSON",
        help="Who acts: the key of a person, else $PAIRING_PERSON.",
        callback=_person,
        parser=word,
    ),
]


def _everywhere(
    everywhere_config: _Config = None,
    everywhere_database: _Database = None,
    everywhere_json: _Json = None,
    everywhere_role: _Role = None,
    everywhere_person: _Person = None,
) -> None:
    """Stand for every command: its options are given to all of them, under names of their own."""


_APP.command()(_everywhere)
EVERYWHERE = tuple(typer.main.get_command(_APP).params)  # config, database, json, as, by


_For = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="PERSON",
        help="Who said it, where the office notes what it heard.",
        expose_value=False,
        callback=_for,
        parser=word,
    ),
]
_Heard = Annotated[
    str | None,
    typer.Option(
        "--heard",
        metavar="CHANNEL",
        help="How it was heard: phone, mail, paper.",
        expose_value=False,
        callback=_heard,
        parser=word,
    ),
]


def _hearing(hearing_for: _For = None, hearing_heard: _Heard = None) -> None:
    """Stand for every command that notes what was heard from somebody."""


_HEARING.command()(_hearing)
HEARING = tuple(typer.main.get_command(_HEARING).params)  # for, heard


_DryRun = Annotated[
    bool | None,
    typer.Option(
        "--dry-run",
        expose_value=False,
        help="Only tell what would follow; nothing is written.",
        callback=_dry_run,
    ),
]
_ACTING = typer.Typer(add_completion=False)


def _acting(acting_dry_run: _DryRun = None) -> None:
    """Stand for every command that acts, as above."""


_ACTING.command()(_acting)
DRY_RUN = tuple(typer.main.get_command(_ACTING).params)


class Command(TyperCommand):
    """A command that also takes the options which stand everywhere."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)  # type: ignore[arg-type]  # handed on
        self.params = [*self.params, *EVERYWHERE]


class Acting(Command):
    """A command that changes something, or tells what it would change."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        own, everywhere = self.params[: -len(EVERYWHERE)], self.params[-len(EVERYWHERE) :]
        self.params = [*own, *DRY_RUN, *everywhere]


class Hearing(Acting):
    """A command that may note what was heard from somebody: for whom, and how it came."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        own, everywhere = self.params[: -len(EVERYWHERE)], self.params[-len(EVERYWHERE) :]
        self.params = [*own, *HEARING, *everywhere]


class Group(TyperGroup):
    """A noun with its verbs; it takes the options which stand everywhere before the verb."""

    def __init__(self, **details: object) -> None:
        super().__init__(**details)  # type: ignore[arg-type]  # handed on
        self.params = [*self.params, *EVERYWHERE]
