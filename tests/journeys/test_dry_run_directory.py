"""What is told before an act on centres and people is what the act then does."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from engine.errors import ProjectError
from engine.model.outcomes import By, Refusal
from runtime.queries.preview import Preview, tried
from runtime.use_cases import absence, dead_address, directory
from runtime.use_cases.directory_checks import NewContact
from runtime.use_cases.import_directory import import_centres, import_people
from runtime.use_cases.start_case import NewPair, Part
from runtime.use_cases.substitute import Change, substitute
from runtime.use_cases.teams import assign_with_team, start_with_teams
from runtime.wiring import Runtime
from storage.directory.rows import Centre, Contact
from tests.storage.rows import everything
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.row_changes import between, in_order, rows
from tests.support.world import World

T = TypeVar("T")
Act = Callable[[Runtime], object]

BEGIN = ("match_proposed", "implementation", "formalised", "memorandum", "mid_term")
SOAKED = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 20)]
REFUSED = "taken key"
BY = By("lead")


@pytest.mark.parametrize("seed", [*range(2), *SOAKED])
def test_a_dry_run_of_an_entry_tells_what_the_entry_does(
    any_town: World, tmp_path: Path, seed: int
) -> None:
    luck = random.Random(seed)  # noqa: S311 - a walk that repeats, no secret
    pair = a_pair(any_town).gets_to(BEGIN[seed % len(BEGIN)])
    a_pair(any_town, "OSL-TRD")
    acts = _acts(pair, tmp_path, luck)
    done: dict[str, Preview] = {}

    for kind, act in acts.items():
        days_go_by(any_town, luck.randint(1, 9))
        if (told := _tried_and_done(any_town, act)) is not None:
            done[kind] = told

    assert {"new pair", "dead address"} <= {kind for kind, told in done.items() if told.timers}
    assert done["dead address"].letters
    assert seed or {*acts} - {*done} == {REFUSED}


def _acts(pair: Pair, folder: Path, luck: random.Random) -> Mapping[str, Act]:
    """An act of each kind, in an order in which all but the last may be done."""
    here = luck.choice(("VIE-BIR-c", "VIE-BIR-a"))
    person = luck.choice(("vie-bir-coordinator", "vie-bir-aspiring", "vie-bir-facilitator"))
    role = person.removeprefix("vie-bir-")
    deputy = f"{person}-deputy"
    new = NewPair("NEW", {"coordinator": ("VIE-BIR-c",), "aspiring": ("NEW-a",)}, {})
    return {
        "new centre": lambda on: directory.add_centre(on, _centre("NEW-a"), BY),
        "new person": partial(_enter, "new-1", "NEW-a"),
        "new helper": lambda on: directory.add_person(
            on, NewContact(_contact("help"), roles=("facilitator",)), BY
        ),
        "new stand-in": lambda on: directory.add_person(on, NewContact(_contact("free")), BY),
        "new pair": lambda on: start_with_teams(on, new, BY),
        "zone": lambda on: directory.change_centre(
            on, here, partial(replace, zone="Atlantic/Azores"), BY
        ),
        "facts": lambda on: directory.set_centre_facts(on, here, {"teaming": True}, BY),
        "centres": lambda on: import_centres(on, _centres(folder, here), BY),
        "people": lambda on: import_people(on, _people(folder, person), BY),
        "address": lambda on: directory.change_person(
            on, person, partial(replace, email="elsewhere@example.org"), BY
        ),
        "dead address": lambda on: dead_address.mark_dead(on, person, "It bounced.", BY),
        "substitute": lambda on: substitute(on, pair.case, Change(role, person, "free"), BY),
        "dead deputy": lambda on: dead_address.mark_dead(on, deputy, "It bounced.", BY),
        "alive": lambda on: dead_address.mark_alive(on, person, BY),
        "away": lambda on: absence.away(on, _three_weeks(on, deputy), BY),
        "back": lambda on: absence.back(on, deputy, BY),
        "assign": lambda on: assign_with_team(
            on, pair.case, Part("coordinator", "OSL-TRD-c", ("osl-trd-coordinator",)), BY
        ),
        REFUSED: lambda on: directory.add_centre(on, _centre("NEW-a"), BY),
    }


def _tried_and_done(world: World, act: Act) -> Preview | None:
    """Try it, do it, and compare; what was told, nothing if the act was refused."""
    database = world.runtime.database
    before, all_before = rows(database), everything(database)
    told = _ended(lambda on: tried(on, act), world.runtime)
    assert everything(database) == all_before

    done = _ended(act, world.runtime)

    if isinstance(told, str):
        assert told == done
        assert everything(database) == all_before
        return None
    answer, preview = told
    assert _said(answer) == _said(done)
    assert in_order(preview) == between(before, rows(database))
    refused = isinstance(answer, tuple) and any(isinstance(e, Refusal) for e in answer)
    return None if refused or isinstance(answer, Refusal) else preview


def _ended(act: Callable[[Runtime], T], runtime: Runtime) -> T | str:
    """What an act answers, or why it cannot be done."""
    try:
        return act(runtime)
    except ProjectError as error:
        return f"{type(error).__name__}: {error}"


def _said(found: object) -> object:
    """Numbers of new rows may differ: on PostgreSQL a number that was tried is gone."""
    return type(found) if isinstance(found, int) else repr(found)


def _enter(key: str, centre: str, on: Runtime) -> object:
    return directory.add_person(on, NewContact(_contact(key), centre), BY)


def _contact(key: str) -> Contact:
    return Contact(key, key.title(), f"{key}@example.org")


def _three_weeks(on: Runtime, person: str) -> absence.NewAbsence:
    today = on.clock().date()
    return absence.NewAbsence(person, today, today + timedelta(days=20))


def _centre(key: str) -> Centre:
    return Centre(key, f"Centre {key}", key, "aspiring", "RO", "Europe/Bucharest")


def _centres(folder: Path, here: str) -> Path:
    side = "coordinator" if here.endswith("c") else "aspiring"
    path = folder / "centres.csv"
    path.write_text(
        "key,name,short_name,side,country,zone\n"
        f"{here},Another name,Other,{side},PT,Europe/Lisbon\n"
        "IMP-a,Imported,Imported,aspiring,NO,Europe/Oslo\n"
    )
    return path


def _people(folder: Path, person: str) -> Path:
    path = folder / "people.csv"
    path.write_text(
        "key,name,email,roles\n"
        f"{person},Another name,another@example.org,\n"
        "imp-1,Imported,imp@example.org,facilitator\n"
    )
    return path
