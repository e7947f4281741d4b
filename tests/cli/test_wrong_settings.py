"""B7: whatever is wrong with the settings, one sentence names the place and the remedy."""

from pathlib import Path

import pytest

from tests.support.commands import Ended, is_clear, pairing

WRONG_KEYS = [
    # text of the file, what the message must name
    ("[programme]\nname = 6", ":2: programme.name: should be text in quotes"),
    ("[programme]\nname = ''", ":2: programme.name: it should be a short word"),
    ("[programme]\nname = '../x'", ":2: programme.name: it should be a short word"),
    ("[programme]\nname = 'WP6'", ":2: programme.name: it should be a short word"),
    ("[programme]\nnmae = 'wp6'", ':2: programme.nmae: is not a setting: did you mean "name"?'),
    ("[programme]\nfolder = 1", ":2: programme.folder: should be text"),
    ('[programme]\nfolder = "a\\u0000b"', ":2: programme.folder: it holds control marks"),
    ("[programme]\noffice = ''", ":2: programme.office:"),
    ("[programme]\noffice = true", ":2: programme.office: should be text in quotes, not true"),
    ('[programme]\noffice = "a\\nb"', ":2: programme.office:"),
    ('[programme]\noffice = "=?utf-8?q?x=0A?="', ":2: programme.office:"),
    ("[programme]\ncountry = 'XX'", ":2: programme.country: no public holidays are known"),
    ("[programme]\ncountry = 'France'", ":2: programme.country:"),
    ("[programme]\ncountry = 33", ":2: programme.country: should be text"),
    ("[programme]\nzone = 'Mars/Phobos'", ":2: programme.zone: it is no time zone"),
    ("[programme]\nzone = ''", ":2: programme.zone: it is no time zone"),
    ("[programme]\nzone = '../../etc/passwd'", ":2: programme.zone: it is no time zone"),
    ("[programme]\nzone = 1", ":2: programme.zone: should be text"),
    ("[programme]\nhorizon = '2028-09-30'", ":2: programme.horizon: should be a date"),
    ("[programme]\nhorizon = 2028", ":2: programme.horizon: should be a date"),
    ("[programme]\nhorizon = 1066-10-14", ":2: programme.horizon: is 1066-10-14"),
    ("[programme]\nhorizon = 9999-12-31", ":2: programme.horizon: is 9999-12-31"),
    ("[programme]\nhorizon = 2028-09-30T12:00:00Z", ":2: programme.horizon:"),
    ("[programme]\nhorizon = 2027-02-29", ":2:"),
    ("[database]\nurl = 'mysql://x/y'", ":2: database.url: it should begin with sqlite://"),
    ("[database]\nurl = ''", ":2: database.url: it should begin with"),
    ("[database]\nurl = 'pairing.db'", ":2: database.url: it should begin with"),
    ("[database]\nurl = 7", ":2: database.url: should be text"),
    ("[database]\nurl = 'sqlite://'", ":2: database.url: it names no file"),
    ("[database]\nurl = 'sqlite:///:memory:'", ":2: database.url: it names no file"),
    ("[database]\nurl = 'sqlite:///x.db?mode=ro'", ":2: database.url: remove what follows"),
    ("[database]\nurl = 'sqlite://host/x.db'", ":2: database.url: it names no file"),
    ("[database]\nurl = 'postgresql://a:Geheim7@h/x'", ":2: database.url: it holds a password"),
    ("[database]\nurl = 'postgresql://a@h/x?password=Geheim7'", ":2: database.url: it holds a"),
    ("[database]\nurl = 'postgresql://a@h:70000/x'", ":2: database.url: it is not an address"),
    ("[database]\nurl = 'postgresql://a@h:0/x'", ":2: database.url: it names no database"),
    ("[database]\nurl = 'postgresql://a@h:port/x'", ":2: database.url: it is not an address"),
    ("[database]\nurl = 'postgresql://a@[::1/x'", ":2: database.url: it is not an address"),
    ("[database]\nurl = 'postgresql://a@h'", ":2: database.url: it names no database"),
    ("[database]\nulr = 'sqlite:///x.db'", 'did you mean "url"?'),
    ("[database]\npassword = 'Geheim7'", ":2: database.password: is not a setting"),
    ("[mail]\nmode = 'smpt'", ":2: mail.mode: cannot be 'smpt': did you mean \"smtp\"?"),
    ("[mail]\nmode = ''", ":2: mail.mode: cannot be"),
    ("[mail]\nmode = 1", ":2: mail.mode: cannot be 1"),
    ("[mail]\nmode = true", ":2: mail.mode:"),
    ("[mail]\nfolder = ''", ":2: mail.folder: it is empty"),
    ("[mail]\nfolder = []", ":2: mail.folder: should be text in quotes, not a list"),
    ("[mail]\nmode = 'smtp'", ":1: mail.host: it is empty: name the server"),
    ("[mail]\nmode = 'smtp'\nhost = ''", ":3: mail.host: it is empty: name the server"),
    ("[mail]\nhost = 'a b'", ":2: mail.host: it is not the name of a host"),
    ("[mail]\nhost = 'a\\nb'", ":2: mail.host:"),
    ("[mail]\nhost = 1", ":2: mail.host: should be text"),
    ("[mail]\nhots = 'a'", ':2: mail.hots: is not a setting: did you mean "host"?'),
    ("[mail]\nport = 0", ":2: mail.port: is 0: it should be at least 1"),
    ("[mail]\nport = 70000", ":2: mail.port: is 70000: it should be at most 65535"),
    ("[mail]\nport = -25", ":2: mail.port: is -25: it should be at least 1"),
    ("[mail]\nport = '587'", ":2: mail.port: should be a whole number"),
    ("[mail]\nport = 587.0", ":2: mail.port: should be a whole number"),
    ("[mail]\nport = true", ":2: mail.port: should be a whole number, without quotes, not true"),
    ("[mail]\nport = 99999999999999999999999999", ":2: mail.port:"),
    ("[mail]\ntls = true", ":2: mail.tls:"),
    ("[mail]\ntls = 'ssl'", ":2: mail.tls: cannot be 'ssl'"),
    ("[mail]\ntls = 'StartTLS'", ":2: mail.tls: cannot be 'StartTLS': did you mean \"starttls\"?"),
    (
        "[mail]\nmode='smtp'\nhost='m.example.org'\ntls='none'",
        ":4: mail.tls: letters and passwords",
    ),
    ("[mail]\nmode='smtp'\nhost='localhost'\ntls='none'\nuser='u'\npassword_file='p'", ":4: mail."),
    ("[mail]\nmode='smtp'\nhost='m.example.org'\nuser='u'", ":4: mail.user: a user needs a passw"),
    ("[mail]\nmode='smtp'\nhost='m.example.org'\npassword_file='p'", "mail.user: name the user"),
    ("[mail]\npassword = 'Geheim7'", "mail.password: a secret never stands in the settings file"),
    ("[mail]\npassword_file = 'missing'", "mail.password_file:"),
    ("[mail]\npassword_file = '.'", "mail.password_file:"),
    ("[mail]\npassword_file = '/dev/zero'", "mail.password_file:"),
    ("[mail]\npassword_file = 3", ":2: mail.password_file: should be text"),
    ("[mail]\nca_file = false", ":2: mail.ca_file: should be text in quotes, not false"),
    ("[mail]\nfrom_address = 'nobody'", ":2: mail.from_address:"),
    ("[mail]\nfrom_address = 'a@example.org, b@example.org'", ":2: mail.from_address:"),
    ('[mail]\nfrom_address = "a@example.org\\r\\nBcc: b@example.org"', ":2: mail.from_address:"),
    ("[mail]\nfrom_address = ''", ":2: mail.from_address:"),
    ('[mail]\nfrom_name = "a\\u202eb"', ":2: mail.from_name:"),
    (f"[mail]\nfrom_name = '{'x' * 300}'", ":2: mail.from_name: a name has 300 characters"),
    ("[mail]\nconnect_seconds = 0", ":2: mail.connect_seconds: is 0: it should be more than 0"),
    ("[mail]\nconnect_seconds = nan", ":2: mail.connect_seconds:"),
    ("[mail]\ncommand_seconds = inf", ":2: mail.command_seconds: is inf: it should be at most"),
    ("[mail]\ndot_seconds = '600'", ":2: mail.dot_seconds: should be a number"),
    ("[engine]\nbeat_seconds = 0", ":2: engine.beat_seconds: is 0: it should be at least 1"),
    ("[engine]\nbeat_seconds = 20.5", ":2: engine.beat_seconds: should be a whole number"),
    ("[engine]\nbeat_secs = 20", 'engine.beat_secs: is not a setting: did you mean "beat_seconds"'),
    ("[engine]\ncatch_up_after_minutes = -1", ":2: engine.catch_up_after_minutes: is -1"),
    ("[engine]\nbatch = 0", ":2: engine.batch: is 0"),
    ("[engine]\nbatch = 1000000", ":2: engine.batch: is 1000000: it should be at most 10000"),
    ("[engine]\nbatch = [100]", ":2: engine.batch: should be a whole number"),
    ("[engine]\nlease_seconds = 1", ":2: engine.lease_seconds: is 1: it should be at least 30"),
    ("[engine]\nretries = -1", ":2: engine.retries: is -1"),
    ("[engine]\nretries = 'many'", ":2: engine.retries: should be a whole number"),
    ("languages = 'en'", ':1: languages: should be a list like ["en"]'),
    ("languages = []", ":1: languages:"),
    ("languages = ['english']", ":1: languages"),
    ("languages = [1]", ":1: languages"),
    ("language = ['en']", ':1: language: is not a setting: did you mean "languages"?'),
    ("engine = 1", ":1: engine: should be a section"),
    ("mail = []", ":1: mail: should be a section"),
    ("[[mail]]\nmode = 'folder'", ":1: mail: should be a section"),
    ("[mial]\nmode = 'smtp'", ':1: mial: is not a setting: did you mean "mail"?'),
    ("[mail.smtp]\nhost = 'x'", "mail.smtp: is not a setting"),
    ("mail.port = 0", ":1: mail.port: is 0"),
    ("_env_file = 'x'", ":1: _env_file: is not a setting"),
    ("\n\n\n[mail]\n\nport = 0", ":6: mail.port: is 0"),
]

