"""What an act did, read off the rows before and after it: apart from what the product tells."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, cast

from runtime.queries.letters_to_come import LetterToCome
from runtime.queries.notes import Kind, Noted
from runtime.queries.preview import (
    CaseChange,
    DateChange,
    Preview,
    StateChange,
    TimerChange,
)
from storage.database.columns import to_instant
from storage.database.statements import Statement
from storage.database.transactions import Database, Session, reading

_CASES = Statement[tuple[str, str, str, str | None, bool]](
    "SELECT reference, workflow, state, closed_at, void FROM cases"
)
_NOTED = Statement[tuple[str, Kind, str, str]](
    """SELECT c.reference, 'record', r.name, 'version ' || r.number
    FROM records r JOIN cases c ON c.id = r.case_id
    UNION
    SELECT c.reference, 'signature',
        s.record, 'version ' || s.number || ': ' || s.role || ', ' || s.person
    FROM signatures s JOIN cases c ON c.id = s.case_id
    UNION
    SELECT c.reference, 'void', r.name, 'version ' || r.number
    FROM records r JOIN cases c ON c.id = r.case_id WHERE r.void != ''"""
)
_WAIVERS = Statement[tuple[str, str, str, str]](
    """SELECT c.reference, w.requirement, w.role, w.at
    FROM waivers w JOIN cases c ON c.id = w.case_id"""
)
_PARTIES = Statement[tuple[str, Kind, str, str]](
    """SELECT c.reference, 'party', p.side, s.key
    FROM parties p JOIN cases c ON c.id = p.case_id JOIN centres s ON s.id = p.centre_id"""
)
_PLAYERS = Statement[tuple[str, Kind, str, str]](
    """SELECT c.reference, 'party', r.role, p.key
    FROM roles r JOIN cases c ON c.id = r.case_id JOIN people p ON p.id = r.person_id
    WHERE r.ends_on IS NULL"""
)
_FACTS = Statement[tuple[str, str]]("SELECT reference, facts FROM cases")
_DATES = Statement[tuple[str, str, str | None, str | None, str | None]](
    """SELECT c.reference, m.name, m.baseline, m.forecast, m.actual
    FROM milestones m JOIN cases c ON c.id = m.case_id AND m.partnership = c.partnership"""
)
_LETTERS = Statement[tuple[int, str, str, str, str | None, str]](
    """SELECT i.id, c.reference, i.letter, i.audience, p.name, i.facts
    FROM intents i JOIN cases c ON c.id = i.case_id LEFT JOIN people p ON p.id = i.person_id"""
)
_WITHDRAWN = Statement[tuple[int]](
    """SELECT i.id FROM intents i LEFT JOIN messages m ON m.id = i.message_id
    WHERE i.reason LIKE 'withdrawn: %' OR m.state = 'withdrawn'"""
)
_TIMERS = Statement[tuple[str, int, str, str, int, str, str | None, str]](
    """SELECT c.reference, t.stay, t.ladder, t.rung, t.occurrence, t.due_at, t.settled_at, t.outcome
    FROM timers t JOIN cases c ON c.id = t.case_id"""
)


@dataclass(frozen=True)
class Rows:
    """The rows that a preview speaks of, by what they are called."""

    noted: set[Noted]
    waivers: set[tuple[Noted, str]]  # with its moment: one may be given again
    parties: set[Noted]
    players: set[Noted]
    cases: dict[str, tuple[str, str, bool]]  # workflow, state, whether it is closed
    void: set[str]
    dates: dict[tuple[str, str, str], date]
    letters: dict[int, LetterToCome]
    timers: dict[tuple[str, int, str], tuple[datetime, str | None, str]]
    withdrawn: set[int]


def rows(database: Database) -> Rows:
    with reading(database) as session:
        return Rows(
            noted={Noted(*row) for row in session.all(_NOTED)} | set(_facts(session)),
            waivers={
                (Noted(case, "waiver", name, f"by {role}"), at)
                for case, name, role, at in session.all(_WAIVERS)
            },
            parties={Noted(*row) for row in session.all(_PARTIES)},
            players={Noted(*row) for row in session.all(_PLAYERS)},
            cases={
                r: (workflow, s, end is not None) for r, workflow, s, end, _ in session.all(_CASES)
            },
            void={row[0] for row in session.all(_CASES) if row[-1]},
            dates={
                (reference, name, life): date.fromisoformat(day)
                for reference, name, *days in session.all(_DATES)
                for life, day in zip(("baseline", "forecast", "actual"), days, strict=True)
                if day is not None
            },
            letters={
                number: LetterToCome(
                    *(reference, letter, audience, name or ""),
                    str(json.loads(facts).get("reason") or ""),
                )
                for number, reference, letter, audience, name, facts in session.all(_LETTERS)
            },
            timers={
                (reference, stay, f"{ladder}/{rung}/{n}"): (to_instant(due), settled, outcome)
                for reference, stay, ladder, rung, n, due, settled, outcome in session.all(_TIMERS)
            },
            withdrawn={number for (number,) in session.all(_WITHDRAWN)},
        )


def between(before: Rows, after: Rows) -> Preview:
    """What became of the rows, as a preview would have said it; it is in no order."""
    known, now = before.cases, after.cases
    return in_order(
        Preview(
            noted=tuple(_noted(before, after)),
            states=tuple(
                StateChange(each, known[each][1], now[each][1])
                for each in known
                if known[each][1] != now[each][1]
            ),
            opened=tuple(CaseChange(e, *now[e][:2]) for e in now if e not in known),
            closed=tuple(
                CaseChange(e, *now[e][:2])
                for e in now
                if now[e][2] and not known.get(e, now[e])[2] and e not in after.void
            ),
            void=tuple(CaseChange(e, *now[e][:2]) for e in after.void - before.void),
            dates=tuple(_dates(before, after)),
            letters=tuple(
                letter for number, letter in after.letters.items() if number not in before.letters
            ),
            withdrawn=tuple(after.letters[n] for n in after.withdrawn - before.withdrawn),
            timers=tuple(
                _timer(place[0], place[2], before.timers.get(place), row)
                for place, row in after.timers.items()
                if before.timers.get(place) != row
            ),
        )
    )


def _noted(before: Rows, after: Rows) -> set[Noted]:
    """Of a new case only who takes part is told, not what it begins with."""
    waived = {each for each, _ in after.waivers - before.waivers}
    named = (after.parties | after.players) - before.parties - before.players
    written = (after.noted - before.noted) | waived
    gone = set(_gone(before, after))
    return named | gone | {each for each in written if each.case in before.cases}


def _gone(before: Rows, after: Rows) -> Iterator[Noted]:
    """What stood and stands no more: facts, signatures, waivers."""
    still = {(each.case, each.which) for each in after.noted if each.what == "fact"}
    for each in before.noted - after.noted:
        if each.what == "fact" and (each.case, each.which) not in still:
            yield Noted(each.case, "fact", each.which, "taken away")
        if each.what == "signature":
            yield Noted(each.case, "taken back", each.which, f"signature under {each.detail}")
    there = {(each.case, each.which) for each, _ in after.waivers}
    for each, _ in before.waivers:
        if (each.case, each.which) not in there:
            yield Noted(each.case, "taken back", each.which, "waiver")


def _facts(session: Session) -> Iterator[Noted]:
    for case, facts in session.all(_FACTS):
        for name, value in json.loads(facts).items():
            yield Noted(case, "fact", name, _read(value))


def _read(value: object) -> str:
    """A fact as people read it; of the reasons for a flag what they say."""
    if value in ("", []):
        return "nothing"
    if isinstance(value, list):
        return ", ".join(f"{each['words']} ({each['severity']})" for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _dates(before: Rows, after: Rows) -> Iterator[DateChange]:
    for place in {**before.dates, **after.dates}:
        was, now = before.dates.get(place), after.dates.get(place)
        if was != now:
            reference, name, life = place
            yield DateChange(
                reference, name, cast('Literal["baseline", "forecast", "actual"]', life), was, now
            )


PARTS = (
    *("noted", "states", "opened", "closed", "void"),
    *("dates", "letters", "withdrawn"),
)


def in_order(found: Preview) -> Preview:
    """The same, every part in an order of its own, without warnings and titles of ladders."""
    return replace(
        found,
        warnings=(),
        **{part: tuple(sorted(getattr(found, part), key=repr)) for part in PARTS},
        timers=tuple(sorted((replace(e, what="") for e in found.timers), key=repr)),
    )


def _timer(
    case: str,
    key: str,
    before: tuple[datetime, str | None, str] | None,
    after: tuple[datetime, str | None, str],
) -> TimerChange:
    due_before = before[0] if before is not None and before[1] is None else None
    due_at, settled_at, outcome = after
    if settled_at is not None:
        return TimerChange(case, key, "settled", due_before, due_at, outcome)
    change: Literal["armed", "moved"] = "armed" if due_before is None else "moved"
    return TimerChange(case, key, change, due_before, due_at, "")
