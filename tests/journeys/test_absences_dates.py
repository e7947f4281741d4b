"""Whoever is away, and however long: the dates of the programme stay, and nothing comes sooner."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.dates.anchors import anchor_day, target_day
from engine.dates.view import View
from engine.decide.step import step
from engine.letters.ladders import armed
from engine.model.definition import Workflow
from engine.model.dossier import Dossier, Timer
from engine.model.outcomes import Refreshed
from engine.model.people import Absence, Person
from engine.model.plan import Plan
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import World

PHASES = ("match_validation", "onboarding", "first_visit", "memorandum", "mid_term", "workshop")
WALKS = 8


@pytest.mark.parametrize("state", PHASES)
def test_no_date_of_the_programme_moves_whoever_is_away(town: World, state: str) -> None:
    pair = a_pair(town).gets_to(state)
    days_go_by(town, 3)
    workflow = town.runtime.workflow_of(pair.dossier)
    before, dates = pair.dossier, _dates(workflow, pair.dossier)
    planned = _armed(pair, before)

    for seed in range(WALKS):
        luck = random.Random(f"{state} {seed}")  # noqa: S311 - a walk that repeats, no secret
        away = replace(before, people=tuple(_away(luck, pair.today, p) for p in before.people))
        plan = step(workflow, away, Refreshed(), town.clock())

        assert _dates(workflow, away) == dates, seed
        assert isinstance(plan, Plan), seed
        assert plan.after.dates == before.dates, seed
        timers = _armed(pair, away)
        assert {*timers} == {*planned}, seed
        sooner = [key for key, timer in timers.items() if timer.due_at < planned[key].due_at]
        assert sooner == [], seed


def _away(luck: random.Random, today: date, person: Person) -> Person:
    """The same person, at times away up to three times, at times with nobody to stand in."""
    absences: list[Absence] = []
    first = today + timedelta(days=luck.randint(-20, 20))
    for _ in range(luck.randint(0, 3)):
        last = first + timedelta(days=luck.randint(0, 40))
        absences.append(Absence(first, last))
        first = last + timedelta(days=luck.randint(1, 30))
    return replace(person, absences=tuple(absences))


def _armed(pair: Pair, dossier: Dossier) -> dict[str, Timer]:
    view = View(pair.world.runtime.workflow_of(dossier), dossier, pair.world.clock())
    return armed(view)


def _dates(workflow: Workflow, dossier: Dossier) -> dict[str, date | None]:
    bounds = {
        f"{state} {bound}": target_day(workflow, dossier, state, bound)
        for state in workflow.states
        for bound in ("opens", "target", "ends")
    }
    return bounds | {name: anchor_day(workflow, dossier, name) for name in workflow.anchors}
