"""Whatever becomes of a meeting, the calendars of all who heard of it show what stands."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from engine.dates.meetings import standing
from engine.model.changes import Changes
from engine.model.putting_right import Corrected, Undone, Voided
from tests.support.actors import act
from tests.support.calendar_mail import items
from tests.support.calendars import Calendars
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World

SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 41)]
RECORD = "onboarding_date"


def _fix(pair: Pair, luck: random.Random) -> None:
    day = pair.today + timedelta(days=luck.choice((40, 47, 54)))
    side = luck.choice(("coordinator", "aspiring"))
    content = {"starts_at": f"{day}T10:00+02:00", f"accepted_by_{side}": luck.random() < 0.7}
    pair.world.file(pair.case, RECORD, FACILITATOR, **content)


def _take_out(pair: Pair, _: random.Random) -> None:
    pair.world.file(pair.case, RECORD, times_of_coordinator="Any Tuesday")


def _correct(pair: Pair, luck: random.Random) -> None:
    day = pair.today + timedelta(days=luck.choice((41, 48)))
    changes = Changes({"starts_at": f"{day}T14:00+02:00"})
    act(pair.world.runtime, pair.case, Corrected(RECORD, changes, "Misread.", FACILITATOR))


def _void(pair: Pair, luck: random.Random) -> None:
    versions = len(pair.dossier.records.get(RECORD, ()))
    if versions:
        number = luck.randint(1, versions)
        act(pair.world.runtime, pair.case, Voided(RECORD, "Of another pair.", FACILITATOR, number))


def _undo(pair: Pair, _: random.Random) -> None:
    if pair.dossier.records.get(RECORD):  # else what led there would be taken back
        act(pair.world.runtime, pair.case, Undone("It was another pair.", LEAD))


def _pause(pair: Pair, _: random.Random) -> None:
    review = str(pair.today + timedelta(days=30))
    pair.world.pull(pair.case, "suspend", LEAD, review_on=review, note="They move.")


def _resume(pair: Pair, _: random.Random) -> None:
    pair.world.pull(pair.case, "resume", LEAD, note="They have moved.")


ACTS: tuple[Callable[[Pair, random.Random], None], ...] = (
    *(_fix, _fix, _fix, _take_out, _correct, _void),
    *(_undo, _undo, _pause, _resume, _resume),
)


@pytest.mark.parametrize("seed", [*range(3), *SOAKED])
def test_calendars_show_what_stands_whatever_was_done(town: World, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - a walk that repeats, no secret
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    items(town)
    calendars, changes = Calendars(), 0

    for _ in range(30):
        luck.choice(ACTS)(pair, luck)
        if luck.random() < 0.6:  # else more happens before anybody is written to
            town.days_pass(luck.choice((0.01, 0.2)))
            town.beat()
            found = items(town)
            calendars.take(found)
            changes += bool(found)
            assert _as_it_stands(pair, calendars), (seed, calendars.standing())

    assert calendars.ignored == []
    assert changes > 0


def _as_it_stands(pair: Pair, calendars: Calendars) -> bool:
    """Whether every calendar shows the day that is agreed, and none shows another."""
    workflow = pair.world.runtime.workflow_of(pair.dossier)
    agreed = standing(workflow, pair.dossier, workflow.meetings["onboarding"])
    days = [at for each in calendars.standing().values() for _, at in each]
    if agreed is None:
        return days == []
    return days == [datetime.fromisoformat(str(agreed["starts_at"]))] * 3
