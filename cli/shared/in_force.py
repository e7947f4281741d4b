"""The settings and definitions in force, for commands that open no database."""

from pathlib import Path

from cli.shared.calling import this_call
from runtime.definitions import programme_folder
from runtime.settings.load import load_settings
from runtime.settings.settings import Settings


def settings() -> Settings:
    call = this_call()
    return load_settings(call.config, call.database)


def folder_in_force() -> Path:
    """The folder of the programme that the settings name."""
    return programme_folder(settings())
