"""Who takes an answer back, when it stays whatever rests on it, and which day may be waited for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.dossier import Person
from runtime.families import Families
from runtime.queries.taken_back import TakenBack, taken_back, why_it_stays
from runtime.use_cases.put_off import wrong_day
from storage.database.transactions import reading
from storage.mail.answers import StoredAnswer
from tests.support.grove import Grove
from tests.support.versions import brought, orchards, rungs

PAIR = "VIE-BIR"


@contextmanager
def _looking(grove: Grove) -> Iterator[Families]:
    with reading(grove.runtime.database) as session:
        yield Families(session, grove.runtime, grove.clock())


def _grower(grove: Grove) -> Person:
    return grove.dossier(PAIR).people_as("aspiring")[0]


def _answered(grove: Grove) -> StoredAnswer:
    """A note that a grower filed by their answer."""
    made = grove.files_note(PAIR)
    who, at = _grower(grove).id, grove.clock()
    return StoredAnswer(0, 0, made.case_id, who, "note", "", made.version, at)


def test_only_whoever_gave_an_answer_takes_it_back_and_only_once(grove: Grove) -> None:
    stored, grower = _answered(grove), _grower(grove)
    other = grove.dossier(PAIR).people_as("facilitator")[0]

    with _looking(grove) as acting:
        assert why_it_stays(acting, stored, grower) == ""
        assert why_it_stays(acting, stored, other).startswith("only whoever gave an answer")
        again = why_it_stays(acting, replace(stored, is_undone=True), grower)

    assert again == "it was taken back before"


def test_an_answer_of_before_its_case_was_brought_to_another_version_stays(tmp_path: Path) -> None:
    kept = orchards(tmp_path)
    with kept.planted() as before:
        stored = _answered(before)
        with _looking(before) as acting:
            assert isinstance(taken_back(acting, stored, _grower(before)), TakenBack)
    kept.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))

    with kept.opened(before) as grove:
        brought(grove)
        with _looking(grove) as acting:
            found = taken_back(acting, stored, _grower(grove))

    assert found == "the case was brought to another version of its programme since"


@pytest.mark.parametrize(("days", "is_wrong"), [(-1, True), (0, True), (1, False)])
def test_nothing_waits_for_a_day_that_has_begun(grove: Grove, days: int, *, is_wrong: bool) -> None:
    with _looking(grove) as acting:
        on = acting.today + timedelta(days=days)
        why = wrong_day(acting, {"day": on.isoformat()})

    assert bool(why) == is_wrong
    assert not is_wrong or why == f"{on} has begun or gone by: name a day to come"
