"""Every setting of the programme, its default, and what it may be; config.toml says it in words.

ProjectError
└── SettingsError   a setting cannot be meant: the sentence names file, line, key and remedy
"""

from collections.abc import Iterator
from enum import StrEnum
from math import ceil
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from engine.errors import ProjectError
from engine.time.countries import country_code
from engine.time.zones import zone_exists
from notifications.accounts import SmtpSettings
from runtime.settings.account import Account
from runtime.settings.inbox import InboxSettings
from runtime.settings.values import (
    Port,
    Seconds,
    Section,
    Text,
    Word,
    checked,
    one_address,
    one_name,
)
from runtime.settings.web import WebSettings

PREFIX = "PAIRING_"  # of the variables: PAIRING_<SECTION>__<SETTING>
_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
_PASSWORD_KEYS = ("password", "passfile", "sslpassword")
_COMMANDS = 7  # before a letter: EHLO, STARTTLS, EHLO again, AUTH, MAIL, RCPT, DATA


class SettingsError(ProjectError):
    """The settings cannot be used; nothing was opened."""


class MailMode(StrEnum):
    """Where letters go: into a folder of `.eml` files, or to a server."""

    FOLDER = "folder"
    SMTP = "smtp"


def _database(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"it is not an address: {error}") from None
    if parts.scheme not in _SCHEMES:
        known = " or ".join(f"{scheme}://" for scheme in _SCHEMES[:2])
        raise ValueError(f"it should begin with {known}, like sqlite:///pairing.db")
    if parts.password is not None or any(
        name in _PASSWORD_KEYS for name, _ in parse_qsl(parts.query)
    ):
        raise ValueError("it holds a password: take it out and set PGPASSFILE or PGPASSWORD")
    wrong = _wrong_file(parts) if parts.scheme == "sqlite" else _wrong_server(parts, host, port)
    if wrong:
        raise ValueError(wrong)
    return text


def _wrong_file(parts: SplitResult) -> str:
    if parts.netloc or parts.path in {"", "/"} or ":memory:" in parts.path or "\x00" in parts.path:
        return "it names no file: write sqlite:///pairing.db"
    return "remove what follows the ?" if parts.query or parts.fragment else ""


def _wrong_server(parts: SplitResult, host: str, port: int | None) -> str:
    if port == 0 or not parts.path.strip("/"):
        return "it names no database: write postgresql://user@host:5432/pairing"
    return "the host holds blanks" if any(mark.isspace() for mark in host) else ""


class ProgrammeSettings(Section):
    name: Word = "wp6"
    folder: Text = ""
    office: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(one_name)] = (
        "Capacity Building Group"
    )
    country: Annotated[
        str,
        AfterValidator(lambda text: country_code(text) if text else ""),
    ] = ""
    zone: Annotated[
        str, checked(zone_exists, "it is no time zone: use an IANA name such as Europe/Paris")
    ] = "Europe/Paris"


class DatabaseSettings(Section):
    url: Annotated[str, Field(max_length=2000), AfterValidator(_database)] = "sqlite:///pairing.db"


class MailSettings(Account):
    mode: Annotated[MailMode, Field(strict=False)] = MailMode.FOLDER
    folder: Text = "letters"
    port: Port = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    from_address: Annotated[str, AfterValidator(one_address)] = "pairing@example.org"
    from_name: Annotated[str, AfterValidator(one_name)] = "Pairing Programme"
    connect_seconds: Seconds = 30.0
    command_seconds: Seconds = 60.0
    dot_seconds: Seconds = 600.0

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for key, wrong in _contradictions(self):
            raise PydanticCustomError("contradiction", "{wrong}", {"key": key, "wrong": wrong})
        return self

    @property
    def longest_end(self) -> float:
        """Seconds from DATA to the answer to the final dot, at most."""
        return 0 if self.mode is MailMode.FOLDER else self.command_seconds + self.dot_seconds

    @property
    def longest_send(self) -> float:
        """Seconds that a letter takes when the server uses all its time."""
        before = self.connect_seconds + (_COMMANDS - 1) * self.command_seconds
        return 0 if self.mode is MailMode.FOLDER else before + self.longest_end

    def smtp(self) -> SmtpSettings:
        """What the SMTP mailer asks for. Raises MailerError for what would go in the clear."""
        return SmtpSettings(
            host=self.host,
            port=self.port,
            security=self.tls,
            username=self.user,
            password=self.password.get_secret_value(),
            ca_file=self.trusted,
            connect_timeout=self.connect_seconds,
            command_timeout=self.command_seconds,
            dot_timeout=self.dot_seconds,
        )


def _contradictions(mail: MailSettings) -> Iterator[tuple[str, str]]:
    yield from mail.twice()
    if mail.mode is MailMode.FOLDER:
        if not mail.folder:
            yield "folder", "it is empty: name the folder for letters"
        return
    if not mail.host:
        yield "host", "it is empty: name the server, or set mode to folder"
    if mail.is_given_password != bool(mail.user):
        remedy = "a user needs a password: set password_file" if mail.user else "name the user"
        yield "user", remedy
    yield from mail.in_the_clear("letters", is_secret=bool(mail.user))


class EngineSettings(Section):
    beat_seconds: Annotated[int, Field(ge=1, le=3600)] = 20
    catch_up_after_minutes: Annotated[int, Field(ge=1, le=10_080)] = 60
    batch: Annotated[int, Field(ge=1, le=10_000)] = 100
    lease_seconds: Annotated[int, Field(ge=30, le=86_400)] = 1200
    retries: Annotated[int, Field(ge=0, le=100)] = 3


class Settings(BaseSettings):
    """All settings. Made directly, it reads nothing from outside: see runtime/settings/load.py."""

    model_config = SettingsConfigDict(
        extra="forbid", strict=True, frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    programme: ProgrammeSettings = ProgrammeSettings()
    database: DatabaseSettings = DatabaseSettings()
    mail: MailSettings = MailSettings()
    inbox: InboxSettings = InboxSettings()
    web: WebSettings = WebSettings()
    engine: EngineSettings = EngineSettings()

    @model_validator(mode="after")
    def _lease_covers_a_letter(self) -> Self:
        longest = ceil(self.mail.longest_send)
        if self.engine.lease_seconds < longest:
            wrong = (
                f"is {self.engine.lease_seconds}, but a letter may take {longest}: write at least "
                f"{longest}, or smaller connect_seconds, command_seconds or dot_seconds under mail"
            )
            key = "engine.lease_seconds"
            raise PydanticCustomError("contradiction", "{wrong}", {"key": key, "wrong": wrong})
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)
