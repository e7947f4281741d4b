"""`make setup` says in a sentence what is wrong, here with a Python that only pretends."""

import shutil
import subprocess
from pathlib import Path

from tests.architecture.tree import ROOT

PRETENDED = """\
#!/bin/sh
case "$*" in
*' check') echo 'jinja2 3.1.6 requires markupsafe, which is not installed.'; exit 1 ;;
esac
"""


def test_a_lock_that_lacks_a_package_is_told_with_its_remedy(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements/dev.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    link = tmp_path / ".venv/lib/python3.11/site-packages/_editable_impl_pairing_engine.pth"
    link.parent.mkdir(parents=True)
    link.touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(PRETENDED)
    python.chmod(0o755)

    ended = _make("setup", folder=tmp_path)

    assert ended.returncode != 0
    assert "requires markupsafe, which is not installed" in ended.stderr
    assert "make clean setup" in ended.stderr
    assert "make lock" in ended.stderr
    assert not (tmp_path / ".venv" / ".ready").exists()


def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements/dev.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)

    ended = _make("setup", "PYTHON=false", folder=tmp_path)

    assert ended.returncode != 0
    assert "Python 3.11 or newer is needed: make setup PYTHON=" in ended.stderr


def _make(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, check=False)
