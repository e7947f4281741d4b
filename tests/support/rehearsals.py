"""A rehearsal in a folder run two ways: foretold in memory, and by its own clock on the file."""

import shutil
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from engine.model.outcomes import By
from engine.model.plan import Plan
from runtime.queries.forecast import Future, forecast
from runtime.settings.settings import DatabaseSettings, MailSettings, Settings
from runtime.wiring import Runtime, open_runtime
from runtime.workers.rehearse import advance_clock
from storage.database.transactions import reading
from storage.mail import queries
from storage.mail.queries import LetterQuery

NOBODY = By("", "")  # in a rehearsal: whoever runs the programme


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of it: letters, flags, states, in no order that means anything."""

    letters: Counter[tuple[object, ...]]
    flags: Counter[tuple[object, ...]]
    states: Counter[tuple[object, ...]]


@contextmanager
def opened(folder: Path) -> Generator[Runtime]:
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite:///{(folder / 'pairing.db').absolute()}"),
        mail=MailSettings(folder=str((folder / "letters").absolute())),
    )
    with open_runtime(settings) as runtime:
        yield runtime


def copied(source: Path, target: Path) -> Path:
    """The database of a rehearsal alone: what is sent lands in a folder of its own."""
    target.mkdir()
    for file in source.glob("pairing.db*"):
        shutil.copy(file, target)
    return target


def foretold(folder: Path, until: Callable[[datetime], datetime]) -> tuple[Happened, Future]:
    with opened(folder) as runtime:
        found = forecast(runtime, until(runtime.clock()))
    happened = Happened(
        Counter((x.at, x.pair, x.letter, x.audience, x.to, x.end, x.reason) for x in found.letters),
        Counter((x.at, x.pair, x.flag, x.severity, x.cause) for x in found.flags),
        Counter((x.at, x.case, x.left, x.entered) for x in found.states),
    )
    return happened, found


def rehearsed(folder: Path, until: Callable[[datetime], datetime]) -> Happened:
    flags: Counter[tuple[object, ...]] = Counter()
    states: Counter[tuple[object, ...]] = Counter()

    def witness(plan: Plan, _before: object) -> None:
        before, facts = plan.before, plan.after.facts
        if plan.moved and plan.left != plan.entered and before.version:
            states[plan.at, before.reference, plan.left, plan.entered] += 1
        known = before.facts.get("severity") if before.version else None
        if "flag" in facts and facts.get("severity") != known:
            above = before.reference.rpartition("/")[0] or before.reference
            cause = str(facts.get("cause", ""))
            flags[plan.at, above, str(facts["flag"]), str(facts["severity"]), cause] += 1

    with opened(folder) as runtime:
        begins = runtime.clock()
        with reading(runtime.database) as session:
            before = {
                line.id: line.state for line in queries.letters(session, LetterQuery(limit=10**6))
            }
        for _ in advance_clock(replace(runtime, witness=witness), until(begins), NOBODY):
            pass
        with reading(runtime.database) as session:
            after = queries.letters(session, LetterQuery(limit=10**6))
    letters: Counter[tuple[object, ...]] = Counter(
        (
            x.settled_at or x.owed_at,
            x.reference,
            x.letter,
            x.audience,
            x.name or "",
            x.state,
            "" if x.state == "accepted" else x.reason,
        )
        for x in after
        if before.get(x.id, "owed") == "owed"
    )
    return Happened(letters, flags, states)
