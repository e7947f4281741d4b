"""config.toml says every setting with its default, and a line about each."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from runtime.settings.settings import MailMode, Settings
from tests.support.commands import pairing

FILE = Path(__file__).parents[2] / "config.toml"
TEXT = FILE.read_text(encoding="utf-8")
# Secrets never stand in a file of settings.
UNWRITTEN = {"mail.password", "inbox.password"}


def test_the_file_gives_every_setting_its_default() -> None:
    written = {
        f"{section}.{key}" if key else section: value
        for section, values in tomllib.loads(TEXT).items()
        for key, value in (values.items() if isinstance(values, dict) else [("", values)])
    }

    known = {name: value for name, value in _defaults().items() if value is not None}

    assert written == {name: v for name, v in known.items() if name not in UNWRITTEN}


def test_every_setting_has_a_line_that_explains_it() -> None:
    lines = TEXT.splitlines()
    settings = [number for number, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]

    unexplained = [lines[n] for n in settings if not lines[n - 1].startswith("# ")]

    assert unexplained == []


def test_the_file_as_it_stands_is_accepted(tmp_path: Path) -> None:
    ended = pairing("config", "show", "--config", str(FILE), "--json", folder=tmp_path)

    assert ended.code == 0, ended
    assert ended.body["file"] == str(FILE)


def test_paths_are_meant_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "config.toml").write_text('[mail]\nfolder = "post"\n')

    settings = _shown(tmp_path, "--config", "own/config.toml")

    assert settings["mail"]["folder"] == str(tmp_path / "own" / "post")
    assert settings["database"]["url"] == f"sqlite:///{tmp_path / 'own' / 'pairing.db'}"


def test_a_database_named_on_the_command_line_is_meant_from_here(tmp_path: Path) -> None:
    settings = _shown(tmp_path, "--database", "other.db")

    assert settings["database"]["url"] == f"sqlite:///{tmp_path / 'other.db'}"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[engine]\nbatch = 7\nretries = 1\n")

    settings = _shown(
        tmp_path,
        PAIRING_ENGINE__BATCH="9",
        PAIRING_MAIL__FROM_NAME="7",
    )

    assert (settings["engine"]["batch"], settings["engine"]["retries"]) == (9, 1)
    assert settings["mail"]["from_name"] == "7"


def test_a_file_that_is_named_in_the_environment_is_read(tmp_path: Path) -> None:
    (tmp_path / "here.toml").write_text("[engine]\nbatch = 5\n")

    settings = _shown(tmp_path, PAIRING_CONFIG="here.toml")

    assert settings["engine"]["batch"] == 5


def test_a_file_whose_name_begins_with_a_tilde_is_meant_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "~").mkdir()
    (tmp_path / "~" / "config.toml").write_text("[engine]\nbatch = 5\n")

    settings = _shown(tmp_path, "--config", "~/config.toml")

    assert settings["engine"]["batch"] == 5


def test_smtp_gets_what_the_settings_say() -> None:
    settings = Settings.model_validate(
        {"mail": {"mode": "smtp", "host": "mail.example.org", "user": "u", "password": "Geheim7"}}
    )

    found = settings.mail.smtp()

    assert settings.mail.mode is MailMode.SMTP
    assert (found.host, found.port, found.security) == ("mail.example.org", 587, "starttls")
    assert (found.username, found.password) == ("u", "Geheim7")
    assert "Geheim7" not in repr(settings)
    assert "Geheim7" not in repr(found)


def test_imap_gets_what_the_settings_say() -> None:
    settings = Settings.model_validate(
        {
            "inbox": {
                "kind": "imap",
                "host": "mail.example.org",
                "user": "u",
                "password": "Geheim7",
                "address": "pairing+{token}@example.org",
                "folder": "Replies",
                "seconds": 5.0,
            }
        }
    )

    found = settings.inbox.imap()

    assert (found.host, found.port, found.security) == ("mail.example.org", 993, "tls")
    assert (found.username, found.password) == ("u", "Geheim7")
    assert (found.folder, found.timeout) == ("Replies", 5.0)
    assert "Geheim7" not in repr(settings)
    assert "Geheim7" not in repr(found)


@pytest.mark.parametrize("text", ["", "\ufeff[engine]\nbatch = 3\n", "[mail]\r\nport = 25\r\n"])
def test_files_as_editors_write_them_are_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(text.encode())

    assert _shown(tmp_path)


def _shown(folder: Path, *words: str, **variables: str) -> dict[str, dict[str, object]]:
    ended = pairing("config", "show", "--json", *words, folder=folder, **variables)
    assert ended.code == 0, ended
    settings = ended.body["settings"]
    assert isinstance(settings, dict)
    return settings


def _defaults() -> dict[str, object]:
    found: dict[str, object] = {}
    for name, field in Settings.model_fields.items():
        default: object = field.get_default()
        if isinstance(default, BaseModel):
            found |= {f"{name}.{key}": value for key, value in default}
        else:
            found[name] = list(default) if isinstance(default, tuple) else default
    return found
