"""Variables that look like a setting and are none: the library would pass over them in silence."""

import os
from difflib import get_close_matches

from runtime.settings.settings import PREFIX, Settings, SettingsError

_OURS = ("config", "debug", "person")  # variables that are no settings
_SECTIONS = tuple(Settings.model_fields)
_LONGEST_VALUE = 4000


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
