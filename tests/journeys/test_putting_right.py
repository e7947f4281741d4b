"""A mistake put right leaves a pair as a life without it would have: at every step of its way."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.changes import Changes
from engine.model.definition import SYSTEM
from engine.model.outcomes import By, Filed, FlagRaised, Moved, Signed, Triggered, Waived
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from runtime.queries.history import findings
from tests.support.actors import act
from tests.support.pair_records import content
from tests.support.pairs import WAY, Pair, a_pair, days_go_by
from tests.support.standing import standing
from tests.support.world import FACILITATOR, LEAD, World, fork, make

STATES = [*WAY, "closure"]
WHY = "It was another pair."
SUPPORT = {"activity": "A course on data.", "since": "2026-05-11"}
CONTACT = {"on": "2026-05-11", "kind": "call", "summary": "All is well."}


@dataclass
class Lives:
    """One life of a pair, and any number of others that go on from where it stands."""

    folder: Path
    opened: ExitStack = field(default_factory=ExitStack)
    count: int = 0

    def begin(self, state: str) -> Pair:
        world = make(self._folder())
        self.opened.callback(world.close)
        return a_pair(world).gets_to(state)

    def another(self, pair: Pair) -> Pair:
        world = fork(pair.world, self._folder())
        self.opened.callback(world.close)
        return Pair(world, pair.case)

    def _folder(self) -> Path:
        self.count += 1
        made = self.folder / str(self.count)
        made.mkdir()
        return made


@pytest.fixture
def lives(tmp_path: Path) -> Iterator[Lives]:
    with (found := Lives(tmp_path)).opened:
        yield found


def mistakes(pair: Pair) -> Iterator[Cause]:
    """What may be done by mistake where a pair stands."""
    records = WAY.get(pair.state, ((), ""))[0]
    for record in (*records, "barrier", "roadmap"):
        yield Filed(record, dict(content(record, pair.today)), FACILITATOR)
    yield Filed("contact", CONTACT, FACILITATOR)
    yield Waived("check_ins_held", "Agreed by mail.", LEAD)
    yield FlagRaised("F-11", "Seen.", FACILITATOR)
    ahead = [name for name, dates in pair.dossier.dates.items() if dates.actual is None]
    for name in ahead[:1]:
        yield Moved(name, pair.today + timedelta(weeks=9), "It suits better.", FACILITATOR)
    yield Signed("memorandum", "aspiring", "Head", pair.today, FACILITATOR)
    later = (pair.today + timedelta(weeks=5)).isoformat()
    workflow = pair.world.runtime.workflow(pair.dossier.digest)
    for step in workflow.transitions:
        if pair.state in step.sources and SYSTEM not in step.by:
            facts = {"review_on": later}
            yield Triggered(step.trigger, By("", step.by[0]), "They merge.", facts)


def put_right(pair: Pair, event: Cause) -> None:
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, (event, answer.unmet)
    assert findings(pair.world.runtime) == ()


@pytest.mark.parametrize("state", STATES)
def test_what_is_undone_at_once_leaves_a_pair_as_without_it(state: str, lives: Lives) -> None:
    pair = lives.begin(state)
    pair.files_all(*WAY[state][0][1:]) if state in WAY else None
    pair.world.beat()
    before, done = standing(pair), 0

    for mistake in mistakes(pair):
        if act(pair.world.runtime, pair.case, mistake).accepted:
            put_right(pair, Undone(WHY, FACILITATOR))
            assert standing(pair) == before, mistake
            done += 1

    assert done >= 5


@pytest.mark.parametrize("state", STATES)
def test_what_is_undone_after_days_leaves_a_pair_as_without_it(state: str, lives: Lives) -> None:
    pair = lives.begin(state)
    pair.world.beat()
    without = lives.another(pair)
    days_go_by(without.world, 5)
    expected, done = standing(without), 0

    for mistake in mistakes(pair):
        other = lives.another(pair)
        if act(other.world.runtime, other.case, mistake).accepted:
            days_go_by(other.world, 5)
            answer = act(other.world.runtime, other.case, Undone(WHY, FACILITATOR))
            other.world.beat()
            assert answer.accepted, (mistake, answer.unmet)
            assert standing(other) == expected, mistake
            done += 1

    assert done >= 3


@pytest.mark.parametrize("state", STATES)
def test_a_record_that_is_void_leaves_a_pair_as_without_it(state: str, lives: Lives) -> None:
    """What people did since stays done."""
    pair = lives.begin(state)
    pair.world.beat()
    without = lives.another(pair)
    without.files("support", FACILITATOR, **SUPPORT)
    expected = standing(without)

    for mistake in mistakes(pair):
        other = lives.another(pair)
        if isinstance(mistake, Filed) and act(other.world.runtime, other.case, mistake).accepted:
            other.files("support", FACILITATOR, **SUPPORT)
            put_right(other, Voided(mistake.record, WHY, FACILITATOR))
            assert standing(other) == expected, mistake


@pytest.mark.parametrize("state", [state for state in STATES if WAY.get(state, ((), ""))[0]])
def test_a_record_that_is_corrected_counts_as_if_it_had_been_right(
    state: str, lives: Lives
) -> None:
    pair = lives.begin(state)
    pair.world.beat()
    record = WAY[state][0][0]
    right = content(record, pair.today)
    field = next(iter(right))
    wrong = {**right, field: _wrong(right[field])}
    without = lives.another(pair)
    without.files(record)

    assert act(pair.world.runtime, pair.case, Filed(record, wrong, FACILITATOR)).accepted
    put_right(pair, Corrected(record, Changes({field: right[field]}), WHY, FACILITATOR))

    assert standing(pair) == standing(without)
    version = pair.dossier.records[record][-1]
    assert (version.corrects, version.reason) == (version.number - 1, WHY)


@pytest.mark.parametrize("state", STATES)
def test_a_record_that_is_void_after_days_leaves_a_pair_as_without_it(
    state: str, lives: Lives
) -> None:
    pair = lives.begin(state)
    pair.world.beat()
    without = lives.another(pair)
    days_go_by(without.world, 5)
    without.files("support", FACILITATOR, **SUPPORT)
    without.world.beat()
    expected = standing(without)

    for mistake in mistakes(pair):
        other = lives.another(pair)
        if isinstance(mistake, Filed) and act(other.world.runtime, other.case, mistake).accepted:
            days_go_by(other.world, 5)
            other.files("support", FACILITATOR, **SUPPORT)
            put_right(other, Voided(mistake.record, WHY, FACILITATOR))
            other.world.beat()
            assert standing(other) == expected, mistake


@pytest.mark.parametrize("state", [state for state in STATES if WAY.get(state, ((), ""))[0]])
def test_a_record_that_is_corrected_after_days_counts_as_if_it_had_been_right(
    state: str, lives: Lives
) -> None:
    pair = lives.begin(state)
    pair.world.beat()
    record = WAY[state][0][0]
    right = content(record, pair.today)
    field = next(iter(right))
    without = lives.another(pair)
    without.files(record)
    days_go_by(without.world, 5)

    wrong = Filed(record, {**right, field: _wrong(right[field])}, FACILITATOR)
    assert act(pair.world.runtime, pair.case, wrong).accepted
    days_go_by(pair.world, 5)
    put_right(pair, Corrected(record, Changes({field: right[field]}), WHY, FACILITATOR))
    pair.world.beat()

    assert standing(pair) == standing(without)


def _wrong(value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, int):
        return value - 1
    if isinstance(value, list):
        return [*value, f"Not {value[0]}" if isinstance(value[0], str) else value[0]]
    text = str(value)
    others = {"confirmed": "declined", text[:4]: f"Not {text}", "2026": f"{text[:-1]}1"}
    return next(other for known, other in others.items() if text.startswith(known))


def test_both_databases_put_right_alike(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("visit_preparation")
    any_town.beat()
    before = standing(pair)

    for mistake in mistakes(pair):
        if act(any_town.runtime, pair.case, mistake).accepted:
            put_right(pair, Undone(WHY, FACILITATOR))
            assert standing(pair) == before, mistake
