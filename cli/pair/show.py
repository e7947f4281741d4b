"""`pairing pair show`: all that is known of a pair."""

from cli.pair.arguments import Pair
from cli.pair.line import centres_of, line_body
from cli.shared.opening import opened
from cli.shared.output import Human, Table, answer
from engine.model.dossier import RecordVersion
from engine.time.zones import local_day
from runtime.queries.find_case import find_case
from runtime.queries.show_case import Whole, show_case


def show(pair: Pair) -> None:
    """Show all that is known of a pair: dates, records, waivers, children."""
    with opened() as runtime:
        whole = show_case(runtime, find_case(runtime, pair))
    answer({"pair": whole_body(whole)}, *whole_tables(whole))


def whole_body(whole: Whole) -> dict[str, object]:
    return {
        **line_body(whole.line),
        "facts": dict(whole.line.facts),
        "dates": _dates(whole),
        "records": [
            {
                "record": name,
                "version": versions[-1].number,
                "filed_at": versions[-1].filed_at,
                "filed_by": versions[-1].filed_by,
                "imported": versions[-1].imported,
                "signed_by": _signed_by(whole, versions[-1]),
                "content": dict(versions[-1].content),
            }
            for name, versions in whole.dossier.records.items()
        ],
        "waivers": [
            {
                "requirement": w.requirement,
                "by": w.by,
                "role": w.role,
                "reason": w.reason,
                "at": w.at,
            }
            for w in whole.dossier.waivers.values()
        ],
        "people": [
            {"role": p.role, "name": p.name, "main": p.main, "reachable": p.reachable}
            for p in whole.dossier.people
        ],
        "children": [line_body(each) for each in whole.children],
    }


def _signed_by(whole: Whole, version: RecordVersion) -> list[str]:
    """The sides that have signed; of one that holds several centres, which."""
    several = {side for side, there in whole.dossier.parties.items() if len(there) > 1}
    return [f"{s.role}={s.centre}" if s.role in several else s.role for s in version.signatures]


def _dates(whole: Whole) -> list[dict[str, object]]:
    return [
        {
            "milestone": name,
            "baseline": dates.baseline,
            "forecast": dates.forecast,
            "actual": dates.actual,
            "moved_to": dates.moved_to,
            "reason": dates.reason,
        }
        for name, dates in whole.dossier.dates.items()
    ]


def whole_tables(whole: Whole) -> list[Human]:
    line, dossier = whole.line, whole.dossier
    dates = [(n, d.baseline, d.forecast, d.actual, d.reason) for n, d in dossier.dates.items()]
    records = [
        (n, v[-1].number, v[-1].filed_at, v[-1].filed_by, _signed_by(whole, v[-1]))
        for n, v in dossier.records.items()
    ]
    people = [
        (p.role, p.name, p.function, "main" if p.main else "", "" if p.reachable else "dead")
        for p in dossier.people
    ]
    children = [(c.reference, c.state, c.entered_at, c.closed_at) for c in whole.children]
    waivers = [(w.requirement, w.role, w.at, w.reason) for w in dossier.waivers.values()]
    tables = (
        Table(("milestone", "baseline", "forecast", "actual", "reason"), dates, "Dates"),
        Table(("record", "version", "filed", "by", "signed by"), records, "Records"),
        Table(("requirement", "waived by", "at", "reason"), waivers, "Waivers"),
        Table(("role", "name", "function", "", ""), people, "People"),
        Table(("case", "state", "since", "ended"), children, "Check-ins, sessions and flags"),
    )
    since = local_day(line.entered_at, dossier.office.zone)
    head = f"{line.reference} ({centres_of(line)}): {whole.title}, since {since}"
    parts: list[Human] = [head]
    for table in tables:
        parts += ["", table] if table.rows else []
    return parts
