"""What the looking verbs of `pairing pair` answer: bodies for machines, lines for people."""

from collections.abc import Mapping

from cli.shared.decision import unmet_body, unmet_lines
from cli.shared.output import Human, Table
from engine.decide.explain import Way
from engine.model.outcomes import Unmet
from engine.time.zones import local_day
from runtime.queries.show_case import Whole
from runtime.queries.why import OpenAsk, Why
from storage.cases.views import CaseLine, JournalLine


def centres_of(line: CaseLine) -> str:
    return " - ".join(side.name for side in line.sides)


def line_body(line: CaseLine) -> dict[str, object]:
    return {
        "reference": line.reference,
        "number": line.id,
        "workflow": line.workflow,
        "state": line.state,
        "since": line.entered_at,
        "opened_at": line.opened_at,
        "closed_at": line.closed_at,
        "next_due_at": line.next_due_at,
        "centres": {side.side: side.key for side in line.sides},
    }


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
                "signed_by": [each.role for each in versions[-1].signatures],
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
        (n, v[-1].number, v[-1].filed_at, v[-1].filed_by, [s.role for s in v[-1].signatures])
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


def why_body(found: Why) -> dict[str, object]:
    return {
        "pair": found.reference,
        "state": found.state,
        "title": found.title,
        "since": found.since,
        "acts": list(found.acts),
        "ways": [_way(each) for each in found.ways],
        "open": [_open(each) for each in found.open],
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "trigger": way.trigger,
        "title": way.title,
        "target": way.target,
        "by": list(way.by),
        "open": way.is_open,
        "unmet": [unmet_body(_mapping(each)) for each in way.unmet],
        "warnings": [unmet_body(_mapping(each)) for each in way.warnings],
    }


def _open(ask: OpenAsk) -> dict[str, object]:
    return {
        "what": ask.what,
        "whose_turn": ask.whose_turn,
        "since": ask.since,
        "working_days": ask.working_days,
        "late_on": ask.late_on,
        "asked": [dict(each) for each in ask.asked],
    }


def why_lines(pair: str, found: Why) -> list[Human]:
    lines: list[Human] = [f"{found.reference}: {found.title} ({found.state}), since {found.since}"]
    for ask in found.open:
        lines.append(
            f"\nasked for: {ask.what}; whose turn: {ask.whose_turn}; "
            f"since {ask.since} ({ask.working_days} working days), late on {ask.late_on}"
        )
        lines += [
            f"  {each['on']}  {each['letter']} to {each['person']}  {each['outcome']}"
            for each in ask.asked
        ]
    for way in (each for each in found.ways if not each.asks_words):
        doors = "open" if way.is_open else f"{len(way.unmet)} missing"
        lines.append(f"\n{way.trigger} -> {way.target} ({way.title}; {', '.join(way.by)}): {doors}")
        lines += unmet_lines(pair, (_mapping(each) for each in way.unmet))
        lines += [f"  warning: {each.says} ({each.detail})" for each in way.warnings]
    lines += [f"\n{way.trigger}: {_with_words(way)}" for way in found.ways if way.asks_words]
    return [*lines, *_commands(pair, found)]


def _commands(pair: str, found: Why) -> list[str]:
    """How what is listed is done: said once, at the end."""
    if not found.ways:
        return ["\nIt has ended: no step leads on."] if not found.acts else []
    words = any(way.asks_words for way in found.ways)
    step = f"pairing pair advance {pair} STEP{' --note ... --as ROLE' if words else ''}"
    form = f"pairing pair form {pair} shows them, pairing pair record {pair} RECORD files one"
    return [f"\nto take a step: {step}\nto file a record: {form}"]


def _with_words(way: Way) -> str:
    asked = " ".join(each.remedy for each in way.unmet)
    return f"{way.title}, decided by {' or '.join(way.by)}. {asked}"


def _mapping(unmet: Unmet) -> Mapping[str, object]:
    return {name: getattr(unmet, name) for name in unmet.__slots__}


def entry_body(entry: JournalLine) -> dict[str, object]:
    return {
        "entry": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "what": entry.what,
        "by": entry.by,
        "role": entry.role,
        "left": entry.left,
        "entered": entry.entered,
        "note": entry.note,
        "hash": entry.hash,
    }
