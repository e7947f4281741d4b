"""What the overview of a week says: how every case stands, and what became of its letters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from engine.dates.view import View
from engine.decide.draft import addressees
from engine.decide.ends import WAITS, looked_at_again
from engine.decide.overview import Reading, Row, Standing, standing
from engine.letters.absences import absence_of, is_there
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family, Letter
from engine.time.zones import local_day
from notifications.terms import SIGNS_BY_CODE, TROUBLES
from runtime.families import Families
from runtime.links import codes_to_tell
from runtime.overview_times import OverviewToGo
from storage.journal.arranged import decided
from storage.mail import queries
from storage.mail.attempts import ACCEPTED, NEEDS_HUMAN, REFUSED
from storage.mail.queries import LetterLine, LetterQuery
from storage.programme import incidents

_WEEK = timedelta(days=7)
_OWED_SINCE = timedelta(days=35)  # what was sent last week was owed by then
_MOST = 60  # rows of one list: a page that nobody reads to its end helps nobody
_HELD_BACK = frozenset({"withheld", NEEDS_HUMAN, REFUSED})


@dataclass(frozen=True, slots=True)
class OverviewFacts:
    """The facts of an overview, whether nothing waits for its reader, the cases it is about."""

    facts: Mapping[str, object]
    is_quiet: bool
    views: tuple[View, ...]


def overview_facts(acting: Families, to_go: OverviewToGo) -> OverviewFacts:
    """All that its reader follows, as it stands now."""
    today = local_day(acting.now, to_go.zone)
    reading = Reading(to_go.person.id, acting.now, today, to_go.overview.calls)
    families = {root: acting.look_whole(root) for root in to_go.cases}
    found = [_standing(acting, each, reading) for each in families.values()]
    codes = [row for each in families.values() for row in _codes(acting, each, to_go.person.id)]
    rows = _rows(found) | {"incidents": _incidents(acting, families, to_go.zone)}
    rows["calls"] += codes
    waits = any(rows[name] for name in ("calls", "late_items", "due_items", "dead_addresses"))
    waits = waits or any(row["is_yours"] for row in rows["waiting_items"])
    sent = [line for root in families for line in _lines(acting, root)]
    first = next(iter(families.values()))
    withheld = _withheld(acting, families, sent)
    facts = {
        "monday": to_go.week,
        "pairs_count": len(families),
        "all_pairs": to_go.role != first.workflow(first.root).runs,
        "sent_count": sum(each.state == ACCEPTED for each in sent),
        "mail_count": len({each.message for each in sent if each.state == ACCEPTED}),
        "left_out": sum(max(len(each) - _MOST, 0) for each in (*rows.values(), withheld)),
        "withheld": withheld[:_MOST],
        **{name: each[:_MOST] for name, each in rows.items()},
    }
    views = tuple(
        View(each.workflow(root), each.whole(root), acting.now) for root, each in families.items()
    )
    return OverviewFacts(facts, not waits and not rows["incidents"], views)


def _standing(acting: Families, family: Family, reading: Reading) -> Standing:
    return acting.looking(family, partial(standing, reading=reading))


def _rows(found: list[Standing]) -> dict[str, list[Row]]:
    """The rows of all families by the fact that holds them, the most pressing first."""
    by_days = partial(sorted, key=lambda row: (-int(str(row["days"])), str(row["pair"])))
    by_day = partial(sorted, key=lambda row: (str(row["when"]), str(row["pair"])))
    rows: dict[str, list[Row]] = {
        "calls": by_days(row for each in found for row in each.calls),
        "late_items": by_days(row for each in found for row in each.late),
        "due_items": by_day(row for each in found for row in each.due),
        "waiting_items": by_days(each.waiting for each in found),
        "coming_items": by_day(row for each in found for row in each.coming),
        "dead_addresses": [row for each in found for row in each.dead],
    }
    return rows


def _codes(acting: Families, family: Family, reader: PersonId) -> list[Row]:
    """Calls to those who cannot sign on a page before they are told the code of their centre.

    One person calls, whoever runs the case: each command makes a new code, which ends the former.
    """
    session, runtime = acting.session, acting.runtime

    def look(whole: Family) -> list[Row]:
        root = View(whole.workflow(whole.root), whole.whole(whole.root), acting.now)
        if _caller(root) not in {reader, None}:
            return []
        pair = str(root.value("case.name") or "")
        return [
            {
                "who": each.person.name,
                "phone": each.person.phone,
                "pair": pair,
                "what": SIGNS_BY_CODE,
                "days": 0,  # nothing was asked for by a letter
                "command": each.command,
            }
            for case in sorted(whole.cases)
            for each in codes_to_tell(
                session, runtime, View(whole.workflow(case), whole.whole(case), acting.now)
            )
        ]

    return acting.looking(family, look)


def _caller(view: View) -> PersonId | None:
    """Whoever runs a case, who is there before who is away; None where nobody can be reached."""
    people = addressees(view.dossier.people_as(view.workflow.runs), whole=True)
    there = (each for each in people if is_there(view.dossier, each, view.now))
    return next((each.id for each in (*there, *people)), None)


def _lines(acting: Families, root: CaseId) -> Iterator[LetterLine]:
    """The letters of a family that went, or did not, within the last week."""
    asked = LetterQuery(root=root, since=acting.now - _OWED_SINCE)
    for line in queries.letters(acting.session, asked):
        if (line.settled_at or line.owed_at) >= acting.now - _WEEK:
            yield line


def _withheld(
    acting: Families, families: Mapping[CaseId, Family], sent: Iterable[LetterLine]
) -> list[Row]:
    """Whom letters did not reach, why, and how many: those too that wait for somebody's return, or
    by the word of the office.
    """
    ended = (
        (line.name or line.audience, line.reason, "") for line in sent if line.state in _HELD_BACK
    )
    away = (each for family in families.values() for each in _away(acting, family))
    held = (each for family in families.values() for each in _held(acting, family))
    counted = Counter((*ended, *away, *held))
    return [
        {"who": who, "why": why, "until": until, "count": count}
        for (who, why, until), count in counted.items()
    ]


def _away(acting: Families, family: Family) -> Iterator[tuple[str, str, str]]:
    """Whose letters wait for their return, and until when they are away."""

    def look(whole: Family) -> list[tuple[str, str, str]]:
        return [row for each in whole.owed() if (row := _waiting(whole, each, acting.now))]

    yield from acting.looking(family, look)


def _held(acting: Families, family: Family) -> Iterator[tuple[str, str, str]]:
    """To whom letters are that somebody of the office holds back, who does, until when, and why."""
    held = [each for each in family.owed() if each.waits_at(acting.now)]
    acts = decided(acting.session, family.root) if held else {}
    for letter in sorted(held, key=lambda each: each.number):
        zone = acting.runtime.settings.programme.zone
        until = letter.held.until if letter.held is not None else None
        last = acts.get(letter.number, ())[-1:]
        by, why = next(((each.by, each.reason) for each in last), ("", ""))
        said = f"letter {letter.number} is held back by {by}"
        if until is not None:
            said = f"letter {letter.number} is put off until {local_day(until, zone)} by {by}"
        yield letter.name, f"{said}: {why}", ""


def _waiting(family: Family, letter: Letter, now: datetime) -> tuple[str, str, str] | None:
    dossier = family.whole(letter.case_id)
    view = View(family.workflow(letter.case_id), dossier, now, letter.owed.facts)
    found = looked_at_again(letter, view)
    reader = dossier.reader(found.owed.person)
    absence = absence_of(dossier, reader, now) if reader is not None else None
    if found.state != WAITS or reader is None or absence is None:
        return None
    return reader.name, "", absence.last_on.isoformat()


def _incidents(acting: Families, families: Mapping[CaseId, Family], zone: str) -> list[Row]:
    """What failed and waits for a person: of these cases, and of none in particular."""
    cases = {case for family in families.values() for case in family.cases}
    return [
        {
            "number": each.id,
            "what": TROUBLES.get(each.trouble.kind, each.trouble.kind),
            "since": local_day(each.first_at, zone).isoformat(),
        }
        for each in incidents.open_incidents(acting.session)
        if each.trouble.case_id is None or each.trouble.case_id in cases
    ]
