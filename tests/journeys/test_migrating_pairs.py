"""What becomes of a pair that goes on by a changed programme: its state, its records, its past."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.decide.migrate import Becomes
from engine.model.putting_right import Undone
from runtime.permission import NotEntitledError
from runtime.use_cases.advance import Answer
from tests.support.actors import act
from tests.support.grove import Grove
from tests.support.growers import LEAD, by
from tests.support.migrations import is_blocked
from tests.support.versions import Document, Orchards, becomes, brought, due, holds, renamed, rungs
from tests.support.versions import orchards as copied

PAIR = "VIE-BIR"
WHY = "The growers asked for it."


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    return copied(tmp_path)


def _puts_right(grove: Grove, event: Undone) -> Answer:
    return act(grove.runtime, grove.pairs[PAIR], event)


def test_a_state_with_another_name_is_mapped_with_its_dates_and_reminders(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        before.sends(4)
        days, dates = due(before, PAIR), before.dossier(PAIR).dates["planted"]
    orchards.change("pairing", renamed)

    with orchards.opened(before) as grove:
        families = brought(grove)

        assert becomes(families)[PAIR] == Becomes.MAPPED
        assert grove.dossier(PAIR).state == "sown"
        assert dict(grove.dossier(PAIR).dates) == {"sown": dates}
        assert due(grove, PAIR) == days
        assert grove.files_note(PAIR).accepted
        assert grove.steps(PAIR, "harvest").state == "harvested"
        assert holds(grove)


def _without_mapping(document: Document) -> None:
    renamed(document)
    del document["renamed"]


def _counted(document: Document) -> None:
    document["records"]["note"]["fields"]["count"] = "whole"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_mapping, "there is no state planted any more"),
        (_counted, 'version 1: "count" is missing'),
    ],
)
def test_a_pair_that_does_not_fit_stays_as_it_is_and_says_why(
    orchards: Orchards, change: Callable[[Document], None], said: str
) -> None:
    with orchards.planted() as before:
        before.files_note(PAIR)
        stood = before.dossier(PAIR)
    orchards.change("pairing", change)

    with orchards.opened(before) as grove:
        (family,) = brought(grove, only=grove.pairs[PAIR])

        why = [unmet.detail for fate in family.migration.fates for unmet in fate.why]
        assert (is_blocked(family), why) == (True, [said])
        assert grove.dossier(PAIR) == stood


def test_an_open_check_in_is_held_back_with_a_pair_that_does_not_fit(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("pairing", _without_mapping)
    orchards.change("check_in", _later)

    with orchards.opened(before) as grove:
        (family,) = brought(grove, only=grove.pairs[PAIR])

        child = family.migration.fates[-1]
        assert (child.reference, child.becomes) == (f"{PAIR}/check_in-1", Becomes.HELD)
        assert [unmet.detail for unmet in child.why] == [
            f"it is brought only together with {PAIR}, which cannot be"
        ]


def _later(document: Document) -> None:
    document["states"]["due"]["ladders"]["waiting"]["rungs"][0].update(at="P12D")


def test_an_open_check_in_goes_along_with_its_pair(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("check_in", _later)

    with orchards.opened(before) as grove:
        found = becomes(brought(grove))

        assert found == {
            **dict.fromkeys(grove.pairs, Becomes.UNTOUCHED),
            **{f"{pair}/check_in-1": Becomes.SAME for pair in grove.pairs},
        }
        assert holds(grove)


def test_undo_gives_the_version_and_the_days_of_before_back(orchards: Orchards) -> None:
    def other(document: Document) -> None:
        renamed(document)
        rungs = document["states"]["sown"]["ladders"]["growing"]["rungs"]
        rungs[0].update(at="P5D")
        rungs[1]["name"] = "chief"

    with orchards.planted() as before:
        before.days_pass(1)
        stood, days = before.dossier(PAIR), due(before, PAIR)
    orchards.change("pairing", other)

    with orchards.opened(before) as grove:
        brought(grove)
        moved = due(grove, PAIR)
        assert _puts_right(grove, Undone(WHY, LEAD)).accepted

        back = grove.dossier(PAIR)
        assert moved != days
        assert (back.digest, back.state, due(grove, PAIR)) == (stood.digest, stood.state, days)
        assert (back.stays, back.dates) == (stood.stays, stood.dates)
        assert holds(grove)


def test_only_who_stands_above_the_pairs_brings_them_over(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))

    with orchards.opened(before) as grove:
        with pytest.raises(NotEntitledError):
            brought(grove, by(PAIR))
        brought(grove)

        refused = _puts_right(grove, Undone(WHY, by(PAIR)))
        assert not refused.accepted
