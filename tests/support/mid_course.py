"""Rehearsals in the middle of their months: mixed people, some silent, and acts at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from engine.time.zones import instant
from runtime.clock import VirtualClock
from runtime.queries.find_case import find_case
from runtime.settings.settings import Settings
from runtime.use_cases.act_together import act_together
from runtime.use_cases.create_database import create_database
from runtime.wiring import Runtime, open_runtime
from simulation.people import Life, lives
from simulation.population import enter, invent, story_of
from simulation.runner import Play, Scenery
from storage.database import meta
from storage.database.transactions import transaction
from tests.support.actors import spoken
from tests.support.pairs import Pair
from tests.support.random_acts import KINDS
from tests.support.world import Mailbox, World, settings_for, wp6

_BEGINS = date(2025, 5, 12)
_SPREAD = 504  # days over which the pairs begin
_SILENT = 0.4  # of the pairs
_ENDS = datetime(2026, 11, 2, 9, tzinfo=UTC)


def mid_course(url: str, folder: Path, seed: int) -> tuple[Settings, int]:
    """Play a few pairs on an empty database, then act at random; how many acts were taken."""
    luck = Random(seed)  # noqa: S311 - a walk that repeats, no secret
    settings = settings_for(url, folder)
    begins = instant(_BEGINS, time(0), settings.programme.zone)
    create_database(settings, rehearsal=True, at=begins, programme=wp6())
    clock = VirtualClock(begins)
    with open_runtime(settings, programme=wp6()) as stored:
        references = _play(replace(stored, clock=clock), clock, seed, luck)
    world = World(url, clock, Mailbox(), settings)
    try:
        taken = sum(_acts(world, reference, luck) for reference in references)
        with transaction(world.runtime.database) as session:
            meta.set_clock(session, clock())
    finally:
        world.close()
    return settings, taken


def _play(runtime: Runtime, clock: VirtualClock, seed: int, luck: Random) -> list[str]:
    """Three to seven pairs up to a day of their own; two in five say nothing any more."""
    story, pairs = story_of(runtime.programme), 3 + seed % 5
    troupe = invent(runtime.programme, story, pairs)
    enter(runtime, troupe)
    ends = _ENDS + timedelta(days=luck.randrange(60), minutes=luck.randrange(24 * 60))
    drawn = lives(story, pairs, seed, "mixed")
    for life in drawn:
        life.begins = _begins(life, pairs)
        if luck.random() < _SILENT:
            life.silent_from = ends - timedelta(days=luck.randrange(60))
    Play(Scenery(runtime, clock, story, troupe, tuple(drawn), clock(), ends, None)).run()
    return [life.reference for life in drawn]


def _begins(life: Life, pairs: int) -> datetime:
    apart = timedelta(days=_SPREAD // pairs)
    return datetime.combine(_BEGINS, time(10), UTC) + apart * (life.number - 1)


def _acts(world: World, reference: str, luck: Random) -> int:
    pair = Pair(world, find_case(world.runtime, reference))
    world.clock.move_to(world.clock() + timedelta(minutes=luck.randrange(20)))
    taken = 0
    for kind in luck.sample(sorted(KINDS.keys() - {"advance"}), 5):  # a step may end a pair
        for case, events in KINDS[kind](pair, luck):
            said = [spoken(world.runtime, case, event) for event in events]
            taken += act_together(world.runtime, case, *said).accepted
    world.beat()
    return taken
