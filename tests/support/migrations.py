"""A walk of two families through two versions: foretold, done, held against the journal, undone."""

from pathlib import Path
from random import Random

from engine.decide.migrate import Becomes
from engine.model.dossier import CaseId, Dossier
from engine.model.putting_right import Undone
from runtime.families import dossier_of
from runtime.queries.other_versions import wanted
from runtime.use_cases.migrate import Brought, bring_over
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading
from tests.support.actors import act
from tests.support.grove import Grove
from tests.support.growers import LEAD
from tests.support.other_orchards import change
from tests.support.versions import Orchards, brought, holds, orchards

Stood = dict[CaseId, tuple[object, ...]]


def walk(folder: Path, seed: int) -> tuple[int, int]:
    """How many families were brought over, and how many were blocked."""
    luck = Random(seed)  # noqa: S311 - a walk that repeats, no secret
    place = orchards(folder)
    before = _lived(place, luck)
    changes = [change(place, luck) for _ in range(1 + luck.randrange(3))]
    with place.opened(before) as grove:
        stood = standing(grove.runtime)
        trying = grove.runtime.only_tried()
        foretold = list(bring_over(trying, wanted(grove.runtime, ""), LEAD))
        assert standing(grove.runtime) == stood, (seed, changes)
        done = brought(grove)
        assert told(done) == told(foretold), (seed, changes)
        assert holds(grove), (seed, changes)
        for each in done:
            _take_back(grove, each)
        assert standing(grove.runtime) == stood, (seed, changes)
        assert holds(grove), (seed, changes)
    moved = sum(each.migration.decision is not None for each in done)
    return moved, sum(is_blocked(each) for each in done)


def is_blocked(family: Brought) -> bool:
    return any(fate.becomes is Becomes.BLOCKED for fate in family.migration.fates)


def told(families: list[Brought]) -> list[object]:
    """What is said of each family, by a dry run or when it is done."""
    return [(each.migration.fates, each.follows, each.at_once) for each in families]


def _lived(place: Orchards, luck: Random) -> Grove:
    """Two pairs some weeks on: with notes, flags, a rest, or nothing done at all."""
    with place.planted() as grove:
        for pair in grove.pairs:
            grove.sends(luck.randrange(12))
            for _ in range(luck.randrange(4)):
                _act(grove, pair, luck)
        grove.owes(luck.randrange(5))
        return grove


def _act(grove: Grove, pair: str, luck: Random) -> None:
    match luck.randrange(4):
        case 0:
            grove.files_note(pair, count=luck.randrange(9))
        case 1:
            grove.flag(pair)
        case 2:
            grove.steps(pair, "suspend", "lead")
        case _:
            grove.steps(pair, "resume", "lead")
    grove.sends(luck.randrange(6))


def _take_back(grove: Grove, each: Brought) -> None:
    if each.migration.decision is not None:
        first = each.migration.decision.plans[0].case_id
        answer = act(grove.runtime, first, Undone("It came too early.", LEAD))
        assert answer.accepted, answer.unmet


def standing(runtime: Runtime) -> Stood:
    """Each open case: its version, its state, its days, what is due when."""
    with reading(runtime.database) as session:
        lines = views.overview(session)
        return {each.id: _of(dossier_of(runtime, session, each.id)) for each in lines}


def _of(dossier: Dossier) -> tuple[object, ...]:
    armed = {each.key: each.due_at for each in dossier.timers if each.settled_at is None}
    spoken = {each.key for each in dossier.timers if each.outcome == "fired"}
    stands = (dossier.digest, dossier.state, dossier.stays, dict(dossier.dates))
    return (*stands, dossier.records, armed, spoken)
