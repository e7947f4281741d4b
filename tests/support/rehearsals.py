"""A rehearsal run two ways: foretold in memory, and by its own clock on the database."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family
from engine.model.outcomes import By
from engine.model.plan import Plan
from runtime.families import Families, dossier_of
from runtime.queries.forecast import futures
from runtime.settings.settings import DatabaseSettings, MailSettings, Settings
from runtime.wiring import Runtime, open_runtime
from runtime.workers.rehearse import advance_clock
from storage.cases import cases
from storage.database.transactions import reading
from storage.mail import queries
from storage.mail.queries import LetterQuery
from tests.support.happened import Happened, Seen, at_risk, stands, told
from tests.support.world import wp6

NOBODY = By("", "")  # in a rehearsal: whoever runs the programme
Until = Callable[[datetime], datetime]


def settings_of(url: str, folder: Path) -> Settings:
    """The settings of a rehearsal whose letters lie in a folder."""
    return Settings(
        database=DatabaseSettings(url=url),
        mail=MailSettings(folder=str((folder / "letters").absolute())),
    )


def same(settings: Settings, weeks: int) -> Happened:
    """What came in so many weeks: all of it was foretold, none in vain."""

    def until(now: datetime) -> datetime:
        return now + timedelta(weeks=weeks)

    expected = foretold(settings, until)
    came = rehearsed(settings, until)

    assert (expected.letters - came.letters, came.letters - expected.letters) == ({}, {})
    assert (expected.flags, expected.states) == (came.flags, came.states)
    assert expected.dates == came.dates
    assert expected.stands == came.stands
    return came


def foretold(settings: Settings, until: Until) -> Happened:
    with open_runtime(settings, programme=wp6()) as runtime:
        found = list(futures(runtime, until(runtime.clock())))
    assert [failure for future, _ in found for failure in future.failures] == []
    return told([(future, family) for future, family in found if family is not None])


def rehearsed(settings: Settings, until: Until) -> Happened:
    with open_runtime(settings, programme=wp6()) as runtime:
        witness, end = _Witness(), until(runtime.clock())
        owed, before = _letters(runtime), list(_dossiers(runtime))
        for _ in advance_clock(replace(runtime, witness=witness), end, NOBODY):
            pass
        later = [_dossier(runtime, dossier.id) for dossier in before]
        return Happened(
            letters=Counter(
                line.told
                for number, line in _letters(runtime).items()
                if number not in owed or owed[number].state == "owed"
            ),
            flags=witness.flags,
            states=witness.states,
            dates=Counter(at_risk(zip(before, later, strict=True), end.date())),
            stands=stands(_families(runtime)),
        )


class _Witness:
    """Sees every plan that is written: the states and the flags in it."""

    def __init__(self) -> None:
        self.flags, self.states = Seen(), Seen()

    def __call__(self, plan: Plan, _: Dossier) -> None:
        before, facts = plan.before, plan.after.facts
        if plan.moved and plan.left != plan.entered and before.version:
            self.states[plan.at, before.reference, plan.left, plan.entered] += 1
        known = before.facts.get("severity") if before.version else None
        if "flag" in facts and facts.get("severity") != known:
            above = before.reference.rpartition("/")[0] or before.reference
            cause = str(facts.get("cause", ""))
            self.flags[plan.at, above, str(facts["flag"]), str(facts["severity"]), cause] += 1


@dataclass(frozen=True, slots=True)
class _Line:
    state: str
    told: tuple[object, ...]


def _letters(runtime: Runtime) -> dict[int, _Line]:
    with reading(runtime.database) as session:
        lines = queries.letters(session, LetterQuery(limit=10**6))
    return {
        x.id: _Line(
            x.state,
            (
                *(x.settled_at or x.owed_at, x.reference, x.letter, x.audience, x.name or ""),
                *(x.state, "" if x.state == "accepted" else x.reason),
            ),
        )
        for x in lines
    }


def _families(runtime: Runtime) -> list[Family]:
    with reading(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        return [families.look_whole(root) for root in cases.roots(session)]


def _dossiers(runtime: Runtime) -> Iterator[Dossier]:
    for family in _families(runtime):
        yield from family.cases.values()


def _dossier(runtime: Runtime, case_id: CaseId) -> Dossier:
    with reading(runtime.database) as session:
        return dossier_of(runtime, session, case_id)