WRONG_TEXTS = [
    (b"[mail", ":1: is not TOML"),
    (b"port 587", ":1:6: is not TOML"),
    (b"[mail]\nport = 1\nport = 2", ":3"),
    (b"[mail]\n[mail]", ":2"),
    (b"x = ", ":1: is not TOML"),
    (b"x = 'a", ":1: is not TOML"),
    (b"a = 1\n\tb = yes", ":2"),
    (b"\xff\xfe[\x00m\x00", ":1: is not UTF-8 text"),
    (b"# good\n# b\xe9d", ":2: is not UTF-8 text"),
    (b'[mail]\nhost = "a\x00b"', ":2"),
    (b"x = " + b"[" * 5000, "is "),
    (b"x = " + b"9" * 5000, "is "),
    (b"#" * 1_100_000, "is larger than"),
]

WRONG_VARIABLES = [
    ("PAIRING_MAIL__PORT", "0", "PAIRING_MAIL__PORT: is 0: it should be at least 1"),
    ("PAIRING_MAIL__PORT", "abc", "PAIRING_MAIL__PORT: should be a whole number"),
    ("PAIRING_MAIL__PORT", "", "PAIRING_MAIL__PORT: should be a whole number"),
    ("PAIRING_MAIL__PORT", "9" * 5000, "PAIRING_MAIL__PORT: has 5000 characters"),
    ("PAIRING_MAIL__HOTS", "x", 'PAIRING_MAIL__HOTS: is not a setting: did you mean "host"?'),
    ("PAIRING_MAIL__HOST__NAME", "x", "PAIRING_MAIL__HOST__NAME: should be text"),
    ("PAIRING_MAIL__MODE", "smpt", "PAIRING_MAIL__MODE: cannot be 'smpt': did you mean \"smtp\"?"),
    ("PAIRING_MAIL__MODE", "smtp", "mail.host: it is empty"),
    ("PAIRING_MAIL", "{}", "PAIRING_MAIL: name one setting, like PAIRING_MAIL__..."),
    ("PAIRING_MAIL_HOST", "x", "two underscores follow the section, PAIRING_MAIL__HOST"),
    ("PAIRING_DATABASE_URL", "x", "two underscores follow the section, PAIRING_DATABASE__URL"),
    ("PAIRING_MIAL__HOST", "x", "PAIRING_MIAL__HOST: is not a setting: did you mean PAIRING_MAIL_"),
    ("PAIRING_QQQ__HOST", "x", "PAIRING_QQQ__HOST: is not a setting: remove it"),
    (
        "PAIRING_LANGUAGE",
        "en",
        "PAIRING_LANGUAGE: is not a setting: did you mean PAIRING_LANGUAGES",
    ),
    ("PAIRING_LANGUAGES", "", "PAIRING_LANGUAGES"),
    ("PAIRING_LANGUAGES", "english", "PAIRING_LANGUAGES"),
    ("PAIRING_CONFIG", "nowhere.toml", "nowhere.toml: there is no such file"),
    ("PAIRING_CONFIG", "/", "/: there is no such file"),
    ("PAIRING_PROGRAMME__ZONE", "Mars/Phobos", "PAIRING_PROGRAMME__ZONE: it is no time zone"),
    ("PAIRING_PROGRAMME__HORIZON", "soon", "PAIRING_PROGRAMME__HORIZON: should be a date"),
    ("PAIRING_DATABASE__URL", "postgresql://a:Geheim7@h/x", "PAIRING_DATABASE__URL: it holds a"),
    ("PAIRING_ENGINE__BATCH", "1e400", "PAIRING_ENGINE__BATCH: should be a whole number"),
]


@pytest.mark.parametrize(("text", "named"), WRONG_KEYS)
def test_a_wrong_key_is_named_with_its_line_and_the_remedy(
    text: str, named: str, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    ended = pairing("config", "show", folder=tmp_path)

    assert is_clear(ended, [2]), ended
    assert ended.err.startswith(("pairing: config.toml", "pairing: mail.password_file")), ended.err
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
