"""What a long test is given: its seed, which it prints, its share of the time, a mail server."""

import os
import random
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.certificates import certificate
from tests.support.postfix import Postfix, PostfixAbsentError, postfix
from tests.support.required import absent

MINUTES = "5"  # for all long tests together
_TESTS = 2


@dataclass(frozen=True, slots=True)
class Soak:
    """A seeded run: ``say`` writes a line that is seen although the test passes."""

    rng: random.Random
    seconds: float
    say: Callable[[str], None]


@pytest.fixture
def soak(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Soak:
    """PAIRING_SOAK_SEED repeats a run, PAIRING_SOAK_MINUTES bounds it."""
    seed = int(os.environ.get("PAIRING_SOAK_SEED") or secrets.randbelow(10**9))
    minutes = float(os.environ.get("PAIRING_SOAK_MINUTES") or MINUTES)

    def say(line: str) -> None:
        with capsys.disabled():
            print(line)  # noqa: T201 - that is what it is for

    say(f"\n{request.node.name}: PAIRING_SOAK_SEED={seed}")
    return Soak(random.Random(seed), minutes * 60 / _TESTS, say)  # noqa: S311 - repeatable, not secret


@pytest.fixture
def seeds() -> Soak:
    """The small share of every run: always the same."""
    return Soak(random.Random(5), 0, print)  # noqa: S311 - repeatable, not secret


@pytest.fixture(scope="session")
def exchanger() -> Iterator[Postfix]:
    """A real mail server; a test tells it to forget what another one left."""
    # Its own users look into the folder: not where only we may.
    folder = Path(tempfile.mkdtemp(prefix="postfix"))
    try:
        with postfix(folder, certificate(folder)) as made:
            yield made
    except PostfixAbsentError as error:
        absent("postfix", str(error))
    finally:
        shutil.rmtree(folder)
