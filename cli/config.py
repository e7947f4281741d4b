"""`pairing config`: the settings in force, without the secrets."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from cli.shared.calling import Command, this_call
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.tree import noun
from runtime.settings.load import load_settings, settings_file

app = noun("Show the settings in force.")


@dataclass(frozen=True, slots=True)
class ConfigShow:
    """The settings in force; a password only as set or not set."""

    file: str | None
    settings: Mapping[str, object]


@app.callback()
def _config() -> None:
    """Keep `show` a verb of its own, although it is the only one."""


@app.command("show", cls=Command)
def show() -> ConfigShow:
    """Show every setting in force; a password only as set or not."""
    call = this_call()
    settings = load_settings(call.config, call.database)
    shown = {
        name: value if isinstance(value, list | tuple) else _section(dict(value))
        for name, value in settings
    }
    file = settings_file(call.config)
    rows = [
        (f"{section}.{key}" if key else section, value)
        for section, values in shown.items()
        for key, value in (values.items() if isinstance(values, dict) else [("", values)])
    ]
    place = str(file) if file else "no file: defaults and environment"
    told = ConfigShow(str(file) if file else None, shown)
    return answer(told, Table(("setting", "value"), rows, title=place))


def _section(values: dict[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: object) -> object:
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    return value
