"""Settings in the environment: PAIRING_<SECTION>__<SETTING>, and variables that look like one."""

import os
import tomllib
from difflib import get_close_matches

from pydantic import BaseModel, SecretStr
from pydantic_settings import EnvSettingsSource

from runtime.settings.settings import Settings, SettingsError

PREFIX = "PAIRING_"
_OURS = ("config", "debug")  # variables that are no settings
_SECTIONS = tuple(Settings.model_fields)
_LONGEST_VALUE = 4000
_LONGEST = 40  # characters of a number, a date or a yes


def refuse_stray_variables() -> None:
    """A mistyped variable would be silently ignored, and nobody would know why."""
    for variable, value in os.environ.items():
        name = variable.lower()
        if not name.startswith(PREFIX.lower()) or name.startswith("pairing_test_"):
            continue
        wrong = _wrong_variable(name.removeprefix(PREFIX.lower()))
        if not wrong and len(value) > _LONGEST_VALUE:
            wrong = f"has {len(value)} characters: at most {_LONGEST_VALUE}"
        if wrong:
            raise SettingsError(f"{variable}: {wrong}")


def _wrong_variable(name: str) -> str:
    section, separator, _key = name.partition("__")
    if section in _SECTIONS:
        return "" if separator else f"name one setting, like {PREFIX}{section.upper()}__..."
    if name in _OURS:
        return ""
    for known in _SECTIONS:
        if name.startswith(f"{known}_"):
            right = f"{PREFIX}{known.upper()}__{name.removeprefix(known + '_').lstrip('_').upper()}"
            return f"is not known: two underscores follow the section, {right}"
    words = [*(_SECTIONS if separator else ()), *_OURS]
    near = get_close_matches(section, words, n=1)
    if near or separator:
        right = f"did you mean {PREFIX}{near[0].upper()}" if near else "remove it"
        return f"is not a setting: {right}{'__...' if near and near[0] in _SECTIONS else ''}"
    return ""


class Environment(EnvSettingsSource):
    """Variables hold text only: what a setting wants decides what the text means."""

    def __call__(self) -> dict[str, object]:
        found: dict[str, object] = super().__call__()
        return {name: _meant(name, value) for name, value in found.items()}


def _meant(section: str, value: object) -> object:
    field = Settings.model_fields[section].annotation if section in Settings.model_fields else None
    if not isinstance(value, dict) or not (
        isinstance(field, type) and issubclass(field, BaseModel)
    ):
        return value
    texts = {name for name, each in field.model_fields.items() if _is_text(each.get_default())}
    return {
        name: each if name in texts or not isinstance(each, str) else _parsed(each)
        for name, each in value.items()
    }


def _is_text(default: object) -> bool:
    return isinstance(default, str | SecretStr)


def _parsed(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"] if len(text) <= _LONGEST else text
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return text
