"""Folding a journal: what its entries, one after the other, make of a case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

Row = list[object]
Entry = Mapping[str, object]


class FoldError(Exception):
    """An entry does not follow from the ones before it; the message says how."""


@dataclass(slots=True)
class Folded:
    """A case as its journal tells it; every part keyed as its rows are."""

    reference: str = ""
    opened: Row = field(default_factory=list)
    state: str = ""
    stay: int = 0
    version: int = 0
    entered_at: str = ""
    closed: bool = False
    holds_place: bool = False
    facts: dict[str, object] = field(default_factory=dict)
    partnership: int = 1
    ended: list[Row] = field(default_factory=list)
    stays: dict[object, Row] = field(default_factory=dict)
    pauses: list[Row] = field(default_factory=list)
    records: dict[object, Row] = field(default_factory=dict)
    signatures: dict[object, Row] = field(default_factory=dict)
    dates: dict[object, Row] = field(default_factory=dict)
    waivers: dict[object, Row] = field(default_factory=dict)
    timers: dict[object, Row] = field(default_factory=dict)
    letters: dict[object, Row] = field(default_factory=dict)
    void: bool = False
    voided: dict[object, Row] = field(default_factory=dict)
    corrects: dict[object, Row] = field(default_factory=dict)


def follow(folded: Folded, text: str) -> None:
    """Let one more entry happen; FoldError when it cannot follow."""
    try:
        _follow(folded, cast("Entry", json.loads(text)))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise FoldError(f"it cannot be read ({error!r})") from error


def _follow(folded: Folded, entry: Entry) -> None:
    if entry["version"] != folded.version + 1:
        raise FoldError(f"it says that it makes version {entry['version']}")
    if folded.version and entry["from"] != folded.state:
        raise FoldError(f"it leaves {entry['from']}, but the case was in {folded.state}")
    _stand(folded, entry)
    if "restored" in entry:
        _restore(folded, cast("Entry", entry["restored"]))
    _gather(folded, entry)
    _settle(folded, entry)


def _stand(folded: Folded, entry: Entry) -> None:
    opened = cast("Mapping[str, str]", entry.get("opened", {}))
    if opened:
        folded.reference = opened["reference"]
        folded.opened = [opened[name] for name in ("workflow", "definition", "at", "parent")]
    if "definition" in entry:
        folded.opened[1] = entry["definition"]
    folded.version = cast(int, entry["version"])
    folded.state = cast(str, entry["to"])
    folded.stay = cast(int, entry["visit"])
    folded.entered_at = cast(str, entry["entered_at"])
    folded.closed = cast(bool, entry["closed"])
    folded.holds_place = cast(bool, entry["holds_place"])
    folded.partnership = cast(int, entry.get("partnership", 1))
    folded.ended += _rows(entry, "ended")
    folded.void = cast(bool, entry.get("void", folded.void))
    folded.facts.update(cast("Mapping[str, object]", entry.get("facts", {})))
    for name in cast("list[str]", entry.get("dropped", [])):
        folded.facts.pop(name, None)


def _gather(folded: Folded, entry: Entry) -> None:
    for stay in _rows(entry, "visits"):
        folded.stays[stay[0]] = [*stay[1:], 1][:4]  # the first partnership is not said
    for pause in _rows(entry, "pauses"):
        open_one = folded.pauses and folded.pauses[-1][1] is None
        if open_one and folded.pauses[-1][0] == pause[0]:
            folded.pauses.pop()
        folded.pauses.append(pause)
    _gather_records(folded, entry)
    for name, dates in cast("Mapping[str, Row]", entry.get("dates", {})).items():
        folded.dates[name, folded.partnership] = dates
    waiver = cast("Row", entry.get("waiver", []))
    if waiver:
        folded.waivers[waiver[0], folded.partnership] = waiver[1:]
    folded.letters.update({key: letter for key, *letter in _rows(entry, "letters")})


def _gather_records(folded: Folded, entry: Entry) -> None:
    for name, number, *record in _rows(entry, "records"):
        # Entries from before it named a centre.
        centre = record[2:] or [""]
        folded.records[name, number] = [*record[:2], folded.partnership, *centre]
    for name, number, *correction in _rows(entry, "corrects"):
        folded.corrects[name, number] = correction
    for record_name, number, role, person, on, *centre in _rows(entry, "signatures"):
        key = record_name, number, role, *(centre or [""])  # entries from before it was noted
        folded.signatures[key] = [person, on]


def _restore(folded: Folded, whole: Entry) -> None:
    """What was put right stands whole in the entry, and nothing else of its kind stands."""
    now = folded.partnership
    folded.ended = [row for row in folded.ended if cast(int, row[0]) < now]
    folded.stays = {stay[0]: [*stay[1:], 1][:4] for stay in _rows(whole, "visits")}
    folded.pauses = _rows(whole, "pauses")
    folded.voided = {(name, number): row for name, number, *row in _rows(whole, "void")}
    folded.signatures = {tuple(row[:4]): row[4:] for row in _rows(whole, "signatures")}
    dates = cast("Mapping[str, Row]", whole["dates"])
    folded.dates = _but(folded.dates, now) | {(n, now): row for n, row in dates.items()}
    waivers = {(row[0], now): row[1:] for row in _rows(whole, "waivers")}
    folded.waivers = _but(folded.waivers, now) | waivers
    timers = _rows(whole, "timers")
    kept = folded.stays.keys() - {stay for stay, _ in timers}
    folded.timers = {k: row for k, row in folded.timers.items() if cast("Row", k)[0] in kept}
    for stay, rows in timers:
        for key, *row in cast("list[Row]", rows):
            folded.timers[stay, key] = row


def _but(rows: dict[object, Row], partnership: int) -> dict[object, Row]:
    """Those of partnerships before it."""
    return {k: row for k, row in rows.items() if cast("tuple[str, int]", k)[1] < partnership}


def _settle(folded: Folded, entry: Entry) -> None:
    at, left, stay = entry["at"], entry["left_visit"], entry["visit"]
    for key, outcome in _rows(entry, "settled"):
        folded.timers[left, key] = [*folded.timers.get((left, key), [None, False])[:2], at, outcome]
    for key, due_at, graced in (*_rows(entry, "moved"), *_rows(entry, "armed")):
        folded.timers[stay, key] = [due_at, graced, None, ""]
    if folded.closed:
        for timer in folded.timers.values():
            timer[2:] = timer[2:] if timer[2] else [at, "cancelled"]


def _rows(entry: Entry, name: str) -> list[Row]:
    return cast("list[Row]", entry.get(name, []))
