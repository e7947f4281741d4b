"""Finding and reading the settings: config.toml and the environment, checked together."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource
from pydantic_settings import SettingsError as UnreadableError

from runtime.settings.environment import PREFIX, Environment, refuse_stray_variables
from runtime.settings.explain import explain, lines_of
from runtime.settings.secret_files import password, reason, shown_path
from runtime.settings.settings import DatabaseSettings, Settings, SettingsError

_LARGEST = 1_000_000  # bytes


def load_settings(config: Path | None = None, database: str | None = None) -> Settings:
    """Read the settings from a file and the environment, which wins; paths come back absolute.

    The file is `config`, else $PAIRING_CONFIG, else ./config.toml, else there is none and every
    setting has its default. `database` is an address or the path of an SQLite file and wins over
    both. Raises SettingsError with one line for each thing that is wrong.
    """
    place = settings_file(config)
    text = "" if place is None else _text(place)
    document = {} if place is None else _document(text, place)
    _refuse_secrets(document, place, lines_of(text))
    refuse_stray_variables()
    try:
        found = _outside(document)
    except ValidationError as error:
        where = "the environment" if place is None else str(place)
        raise SettingsError(explain(error, where, lines_of(text), Settings)) from None
    except UnreadableError as error:
        raise SettingsError(f"the environment: {error}") from None
    base = _folder(place)
    mail = found.mail.model_copy(
        update={
            "folder": str(base / found.mail.folder),
            "ca_file": str(base / found.mail.ca_file) if found.mail.ca_file else "",
            "password": password(found.mail, base),
        }
    )
    folder = str(base / found.programme.folder) if found.programme.folder else ""
    return found.model_copy(
        update={
            "mail": mail,
            "database": _database(found.database.url, base, database),
            "programme": found.programme.model_copy(update={"folder": folder}),
        }
    )


def settings_file(config: Path | None) -> Path | None:
    """The file the settings come from, None when there is none."""
    named = os.environ.get(f"{PREFIX}CONFIG", "")
    if config is not None:
        return config
    if named:
        return Path(named)
    usual = Path("config.toml")
    try:
        return usual if usual.exists() else None
    except OSError as error:
        raise SettingsError(f"{usual}: cannot be read ({reason(error)})") from None


def _text(place: Path) -> str:
    try:
        if not place.is_file():
            raise SettingsError(f"{shown_path(place)}: there is no such file: check the name")
        with place.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{shown_path(place)}: cannot be read ({reason(error)})") from None
    if len(content) > _LARGEST:
        raise SettingsError(f"{place}: is larger than {_LARGEST} bytes: this is no settings file")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{place}:{line}: is not UTF-8 text: save it as UTF-8") from None


def _document(text: str, place: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, where = str(error).rstrip(")").partition(" (at ")
        numbers = re.findall(r"\d+", where)
        if not numbers:  # the end of the document
            numbers = [str(text.count("\n") + 1)]
        hint = "is not TOML: " + message[:1].lower() + message[1:]
        raise SettingsError(f"{place}:{':'.join(numbers)}: {hint[:300]}") from None
    except (RecursionError, ValueError):  # too deep; a number of too many digits
        raise SettingsError(f"{place}: is nested too deeply or holds a huge number") from None


def _refuse_secrets(
    document: Mapping[str, object], place: Path | None, lines: Mapping[tuple[int | str, ...], int]
) -> None:
    mail = document.get("mail")
    if isinstance(mail, dict) and "password" in mail:
        where = f"{place}:{lines.get(('mail', 'password'), 1)}: mail.password"
        remedy = "set mail.password_file or PAIRING_MAIL__PASSWORD instead"
        raise SettingsError(f"{where}: a secret never stands in the settings file; {remedy}")


def _outside(document: Mapping[str, object]) -> Settings:
    class Outside(Settings):
        """The settings of one file and of the environment, which wins."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
            env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            # A source of its own: as arguments, keys like _env_file would steer the reading.
            file = InitSettingsSource(settings_cls, init_kwargs=dict(document))
            return (Environment(settings_cls), file)

    return Outside()


def _folder(place: Path | None) -> Path:
    """Relative paths of a settings file are meant from its folder."""
    try:
        return Path.cwd() if place is None else place.absolute().parent
    except OSError:
        raise SettingsError("the current folder is gone: change to another one") from None


def _database(url: str, base: Path, wanted: str | None) -> DatabaseSettings:
    if wanted is not None:
        base = _folder(None)
        url = wanted if "://" in wanted else f"sqlite:///{wanted}"
    try:
        checked = DatabaseSettings(url=url)
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise SettingsError(f"--database: {message}") from None
    if not checked.url.startswith("sqlite:///"):
        return checked
    path = base / checked.url.removeprefix("sqlite:///")
    return DatabaseSettings(url=f"sqlite:///{path}")
