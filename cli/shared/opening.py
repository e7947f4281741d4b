"""The programme a command works on: its settings, its parts, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from cli.shared.calling import this_call
from engine.model.definition import SYSTEM
from engine.model.outcomes import By
from runtime.definitions import programme_folder
from runtime.settings.load import load_settings
from runtime.settings.settings import Settings
from runtime.wiring import Runtime, open_runtime


def settings() -> Settings:
    call = this_call()
    return load_settings(call.config, call.database)


@contextmanager
def opened() -> Iterator[Runtime]:
    """All parts, opened for one command and closed after it."""
    with open_runtime(settings()) as runtime:
        yield runtime


def folder_in_force() -> Path:
    """The folder of the programme that the settings name."""
    return programme_folder(settings())


def who() -> By:
    """Who acts in this command: a person, or a role when no person is named."""
    call = this_call()
    if call.role == SYSTEM:
        raise typer.BadParameter(f"nobody acts as {SYSTEM}: timers do", param_hint="--as")
    return By(call.person or call.role, call.role)
