"""A noun whose verbs stand in files of their own, each loaded when it is called."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

import typer
from typer.core import TyperCommand
from typer.main import get_command

from cli.shared.calling import Command, Group


class Verbs(Group):
    """The verbs of a noun by where they stand: `cli.pair.why:why`; help alone loads them all."""

    def __init__(
        self,
        help_: str,
        places: Mapping[str, str],
        kinds: Mapping[str, type[Command]] = MappingProxyType({}),  # where not a plain command
    ) -> None:
        super().__init__(help=help_)
        self._places = places
        self._kinds = kinds
        self.commands = dict.fromkeys(places, cast("TyperCommand", None))  # for suggestions

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override] # public name
        del ctx
        return self.verb(cmd_name) if cmd_name in self._places else None

    def verb(self, name: str) -> TyperCommand:
        """The command behind a verb."""
        module, _, function = self._places[name].partition(":")
        alone = typer.Typer(add_completion=False)
        alone.command(name, cls=self._kinds.get(name, Command))(
            getattr(import_module(module), function)
        )
        return cast("TyperCommand", get_command(alone))
