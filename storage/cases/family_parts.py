"""The parts of a family's cases as values, by the case they belong to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from engine.model.dossier import (
    CaseId,
    MilestoneDates,
    Party,
    Pause,
    Person,
    PersonId,
    RecordVersion,
    Signature,
    Stay,
    Timer,
    Waiver,
)
from engine.model.family import Letter
from engine.time.working_days import Workdays
from storage.cases.absence_parts import absences, when_away
from storage.cases.cast_rows import PartyRow, PersonRow
from storage.cases.family_rows import FamilyRows, RecordRow, SentRow, TimerRow
from storage.database.columns import (
    to_instant,
    to_mapping,
    to_optional_day,
    to_optional_instant,
    to_slot,
    to_spans,
    to_words,
)
from storage.letter_rows import letter_in

StayKey = tuple[CaseId, int]
OFFICE = "office"
# A family is read at each look, and what was filed and sent in it seldom differs from the last one.
_KEPT = 4096
_NO_OFFICE = Party(OFFICE, OFFICE, "the programme", "the programme", "", "UTC", Workdays.plain())


@dataclass(frozen=True, slots=True)
class Parts:
    stays: Mapping[CaseId, tuple[Stay, ...]]
    pauses: Mapping[CaseId, tuple[Pause, ...]]
    dates: Mapping[CaseId, Mapping[str, MilestoneDates]]
    waivers: Mapping[CaseId, tuple[Waiver, ...]]
    records: Mapping[CaseId, Mapping[str, tuple[RecordVersion, ...]]]
    timers: Mapping[StayKey, tuple[Timer, ...]]
    held: Mapping[tuple[CaseId, str], datetime]
    letters: Mapping[StayKey, tuple[Letter, ...]]
    parties: Mapping[CaseId, Mapping[str, tuple[Party, ...]]]
    office: Party
    people: tuple[tuple[CaseId | None, Person], ...]


def parts(rows: FamilyRows) -> Parts:
    timers, held = _timers(rows.timers.rows)
    parties, office = _parties(rows)
    return Parts(
        stays=_stays(rows),
        pauses=_pauses(rows),
        dates=_dates(rows),
        waivers=_waivers(rows),
        records=_records(rows),
        timers=timers,
        held=held,
        letters=_letters(rows.letters.rows),
        parties=parties,
        office=office,
        people=_people(rows),
    )


def _stays(rows: FamilyRows) -> dict[CaseId, tuple[Stay, ...]]:
    found: dict[CaseId, tuple[Stay, ...]] = {}
    for case, number, state, entered_at, left_at, partnership in rows.stays.rows:
        left = to_optional_instant(left_at)
        stay = Stay(number, state, to_instant(entered_at), left, partnership)
        found[CaseId(case)] = (*found.get(CaseId(case), ()), stay)
    return found


def _pauses(rows: FamilyRows) -> dict[CaseId, tuple[Pause, ...]]:
    found: dict[CaseId, tuple[Pause, ...]] = {}
    for case, began_on, ended_on in rows.pauses.rows:
        pause = Pause(date.fromisoformat(began_on), to_optional_day(ended_on))
        found[CaseId(case)] = (*found.get(CaseId(case), ()), pause)
    return found


def _dates(rows: FamilyRows) -> dict[CaseId, dict[str, MilestoneDates]]:
    found: dict[CaseId, dict[str, MilestoneDates]] = defaultdict(dict)
    for case, name, baseline, forecast, actual, moved_to, reason, agreed in rows.dates.rows:
        found[CaseId(case)][name] = MilestoneDates(
            to_optional_day(baseline),
            to_optional_day(forecast),
            to_optional_day(actual),
            to_optional_day(moved_to),
            reason,
            bool(agreed),
        )
    return found


def _waivers(rows: FamilyRows) -> dict[CaseId, tuple[Waiver, ...]]:
    """Those of former partnerships too."""
    found: dict[CaseId, tuple[Waiver, ...]] = {}
    for case, name, by, role, reason, at, partnership in rows.waivers.rows:
        waiver = Waiver(name, by, role, reason, to_instant(at), partnership)
        found[CaseId(case)] = (*found.get(CaseId(case), ()), waiver)
    return found


def _records(rows: FamilyRows) -> dict[CaseId, dict[str, tuple[RecordVersion, ...]]]:
    """Every version of every record with its signatures, oldest first."""
    signed: dict[tuple[int, str, int], list[Signature]] = defaultdict(list)
    for case, record, number, role, person, on, centre in rows.signatures.rows:
        signature = Signature(role, person, date.fromisoformat(on), centre)
        signed[case, record, number].append(signature)
    found: dict[CaseId, dict[str, tuple[RecordVersion, ...]]] = defaultdict(dict)
    for row in rows.records.rows:
        case, name, number = row[:3]
        version = _version(row, tuple(signed.get((case, name, number), ())))
        of_case = found[CaseId(case)]
        of_case[name] = (*of_case.get(name, ()), version)
    return found


@lru_cache(_KEPT)
def _version(row: RecordRow, signatures: tuple[Signature, ...]) -> RecordVersion:
    _, _, number, content, filed_at, filed_by, imported, centre = row[:8]
    partnership, void, corrects, reason = row[8:]
    return RecordVersion(
        number=number,
        content=to_mapping(content),
        filed_at=to_instant(filed_at),
        filed_by=filed_by,
        imported=bool(imported),
        signatures=signatures,
        centre=centre,
        partnership=partnership,
        void=void,
        corrects=corrects,
        reason=reason,
    )


def _timers(
    rows: list[TimerRow],
) -> tuple[dict[StayKey, tuple[Timer, ...]], dict[tuple[CaseId, str], datetime]]:
    """The timers of each stay that counts, and those that wake at another moment than due."""
    found: dict[StayKey, list[Timer]] = defaultdict(list)
    held: dict[tuple[CaseId, str], datetime] = {}
    for row in rows:
        case, due_at, wake_at, settled_at = CaseId(row[0]), row[5], row[6], row[7]
        timer = Timer(
            ladder=row[2],
            rung=row[3],
            occurrence=row[4],
            due_at=to_instant(due_at),
            settled_at=to_optional_instant(settled_at),
            outcome=row[8],
            graced=bool(row[9]),
            not_before=to_optional_instant(row[10]),
        )
        found[case, row[1]].append(timer)
        if settled_at is None and wake_at != due_at:
            held[case, timer.key] = to_instant(wake_at)
    return {stay: tuple(each) for stay, each in found.items()}, held


def _letters(rows: list[SentRow]) -> dict[StayKey, tuple[Letter, ...]]:
    """What each case owes and was sent in the stays that count, in the order it was owed."""
    found: dict[StayKey, list[Letter]] = defaultdict(list)
    for letter in map(_letter, rows):
        found[letter.case_id, letter.stay].append(letter)
    return {stay: tuple(each) for stay, each in found.items()}


@lru_cache(_KEPT)
def _letter(row: SentRow) -> Letter:
    name, state, settled_at, reason = row[-4:]
    settled = to_optional_instant(settled_at)
    return replace(letter_in(row[:-4]), name=name, state=state, reason=reason, settled_at=settled)


def _parties(rows: FamilyRows) -> tuple[dict[CaseId, dict[str, tuple[Party, ...]]], Party]:
    """The centres of each case by side, and the programme's own office."""
    found: dict[CaseId, dict[str, tuple[Party, ...]]] = defaultdict(dict)
    office = _NO_OFFICE
    for row in rows.parties.rows:
        party = party_of(row)
        if row[0] is None:
            office = party
        else:
            sides = found[CaseId(row[0])]
            sides[party.side] = (*sides.get(party.side, ()), party)
    return found, office


@lru_cache(_KEPT)
def party_of(row: PartyRow) -> Party:
    _, _, side, key, name, short_name, country, region, zone, closures, city, facts, language = row
    workdays = Workdays(country or None, region or None, to_spans(closures))
    named = (side, key, name, short_name, country, zone)
    return Party(*named, workdays, city, to_mapping(facts), language)


def _people(rows: FamilyRows) -> tuple[tuple[CaseId | None, Person], ...]:
    """Whoever plays a role now, with their absences."""
    away = absences(rows.away.rows)
    return tuple(
        (None if row[0] is None else CaseId(row[0]), when_away(person_of(row), away))
        for row in rows.people.rows
    )


def person_of(row: PersonRow) -> Person:
    return Person(
        id=PersonId(row[1]),
        name=row[2],
        email=row[3],
        role=row[4],
        main=bool(row[5]),
        function=row[6],
        department=row[7],
        language=row[8],
        phone=row[9],
        languages=to_words(row[10]),
        hours=row[11],
        reachable=bool(row[12]),
        centre=row[13],
        key=row[14],
        general=row[0] is None,
        slot=to_slot(row[16]),
        calm_until=to_optional_day(row[17]),
    )
