"""All pairs brought over: the dry run tells what is done, a kill in the middle loses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.decide.migrate import Becomes
from engine.errors import DefinitionError
from runtime.queries.other_versions import wanted
from runtime.queries.show_case import show_case
from runtime.use_cases.migrate import bring_over
from storage.database import failpoints
from tests.storage.rows import everything
from tests.support.growers import LEAD
from tests.support.life import CrashError
from tests.support.migrations import told, walk
from tests.support.orchard import Orchard
from tests.support.other_programmes import walk_on
from tests.support.versions import Orchards, becomes, brought, holds, rungs
from tests.support.versions import orchards as copied


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    return copied(tmp_path)


@contextmanager
def _dying_at(point: str, time: int) -> Iterator[None]:
    """The machine dies when it passes a point for the n-th time."""
    passed = 0

    def hook(name: str) -> None:
        nonlocal passed
        passed += name == point
        if passed == time and name == point:
            raise CrashError

    remove = failpoints.install(hook)
    try:
        yield
    finally:
        remove()


def test_the_dry_run_tells_what_is_done_and_writes_nothing(
    migrated_url: str, tmp_path: Path
) -> None:
    orchards = copied(tmp_path, migrated_url)
    with orchards.planted() as before:
        before.sends(4)
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P5D"))

    with orchards.opened(before) as grove:
        stood = everything(grove.runtime.database)
        trying, versions = grove.runtime.only_tried(), wanted(grove.runtime, "")
        foretold = list(bring_over(trying, versions, LEAD))
        assert everything(grove.runtime.database) == stood

        done = brought(grove)

        assert told(done) == told(foretold)
        assert holds(grove)


def test_a_kill_between_two_pairs_loses_nothing_and_the_rest_is_done_later(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        before.sends(4)
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P5D"))

    with orchards.opened(before) as grove:
        with _dying_at("commit.move", 2), pytest.raises(CrashError):
            brought(grove)
        first, second = grove.pairs
        assert grove.dossier(first).digest != grove.dossier(second).digest
        version = grove.dossier(first).version

        again = becomes(brought(grove))

        assert (again[first], again[second]) == (Becomes.UNTOUCHED, Becomes.SAME)
        assert grove.dossier(first).version == version
        assert holds(grove)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changed_it_is_as_foretold_and_can_be_taken_back(
    tmp_path: Path, seed: int
) -> None:
    brought_over = 0
    for number in range(seed * 5, seed * 5 + 5):
        place = tmp_path / str(number)
        place.mkdir()
        moved, _ = walk(place, number)
        brought_over += moved

    assert brought_over > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 11))
def test_the_real_programme_in_the_middle_of_its_months_is_brought_over(
    tmp_path: Path, seed: int
) -> None:
    assert walk_on(f"sqlite:///{tmp_path}/pairing.db", tmp_path, seed) > 0


@pytest.mark.soak
def test_the_same_for_three_hundred_more(tmp_path: Path) -> None:
    blocked = 0
    for number in range(1000, 1300):
        place = tmp_path / str(number)
        place.mkdir()
        blocked += walk(place, number)[1]

    assert blocked > 0


def test_a_pair_goes_back_to_a_version_that_was_kept_with_its_check_in(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        first = before.dossier("VIE-BIR")
        (child,) = first.children
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P5D"))
    orchards.change("check_in", lambda document: document.update(source="others"))

    with orchards.opened(before, days=1) as grove:
        brought(grove)
        with pytest.raises(DefinitionError, match="pairing has several versions '1': name one"):
            wanted(grove.runtime, "1")
        with pytest.raises(DefinitionError, match="no version '7' was ever run here"):
            wanted(grove.runtime, "7")
        there = show_case(grove.runtime, child.id).dossier.digest
        list(bring_over(grove.runtime, wanted(grove.runtime, first.digest[:8]), LEAD))

        back = grove.dossier("VIE-BIR")
        assert (back.digest, back.timers) == (first.digest, first.timers)
        assert show_case(grove.runtime, child.id).dossier.digest != there
        assert wanted(grove.runtime, there[:8]).keys() == {"check_in"}
        assert holds(grove)


def test_the_command_ends_with_a_refusal_where_a_pair_is_blocked(tmp_path: Path) -> None:
    orchard = Orchard(tmp_path)
    definition = tmp_path / "orchard" / "pairing.yaml"
    written = definition.read_text(encoding="utf-8")
    definition.write_text(written.replace("planted", "sown"), encoding="utf-8")

    ended, wrote = orchard.try_("migrate", "--by", "lead")
    orchard.close()

    assert (ended.code, wrote) == (1, False), ended
    assert "there is no state planted any more" in ended.out
    assert "under `renamed: states:`" in ended.out
