"""What a family stands at, to compare one life with another: read off the rows, by hand."""

import json
from dataclasses import dataclass

from storage.database.statements import Statement
from storage.database.transactions import Session, reading
from tests.support.pairs import Pair

_CASES = Statement[tuple[str, str, str, str, bool]](
    "SELECT reference, state, facts, coalesce(closed_at, ''), holds_place FROM cases WHERE NOT void"
)
_RECORDS = Statement[tuple[str, str, str, str, str]](
    """SELECT c.reference, r.name, r.content, r.centre, r.filed_at
    FROM records r JOIN cases c ON c.id = r.case_id
    WHERE r.void = '' AND NOT c.void ORDER BY c.reference, r.name, r.number"""
)
_SIGNED = Statement[tuple[str, str, str, str]](
    """SELECT c.reference, s.record, s.role, s.person
    FROM signatures s JOIN cases c ON c.id = s.case_id
    JOIN records r ON r.case_id = s.case_id AND r.name = s.record AND r.number = s.number
    WHERE r.void = '' AND NOT c.void"""
)
_WAIVERS = Statement[tuple[str, str, str]](
    """SELECT c.reference, w.requirement, w.reason
    FROM waivers w JOIN cases c ON c.id = w.case_id WHERE NOT c.void"""
)
_DATES = Statement[tuple[str, str, str, str, str, str]](
    """SELECT c.reference, m.name, coalesce(m.baseline, ''), coalesce(m.forecast, ''),
        coalesce(m.actual, ''), coalesce(m.moved_to, '')
    FROM milestones m JOIN cases c ON c.id = m.case_id
    WHERE m.partnership = c.partnership AND NOT c.void"""
)
_STAYS = Statement[tuple[str, int, str, str]](
    """SELECT c.reference, s.number, s.state, coalesce(s.left_at, '')
    FROM stays s JOIN cases c ON c.id = s.case_id WHERE NOT c.void"""
)
_ARMED = Statement[tuple[str, int, str, str, int, str]](
    """SELECT c.reference, t.stay, t.ladder, t.rung, t.occurrence, t.due_at
    FROM timers t JOIN cases c ON c.id = t.case_id
    WHERE t.settled_at IS NULL AND NOT c.void"""
)
_UNSENT = Statement[tuple[str, str, str, str]](
    """SELECT c.reference, i.letter, i.audience, coalesce(p.key, '')
    FROM intents i JOIN cases c ON c.id = i.case_id LEFT JOIN people p ON p.id = i.person_id
    LEFT JOIN messages m ON m.id = i.message_id
    WHERE coalesce(m.state, i.state) IN ('owed', 'waiting')"""
)


_CAST = Statement[tuple[str, str, str]](
    """SELECT c.reference, p.side, s.key FROM parties p JOIN cases c ON c.id = p.case_id
    JOIN centres s ON s.id = p.centre_id
    UNION ALL SELECT c.reference, r.role, p.key FROM roles r JOIN cases c ON c.id = r.case_id
    JOIN people p ON p.id = r.person_id WHERE r.ends_on IS NULL"""
)


@dataclass(frozen=True)
class Standing:
    """Everything that must be as in a life without the mistake."""

    cases: object
    records: object
    signed: object
    waivers: object
    dates: object
    stays: object
    armed: object
    unsent: object
    cast: object


def standing(pair: Pair) -> Standing:
    with reading(pair.world.runtime.database) as session:
        return Standing(
            cases=_cases(session),
            records=[row[:4] for row in session.all(_RECORDS)],
            signed=sorted(session.all(_SIGNED)),
            waivers=sorted(session.all(_WAIVERS)),
            dates=sorted(session.all(_DATES)),
            stays=sorted((r, n, s, bool(left)) for r, n, s, left in session.all(_STAYS)),
            armed=sorted(session.all(_ARMED)),
            unsent=sorted(session.all(_UNSENT)),
            cast=sorted(session.all(_CAST)),
        )


def _cases(session: Session) -> list[tuple[str, str, str, bool, bool]]:
    found = [
        (reference, state, json.dumps(json.loads(facts), sort_keys=True), bool(closed), bool(holds))
        for reference, state, facts, closed, holds in session.all(_CASES)
    ]
    return sorted(found)
