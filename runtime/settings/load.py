"""Finding and reading the settings: config.toml and the environment, by the library's sources."""

import os
import re
import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, TomlConfigSettingsSource
from pydantic_settings import SettingsError as UnreadableError

from runtime.settings.environment import refuse_stray_variables
from runtime.settings.explain import explain, lines_of
from runtime.settings.inbox import InboxSettings
from runtime.settings.secret_files import password, reason, shown_path
from runtime.settings.settings import (
    PREFIX,
    DatabaseSettings,
    MailSettings,
    Settings,
    SettingsError,
)
from workflows.sentences import TOML, sentence

_LARGEST = 1_000_000  # bytes


def load_settings(config: Path | None = None, database: str | None = None) -> Settings:
    """Read the settings from a file and the environment, which wins; paths come back absolute.

    The file is `config`, else $PAIRING_CONFIG, else ./config.toml, else there is none and every
    setting has its default. `database` is an address or the path of an SQLite file and wins over
    both. Raises SettingsError with one line for each thing that is wrong.
    """
    place = settings_file(config)
    text = "" if place is None else _text(place)
    refuse_stray_variables()
    try:
        found = _outside(place)
    except ValidationError as error:
        where = "the environment" if place is None else str(place)
        raise SettingsError(explain(error, where, text, Settings)) from None
    except UnreadableError as error:
        raise SettingsError(f"the environment: {error}") from None
    base, folder = _folder(place), found.programme.folder
    whole = {"folder": _from(base, folder)}
    return found.model_copy(
        update={
            "mail": _mail(found.mail, base),
            "inbox": _inbox(found.inbox, base),
            "database": _database(found.database.url, base, database),
            "programme": found.programme.model_copy(update=whole),
        }
    )


def _mail(mail: MailSettings, base: Path) -> MailSettings:
    paths = {"folder": str(base / mail.folder), "ca_file": _from(base, mail.ca_file)}
    return mail.model_copy(update={**paths, "password": password("mail", mail, base)})


def _inbox(inbox: InboxSettings, base: Path) -> InboxSettings:
    paths = {"path": _from(base, inbox.path), "ca_file": _from(base, inbox.ca_file)}
    return inbox.model_copy(update={**paths, "password": password("inbox", inbox, base)})


def _from(base: Path, path: str) -> str:
    return str(base / path) if path else ""


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


def _outside(place: Path | None) -> Settings:
    class Outside(Settings):
        """The settings of one file and of the environment, which wins."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (env_settings, *([_File(settings_cls, place)] if place else []))

    return Outside()


class _File(TomlConfigSettingsSource):
    """A file of TOML as people save them: with a byte order mark, too large, or no TOML at all."""

    def __init__(self, settings: type[BaseSettings], place: Path) -> None:
        self._place = place
        super().__init__(settings, place.absolute())  # a name that begins with ~ is meant as it is

    def _read_file(self, _absolute: object) -> dict[str, object]:
        text = _text(self._place)
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message, _, where = str(error).rstrip(")").partition(" (at ")
            numbers = re.findall(r"\d+", where)
            if not numbers:  # the end of the document
                numbers = [str(text.count("\n") + 1)]
            hint = "is not TOML: " + message[:1].lower() + message[1:]
            raise SettingsError(f"{self._place}:{':'.join(numbers)}: {hint[:300]}") from None
        except (RecursionError, ValueError):  # too deep; a number of too many digits
            wrong = "is nested too deeply or holds a huge number"
            raise SettingsError(f"{self._place}: {wrong}") from None
        for name in ("mail", "inbox"):
            section = document.get(name)
            if not isinstance(section, dict) or "password" not in section:
                continue
            line = lines_of(text).get((name, "password"), 1)
            where = f"{self._place}:{line}: {name}.password"
            remedy = f"set {name}.password_file or PAIRING_{name.upper()}__PASSWORD instead"
            raise SettingsError(f"{where}: a secret never stands in the settings file; {remedy}")
        return document


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
        wrong = sentence("--database", error.errors(include_url=False)[0], TOML)
        raise SettingsError(wrong) from None
    if not checked.url.startswith("sqlite:///"):
        return checked
    path = base / checked.url.removeprefix("sqlite:///")
    return DatabaseSettings(url=f"sqlite:///{path}")
