"""What a developer types: the Makefile lists itself, and the gates are the ones it names."""

import os
import re
import subprocess

from tests.architecture.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GATES = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_bare_make_lists_every_target() -> None:
    declared = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()

    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert re.findall(r"^  ([\w-]+) +\S", listed.stdout, re.MULTILINE) == declared


def test_every_target_that_needs_the_environment_makes_it_first() -> None:
    recipes = re.findall(r"^([\w-]+):([^#\n]*)#[^\n]*\n((?:\t[^\n]*\n)+)", MAKEFILE, re.MULTILINE)

    unready = [
        name for name, needs, recipe in recipes if "$(BIN)" in recipe and "$(STAMP)" not in needs
    ]

    assert unready == []


def test_what_needs_the_machine_alone_is_no_part_of_make_test() -> None:
    marked = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"\bmark\.alone\b", path.read_text(encoding="utf-8"))
        and path.parent != ROOT / "tests" / "soak"
    ]

    assert "not soak and not services" in MAKEFILE
    assert marked == [], "all of tests/soak is either soak or services"


def test_the_gates_run_unattended_and_stop_at_the_first_fault() -> None:
    script = ROOT / ".ci" / "run"

    subprocess.run(["bash", "-n", str(script)], check=True, capture_output=True)

    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in GATES
    for gate in ("make lint", "make test\n", "make test-services\n", "requirements/run.lock"):
        assert gate in GATES


def test_no_file_of_the_house_names_a_registry_or_a_place_on_one_machine() -> None:
    houses = {"Makefile": MAKEFILE, ".ci/run": GATES}
    houses |= {name: (ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml",)}

    found = {
        name: re.findall(r"https?://\S+|/home/\S+|/root/\S+", text) for name, text in houses.items()
    }

    assert {name: places for name, places in found.items() if places} == {}
