"""What came of some weeks, foretold or lived, in a shape in which the two can be compared."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family
from runtime.queries.future import Future

Seen = Counter[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened, in no order that means anything, and how every open case stands then."""

    letters: Seen
    flags: Seen
    states: Seen
    dates: Seen  # milestones put off, or gone by
    stands: Mapping[str, object]  # by reference


def told(found: list[tuple[Future, Family]]) -> Happened:
    every = [future for future, _ in found]
    return Happened(
        letters=Counter(
            (x.at, x.pair, x.letter, x.audience, x.to, x.end, x.reason)
            for future in every
            for x in future.letters
        ),
        flags=Counter(
            (x.at, x.pair, x.flag, x.severity, x.cause) for future in every for x in future.flags
        ),
        states=Counter(
            (x.at, x.case, x.left, x.entered) for future in every for x in future.states
        ),
        dates=Counter(
            (x.case, x.milestone, x.forecast_on, x.moves_to)
            for future in every
            for x in future.dates
        ),
        stands=stands([family for _, family in found]),
    )


def stands(families: list[Family]) -> dict[str, object]:
    """Every open case, field by field: dates, timers, records, children, letters, what is held.

    Only the numbers of rows may differ: what is foretold has none yet.
    """
    return {
        dossier.reference: (
            replace(dossier, id=CaseId(0)),
            [replace(child, id=CaseId(0)) for child in family.children.get(case_id, ())],
            [
                each.owed.letter
                for each in family.letters.get((case_id, dossier.stay), ())
                if each.state != "withdrawn"  # of a step that was undone, in a stay that is none
            ],
            {key: at for (case, key), at in family.held.items() if case == case_id},
        )
        for family in families
        for case_id, dossier in family.cases.items()
        if dossier.closed_at is None
    }


def at_risk(pairs: Iterable[tuple[Dossier, Dossier]], until: date) -> Iterator[tuple[object, ...]]:
    """Milestones that were to come and have not: put off, or their day is over."""
    for before, after in pairs:
        for name, known in before.dates.items():
            now = after.dates[name]
            if known.forecast is None or known.actual or now.actual:
                continue
            if now.forecast is not None and now.forecast > known.forecast:
                yield before.reference, name, known.forecast, now.forecast
            elif known.forecast < until and after.closed_at is None:
                yield before.reference, name, known.forecast, None
