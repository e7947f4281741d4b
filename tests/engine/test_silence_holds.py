"""Cases in which nobody acts are never silent for longer than was announced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from engine.checks.values import Present
from engine.lint.silence import silences
from engine.model.definition import Ladder, Rung, Workflow
from engine.model.dossier import Dossier
from engine.time.date_rules import parse_rule
from engine.time.spans import parse_span
from engine.time.working_days import Workdays
from tests.support.dossiers import OPENED, a_dossier, a_party
from tests.support.stories import Story
from tests.support.workflows import (
    a_final_state,
    a_ladder,
    a_programme,
    a_rung,
    a_state,
    a_step,
    a_workflow,
    an_anchor,
)

SEEDS = 80
BEATS = 25  # timers that come due before a case is left to itself
NAMES = ("one", "two", "three")
ZONES = ("UTC", "Pacific/Auckland", "Atlantic/Azores", "Europe/Vienna")
SPANS = (
    "P0D",
    "P1D",
    "P5D",
    "P7D",
    "P14D",
    "P30D",
    "P45D",
    "P1M",
    "P2M",
    "P3M",
    "P1WD",
    "P3WD",
    "P10WD",
)
REPEATS = ("P7D", "P14D", "P1M", "P10WD", "P3M")


def a_random_rung(chance: Random, here: str, name: str) -> Rung:
    hung = chance.choice(["", "", "", "begun + ", f"begun_{here} + "])
    kind = chance.choice(["tell", "tell", "repeat", "fire", "fire and tell", "nothing"])
    tells = kind not in {"fire", "nothing"}
    return Rung(
        parse_rule(hung + chance.choice(SPANS)),
        letter="N-01.ask" if tells else None,
        to=("facilitator",) if tells else (),
        fire=f"go_{here}_{chance.choice((*NAMES, 'closed'))}" if "fire" in kind else None,
        every=parse_span(chance.choice(REPEATS)) if kind == "repeat" else None,
        above=chance.random() < 0.2,
        name=name,
    )


def a_random_ladder(chance: Random, here: str, name: str) -> Ladder:
    return Ladder(
        name,
        tuple(a_random_rung(chance, here, f"rung_{n}") for n in range(chance.randint(1, 3))),
        unmet=chance.choice([None, None, None, Present("fact.never")]),
        calendar=chance.choice(["facilitator", "aspiring"]),
        highest_only=chance.random() < 0.7,
    )


def a_random_workflow(chance: Random) -> Workflow:
    """Three states that timers may lead through in any order, and an end."""
    states = []
    for name in NAMES:
        ladders = [a_random_ladder(chance, name, f"r{n}") for n in range(chance.randint(0, 2))]
        last = a_rung(chance.choice(SPANS), every=chance.choice(REPEATS))
        states.append(a_state(name, *ladders, a_ladder(last, name="last")))
    pairs = [(name, other) for name in NAMES for other in (*NAMES, "closed")]
    steps = tuple(a_step(f"go_{one}_{two}", one, two, by=("system",)) for one, two in pairs)
    begun = {f"begun_{name}": ("entered", name) for name in NAMES} | {"begun": ("entered", "one")}
    anchors = {name: an_anchor(name, source) for name, source in begun.items()}
    return a_workflow(*states, a_final_state(), steps=steps, anchors=anchors, name="story")


def a_random_case(chance: Random, opened: datetime) -> Dossier:
    zone = chance.choice(ZONES)
    party = replace(a_party("aspiring", zone=zone), workdays=Workdays(chance.choice(["AT", "PT"])))
    return replace(
        a_dossier(),
        state="one",
        opened_at=opened,
        entered_at=opened,
        parties={"aspiring": (party,)},
        office=a_party("office", zone="Europe/Vienna"),
    )


@dataclass(frozen=True)
class Wait:
    """From the entry of a state or a telling in it to the next telling, or to now."""

    state: str
    began_at: datetime
    ended_at: datetime

    @property
    def lasted(self) -> timedelta:
        return self.ended_at - self.began_at


def waits(story: Story) -> Iterator[Wait]:
    for number, plan in enumerate(story.plans):
        if plan.closed or not (plan.letters or plan.moved):
            continue
        following = (each.at for each in story.plans[number + 1 :] if each.letters or each.closed)
        yield Wait(plan.entered, plan.at, next(following, story.now))


@pytest.mark.parametrize("part", range(4))
def test_no_case_is_silent_for_longer_than_announced(part: int) -> None:
    announced_exactly = 0
    for seed in range(part, SEEDS, 4):
        chance = Random(seed)  # noqa: S311 - a seed, not a secret
        workflow = a_random_workflow(chance)
        opened = OPENED + timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
        announced = {each.state: each.days for each in silences(a_programme(workflow))}
        story = Story(workflow, a_random_case(chance, opened), now=opened)

        story.starts()
        nobody_acts(story)

        for wait in waits(story):
            days = announced[wait.state]
            if days is not None:
                assert wait.lasted <= timedelta(days=days), f"seed {seed}: {wait}, {days} announced"
                announced_exactly += wait.lasted > timedelta(days=days - 1)
    assert announced_exactly, "no announcement is exact: the cases are too tame to show a fault"


def nobody_acts(story: Story) -> None:
    for _ in range(BEATS):
        due = [timer.due_at for timer in story.armed()]
        if not due:
            return
        story.now = max(story.now, min(due))
        story.fires()
