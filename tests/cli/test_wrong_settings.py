"""B7: whatever is wrong with the settings, one sentence names the place and the remedy."""

from pathlib import Path

import pytest

from tests.support.commands import Ended, is_clear, pairing
from tests.support.wrong_settings import WRONG_KEYS, WRONG_TEXTS, WRONG_VARIABLES


@pytest.mark.parametrize(("text", "named"), WRONG_KEYS)
def test_a_wrong_key_is_named_with_its_line_and_the_remedy(
    text: str, named: str, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    ended = pairing("config", "show", folder=tmp_path)

    assert is_clear(ended, [2]), ended
    places = ("config.toml", "mail.password_file", "inbox.password_file")
    assert ended.err.startswith(tuple(f"pairing: {place}" for place in places)), ended.err
    assert named in ended.err
    assert ended.out == ""
    assert "Geheim7" not in ended.err


@pytest.mark.parametrize(("content", "named"), WRONG_TEXTS)
def test_a_file_that_is_no_toml_is_named_with_the_place(
    content: bytes, named: str, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_bytes(content)

    ended = pairing("config", "show", folder=tmp_path)

    assert is_clear(ended, [2]), ended
    assert f"config.toml{named}" in ended.err or f"config.toml: {named}" in ended.err


@pytest.mark.parametrize(("name", "value", "named"), WRONG_VARIABLES)
def test_a_wrong_variable_is_named(name: str, value: str, named: str, tmp_path: Path) -> None:
    ended = pairing("config", "show", folder=tmp_path, **{name: value})

    assert is_clear(ended, [2]), ended
    assert named in ended.err
    assert "Geheim7" not in ended.err


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o606, 0o644, 0o666, 0o660, 0o620])
def test_a_password_that_others_may_read_is_refused(mode: int, tmp_path: Path) -> None:
    secret = _with_password(tmp_path, b"Geheim7\n")
    secret.chmod(mode)

    ended = pairing("config", "show", folder=tmp_path)

    assert is_clear(ended, [2]), ended
    assert f"can be read by others: chmod 600 {secret}" in ended.err


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nb\n", b"a\x00b", b"\xff\xfe", b"x" * 20_000])
def test_a_password_file_holds_one_line_of_text(content: bytes, tmp_path: Path) -> None:
    _with_password(tmp_path, content)

    ended = pairing("config", "show", folder=tmp_path)

    assert is_clear(ended, [2]), ended
    assert "mail.password_file" in ended.err


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_a_password_is_used_and_never_shown(arguments: tuple[str, ...], tmp_path: Path) -> None:
    _with_password(tmp_path, b"Geheim7\n")

    ended = pairing("config", "show", *arguments, folder=tmp_path)

    assert ended.code == 0, ended
    assert "Geheim7" not in ended.out + ended.err
    assert _password(ended, arguments) == "set"


def test_a_password_given_twice_is_a_contradiction(tmp_path: Path) -> None:
    _with_password(tmp_path, b"Geheim7\n")

    ended = pairing("config", "show", folder=tmp_path, PAIRING_MAIL__PASSWORD="Geheim8")  # noqa: S106 - a made up one

    assert is_clear(ended, [2]), ended
    assert "the password is given twice" in ended.err


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[mail]\nport = 0\n[engine]\nbatch = 0\n")

    ended = pairing("config", "show", folder=tmp_path)

    assert [line.split(": ")[1] for line in ended.err.splitlines()] == [
        "config.toml:2",
        "config.toml:4",
    ]


def _with_password(folder: Path, content: bytes) -> Path:
    text = "[mail]\nmode='smtp'\nhost='mail.example.org'\nuser='u'\npassword_file='secret'"
    (folder / "config.toml").write_text(text)
    secret = folder / "secret"
    secret.write_bytes(content)
    secret.chmod(0o600)
    return secret


def _password(ended: Ended, arguments: tuple[str, ...]) -> object:
    if not arguments:
        line = next(line for line in ended.out.splitlines() if line.startswith("mail.password "))
        return line.split()[-1]
    settings = ended.body["settings"]
    assert isinstance(settings, dict)
    return settings["mail"]["password"]
