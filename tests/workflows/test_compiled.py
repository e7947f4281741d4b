"""Definitions read once are kept; whatever is doubtful about a kept file is passed by."""

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.lint.silence import Silence, silences
from engine.time.windows import Window
from workflows.compiled import kept
from workflows.registry import Programme, built_in, load_programme


@dataclass
class Reading:
    """Reads the programme that comes along and counts how often."""

    folder: Path
    text: bytes = b"one text"
    times: int = 0
    during: Callable[[], None] = field(default=lambda: None)

    def __call__(self) -> Programme:
        return kept(self.folder, lambda: [self.text], self._read)

    def _read(self) -> Programme:
        self.times += 1
        self.during()
        return load_programme(built_in("wp6"))

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.kept"))


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path / "pairing")


def test_a_programme_that_was_read_once_is_the_same_when_it_comes_out_of_the_cache(
    reading: Reading,
) -> None:
    first, second = reading(), reading()

    assert reading.times == 1
    assert repr(second) == repr(first)
    assert second.workflows["pairing"].digest == first.workflows["pairing"].digest


def test_what_is_announced_of_a_programme_comes_out_of_the_cache_as_well(tmp_path: Path) -> None:
    looked: list[int] = []

    def look() -> tuple[Silence, ...]:
        looked.append(1)
        return silences(load_programme(built_in("wp6")).workflows)

    first, second = (kept(tmp_path / "pairing", lambda: [b"a"], look) for _ in range(2))

    assert first == second
    assert len(looked) == 1


def test_another_text_is_read_anew(reading: Reading) -> None:
    reading()
    reading.text = b"another text"

    reading()

    assert reading.times == 2


def test_a_text_that_changes_while_it_is_read_is_not_kept(reading: Reading) -> None:
    reading.during = lambda: setattr(reading, "text", b"changed meanwhile")

    reading()

    assert reading.files == []


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(3)[:-1]])
def test_a_broken_file_is_made_anew(reading: Reading, content: bytes) -> None:
    reading()
    reading.files[0].write_bytes(content)

    assert reading().name == "wp6"
    assert reading().name == "wp6"
    assert reading.times == 2


class _Act:
    """What somebody would put into a file to have something done by whoever reads it."""

    def __init__(self, sign: Path) -> None:
        self._sign = sign

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._sign),)


def test_a_kept_file_can_do_nothing(reading: Reading, tmp_path: Path) -> None:
    reading()
    reading.files[0].write_bytes(pickle.dumps(_Act(tmp_path / "done")))

    reading()

    assert not (tmp_path / "done").exists()
    assert reading.times == 2


def test_a_value_that_the_engine_refuses_is_not_taken_out_of_a_file(reading: Reading) -> None:
    reading()
    good = reading.files[0].read_bytes()
    assert Window.__name__.encode() in good
    reading.files[0].write_bytes(good.replace(b"SetFact", b"NoFact_"))

    reading()

    assert reading.times == 2


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_others_may_write_is_not_read(reading: Reading, which: str) -> None:
    reading()
    place = reading.files[0] if which == "file" else reading.folder
    place.chmod(0o777)

    reading()

    assert reading.times == 2


def test_a_link_is_not_followed(reading: Reading, tmp_path: Path) -> None:
    reading()
    place = reading.files[0]
    place.symlink_to(place.rename(tmp_path / "elsewhere"))

    reading()

    assert reading.times == 2


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    reading = Reading(tmp_path / "taken" / "pairing")

    assert reading().name == reading().name == "wp6"
    assert reading.times == 2


def test_only_the_last_few_are_kept(reading: Reading) -> None:
    for number in range(40):
        reading.text = b"%d" % number
        kept(reading.folder, lambda: [reading.text], lambda: ())

    assert len(reading.files) == 32
