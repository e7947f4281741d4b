"""After the day of a meeting somebody is asked what came of it, in whichever words that is said."""

from dataclasses import replace

import pytest

from engine.checks.meetings import DayFixed
from engine.checks.values import Present
from engine.lint.lost_days import lost_days
from engine.model.check import Check
from engine.model.definition import Workflow
from tests.support.world import wp6


def _waiting(path: str, *, optional: bool) -> Workflow:
    """The pair whose closing is recorded when another ladder says so, beside that of its day."""
    pairing = wp6().workflows["pairing"]
    closure, record = pairing.states["closure"], pairing.records["closing"]
    unmet: dict[str, Check] = {"date": DayFixed("closing"), "report": Present(path)}
    ladders = [replace(each, unmet=unmet.get(each.name, each.unmet)) for each in closure.ladders]
    fields = [replace(f, optional=optional or f.name != "held_on") for f in record.fields]
    return replace(
        pairing,
        states={**pairing.states, "closure": replace(closure, ladders=tuple(ladders))},
        records={**pairing.records, "closing": replace(record, fields=tuple(fields))},
    )


@pytest.mark.parametrize("rest", ["", ".held_on", ".notes"])
def test_a_record_that_cannot_be_without_its_day_may_be_waited_for_by_any_part(rest: str) -> None:
    assert list(lost_days(_waiting(f"record.closing{rest}", optional=False))) == []


@pytest.mark.parametrize("path", ["record.closing", "record.closing.notes", "record.mid_term"])
def test_a_record_that_may_be_without_its_day_is_not_enough(path: str) -> None:
    (found,) = lost_days(_waiting(path, optional=True))

    assert found.sentence == "nobody is asked what came of closing once its day has gone by"
