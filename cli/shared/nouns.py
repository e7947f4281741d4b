"""Every word that may follow `pairing`: listed without loading what lies behind it."""

from importlib import import_module
from types import MappingProxyType
from typing import cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from cli.shared.calling import Group
from cli.shared.verbs import Verbs

NOUNS = MappingProxyType(
    {
        "check": "Check the definitions and show each state's longest silence.",
        "simulate": "Run invented pairs through their months in seconds.",
        "demo": "See the programme at work on a database of its own.",
        "forecast": "Tell what will happen if nobody acts.",
        "migrate": "Bring running pairs to another version of the programme.",
        "run": "Keep time and deliver letters until told to stop.",
        "clock": "Show or advance the clock of a rehearsal.",
        "verify": "Prove that journals and rows agree.",
        "db": "Create, upgrade or show the database.",
        "centre": "Import, add, list, show or change centres.",
        "person": "Import, add, list or change people.",
        "words": "Import, list or show the words that records choose from.",
        "pair": "Start, advance, explain and look at pairs.",
        "flag": "Raise, list and handle red flags.",
        "checkin": "List, record or skip check-ins.",
        "mail": "See and send letters.",
        "incident": "List and retry what failed.",
        "config": "Show the settings in force.",
    }
)

_FOLDERS = MappingProxyType({"pair": "cli.pair.verbs", "mail": "cli.mail.verbs"})


class Nouns(Group):
    """The words; one is loaded when it is called, so that help is quick."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # public name
        del ctx
        return list(NOUNS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperGroup | None:  # type: ignore[override] # as above
        del ctx
        return TyperGroup(name=cmd_name, help=NOUNS[cmd_name]) if cmd_name in NOUNS else None

    def resolve_command(  # type: ignore[override] # as above
        self, ctx: typer.Context, args: list[str]
    ) -> tuple[str | None, object, list[str]]:
        self.commands = dict.fromkeys(NOUNS, cast("TyperGroup", None))  # for suggestions
        name, _listed, rest = super().resolve_command(ctx, args)
        return name, loaded(name or ""), rest


def loaded(name: str) -> object:
    """The real command behind a word."""
    module = import_module(_FOLDERS.get(name, f"cli.{name}"))
    return module.app if isinstance(module.app, Verbs) else get_command(module.app)
