"""The locks pin and hash everything, agree with each other, and name no host."""

import re
import subprocess
from typing import cast

import pytest

from tests.architecture.tree import ROOT, settings

LOCKS = ("run.lock", "dev.lock", "peers.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_place_on_a_disk(lock: str) -> None:
    text = _text(lock)

    assert re.findall(r"https?:|://|index-url|find-links|file:|trusted-host|/tmp|/home", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", _text(lock))

    loose = [entry for entry in entries if not re.match(r"[a-z0-9._-]+==\S+", entry)]
    bare = [entry for entry in entries if "--hash=sha256:" not in entry]

    assert loose == []
    assert bare == []


@pytest.mark.parametrize("lock", ["dev.lock", "peers.lock"])
def test_every_environment_has_what_runs_in_the_same_versions(lock: str) -> None:
    run, there = _pins("run.lock"), _pins(lock)

    assert run.items() <= there.items()


def test_every_dependency_is_in_its_lock() -> None:
    run = cast("list[str]", settings("project.dependencies"))
    dev = [
        *cast("list[str]", settings("project.optional-dependencies.postgres")),
        *cast("list[str]", settings("dependency-groups.dev")),
    ]
    peers = cast("list[str]", settings("dependency-groups.peers"))

    assert {_package(line) for line in run} <= _pins("run.lock").keys()
    assert {_package(line) for line in run + dev} <= _pins("dev.lock").keys()
    assert {_package(line) for line in run + peers} <= _pins("peers.lock").keys()


def test_locks_that_record_hosts_are_not_tracked() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--", "*uv.lock", "*pylock*.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert listed.stdout == ""
    assert {"uv.lock", "pylock.toml"} <= set(ignored)


def _text(lock: str) -> str:
    return (ROOT / "requirements" / lock).read_text(encoding="utf-8")


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", _text(lock), re.MULTILINE))


def _package(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return found[0].lower()
