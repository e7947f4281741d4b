"""The letters that will go out until a day if nobody acts: what the armed timers say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.dates.view import View
from engine.decide.draft import addressees
from engine.letters.ladders import audience, find, owners
from engine.model.dossier import Dossier, Timer
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.cases import timers
from storage.database.transactions import Session, reading


@dataclass(frozen=True, slots=True)
class Coming:
    """One letter to come: when, which, to whom, in which case, and why."""

    at: datetime
    letter: str
    to: tuple[str, ...]
    pair: str
    why: str


def coming_letters(runtime: Runtime, until: datetime) -> tuple[Coming, ...]:
    """The next letter of every armed rung due until a moment, in order.

    A rung that moves its case on opens rungs of its own: those are not foreseen here.
    """
    with reading(runtime.database) as session:
        found = list(_all(runtime, session, until))
    return tuple(sorted(found, key=lambda each: (each.at, each.pair, each.letter)))


def _all(runtime: Runtime, session: Session, until: datetime) -> Iterator[Coming]:
    for due in timers.armed_until(session, until):
        dossier = dossier_of(runtime, session, due.case_id)
        for timer in dossier.timers:
            if timer.settled_at is None and timer.due_at <= until:
                yield from _one(runtime, dossier, timer)


def _one(runtime: Runtime, dossier: Dossier, timer: Timer) -> Iterator[Coming]:
    workflow = runtime.workflow(dossier.digest)
    found = find(workflow, dossier.state, timer)
    if found is None or found[1].letter is None:
        return
    ladder, rung = found
    view = View(workflow, dossier, runtime.clock())
    names = [
        person.name
        for name in audience(rung.to, owners(ladder, view))
        for person in addressees(
            dossier.people_as(name.partition(".")[0]), whole=name.endswith(".team")
        )
    ]
    yield Coming(
        at=timer.due_at,
        letter=str(rung.letter),
        to=tuple(dict.fromkeys(names)),
        pair=dossier.reference,
        why=ladder.title or workflow.state(dossier.state).title,
    )
