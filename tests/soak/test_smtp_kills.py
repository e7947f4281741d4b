"""F5: the process dies between two steps of SMTP; no letter is lost, none doubled without doubt."""

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.soak.conftest import Soak
from tests.soak.phases import PHASES, dies_at, real, scripted
from tests.support.postfix import Postfix

TIMES = 3  # each phase, in every run
OFTEN = 20  # each phase, in a long run with a real mail server

every_phase = pytest.mark.parametrize("phase", PHASES)


@pytest.mark.services
@pytest.mark.alone
@every_phase
def test_a_kill_between_the_steps_of_smtp_loses_and_doubles_nothing(
    phase: str, tmp_path: Path
) -> None:
    for number in range(TIMES):
        folder = tmp_path / str(number)
        folder.mkdir()

        with scripted() as server:
            dies_at(phase, folder, server)


@pytest.mark.alone
@pytest.mark.parametrize(
    "times",
    [
        pytest.param(1, marks=pytest.mark.services),
        pytest.param(OFTEN, marks=pytest.mark.soak),
    ],
)
@every_phase
def test_a_kill_before_a_real_mail_server_loses_and_doubles_nothing(
    phase: str, times: int, tmp_path: Path, exchanger: Postfix
) -> None:
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()

        with real(exchanger) as server:
            dies_at(phase, folder, server)


@pytest.mark.soak
def test_kills_between_the_steps_of_smtp_for_some_minutes(tmp_path: Path, soak: Soak) -> None:
    done: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    ends_at = time.monotonic() + soak.seconds
    while time.monotonic() < ends_at:
        phase = soak.rng.choice(list(PHASES))
        folder = tmp_path / str(done.total())
        folder.mkdir()
        with scripted() as server:
            doubled[phase] += dies_at(phase, folder, server)
        done[phase] += 1
    for phase in PHASES:
        soak.say(f"  {phase:<18} {done[phase]:>4} kills, {doubled[phase]:>3} second copies")
