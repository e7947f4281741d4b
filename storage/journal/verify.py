"""Proving every journal: its chain unbroken, and what it tells is what the rows say (P14)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from engine.model.dossier import CaseId
from storage.database.columns import digest, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.errors import StorageError
from storage.journal.journal import chained
from storage.journal.replay import Folded, FoldError, follow
from storage.journal.snapshot import standing
from storage.schema.tables import CASES, JOURNAL

_C, _J = CASES.c, JOURNAL.c
_CASES = Statement[tuple[int, str, int, str]](
    select(_C.id, _C.reference, _C.version, _C.head)
    .where(_C.id > given("after"))
    .order_by(_C.id)
    .limit(500)
)
_ENTRIES = Statement[tuple[int, str, str, str, str, str, str]](
    select(_J.seq, _J.at, _J.kind, _J.entry, _J.note, _J.prev, _J.hash)
    .where(_J.case_id == given("case"))
    .order_by(_J.seq)
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the journal proves; ``entry`` is the first bad one, if any is."""

    case_id: CaseId
    reference: str
    entry: int | None
    what: str


class _Entry(NamedTuple):
    seq: int
    at: str
    kind: str
    entry: str
    note: str
    prev: str
    hash: str


class _Case(NamedTuple):
    id: int
    reference: str
    version: int
    head: str


def verify(session: Session) -> Iterator[Finding]:
    """What is wrong in any case; nothing when every journal holds and gives the rows."""
    after = 0
    while rows := session.all(_CASES, after=after):
        for row in rows:
            yield from _verified(session, _Case(*row))
        after = rows[-1][0]


def _verified(session: Session, case: _Case) -> Iterator[Finding]:
    entries = [_Entry(*row) for row in session.all(_ENTRIES, case=case.id)]
    folded = Folded()
    bad = _first_bad(case, entries, folded)
    if bad is not None:
        seq, what = bad
        yield Finding(CaseId(case.id), case.reference, seq, what)
        return
    try:
        differences = list(_differences(session, case, folded))
    except (StorageError, ValueError) as error:
        differences = [f"its rows cannot be read: {error}"]
    for what in differences:
        yield Finding(CaseId(case.id), case.reference, None, what)


def _first_bad(case: _Case, entries: list[_Entry], folded: Folded) -> tuple[int, str] | None:
    """The first entry that is missing, foreign or changed, folding those before it."""
    before = ["", ""]  # the hashes of the two entries before
    for number, entry in enumerate(entries, start=1):
        bad = _bad(number, entry, before) or _own_fault(number, entry, folded)
        if bad is not None:
            return bad
        before = [before[1], entry.hash]
    if len(entries) != case.version:
        return _wrong_end(case, len(entries))
    if before[1] != case.head:
        return len(entries), f"entry {len(entries)} was changed: the case holds another hash of it"
    return None


def _bad(number: int, entry: _Entry, before: list[str]) -> tuple[int, str] | None:
    """Whether an entry hangs together with the ones before it, and if not, which one is bad."""
    if entry.seq != number:
        return number, f"entry {number} is missing: the next one is {entry.seq}"
    if chained(entry.prev, entry.entry) != entry.hash:
        return number, f"entry {number} was changed: its hash is another"
    version = _version(entry)
    if version == number - 1 and entry.prev == before[0]:
        return version, f"entry {version} was inserted: entry {number} is the true one"
    if version != number:
        return number, f"entry {number} is not here: this is the entry of version {version}"
    if entry.prev != before[1]:
        last = max(1, number - 1)
        return last, f"entry {last} was changed: entry {number} continues another one"
    return None


def _version(entry: _Entry) -> object:
    try:
        return to_mapping(entry.entry).get("version")
    except (ValueError, StorageError):
        return "unreadable"


def _wrong_end(case: _Case, there: int) -> tuple[int, str]:
    if there < case.version:
        return there + 1, f"entry {there + 1} is missing: the case is at version {case.version}"
    seq = case.version + 1
    return seq, f"entry {seq} was added: the case is at version {case.version}"


def _own_fault(number: int, entry: _Entry, folded: Folded) -> tuple[int, str] | None:
    """What is wrong with an entry beside its hash: it cannot follow, or the words beside it."""
    try:
        follow(folded, entry.entry)
    except FoldError as error:
        return number, f"entry {number} was changed: {error}"
    told = to_mapping(entry.entry)
    if (told["at"], told["kind"]) != (entry.at, entry.kind):
        return number, f"entry {number} was changed: its moment or kind is another"
    if told.get("note", "") != (digest(entry.note) if entry.note else ""):
        return number, f"entry {number} was changed: its note is another"
    return None


def _differences(session: Session, case: _Case, folded: Folded) -> Iterator[str]:
    """Where the rows say something else than the journal."""
    rows = standing(session, CaseId(case.id))
    if folded.version == 0:
        return
    for name in Folded.__slots__:
        told, found = getattr(folded, name), getattr(rows, name)
        if told == found:
            continue
        if isinstance(told, dict) and isinstance(found, dict):
            keys = [key for key in {**told, **found} if told.get(key) != found.get(key)]
            for key in sorted(keys, key=str):
                yield f"{name} {_shown(key)}: {_both(told.get(key), found.get(key))}"
        else:
            yield f"{name}: {_both(told, found)}"


def _both(told: object, found: object) -> str:
    return f"the journal says {_shown(told)}, the rows say {_shown(found)}"


def _shown(value: object) -> str:
    words = {None: "nothing", True: "there", False: "not there"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return str(value)
