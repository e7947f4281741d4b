"""Folders and files whose names are not ASCII, in a locale that knows nothing else."""

import shutil
from pathlib import Path

from tests.support.orchard import plant
from tests.support.real_commands import run

ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
SETTINGS = """\
[programme]
name = "orchard"
folder = "Obstgärten"
[database]
url = "sqlite:///Bücher-š.db"
[mail]
folder = "письма"
"""


def test_no_name_of_a_file_is_too_foreign_for_a_locale_of_ascii(tmp_path: Path) -> None:
    folder = tmp_path / "dß"
    folder.mkdir()
    shutil.move(plant(folder), folder / "Obstgärten")
    (folder / "config.toml").unlink()
    (folder / "Einstellungen-é.toml").write_text(SETTINGS, encoding="utf-8")
    person = ["--set", "name=Çağla Ðơ", "--set", "email=g@example.org"]

    ended = [
        run([*words, "--config", "Einstellungen-é.toml"], folder, **ASCII)
        for words in (
            ["db", "create", "--rehearsal", "--at", "2026-03-01"],
            ["person", "first", "g", *person],
            ["mail", "send"],
            ["check"],
            ["person", "list"],
        )
    ]

    assert [(each.returncode, each.stderr) for each in ended] == [(0, b"")] * 5
    assert "Çağla Ðơ" in ended[-1].stdout.decode()
    assert {path.name for path in folder.iterdir()} >= {"Obstgärten", "Bücher-š.db", "письма"}
