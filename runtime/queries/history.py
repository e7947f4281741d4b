"""The history of a case, entry by entry, and the proof that every history holds."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from engine.decide.past_acts import said_of
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.partners import every_version
from runtime.past import known
from runtime.queries.journal_changes import Change, Telling
from runtime.wiring import Runtime
from storage.cases import views
from storage.cases.views import CaseLine
from storage.database.transactions import Session, reading
from storage.journal import lines, past, verify
from storage.journal.lines import JournalLine
from storage.programme import catalogues

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a journal."""

    entry: int
    at: datetime
    kind: str
    what: str
    by: str
    role: str
    left: str
    entered: str
    note: str
    hash: str
    heard: tuple[str, ...] = ()  # from whom, and how, where the office noted what somebody said
    title: str = ""  # of the record, the step, the milestone that it is about
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A journal that does not hold; ``entry`` is its first bad one, if any is."""

    case: str
    number: int
    entry: int | None
    what: str


def entries(runtime: Runtime, case_id: CaseId, after: int, limit: int) -> Iterator[Entry]:
    """The entries after one, the oldest first."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
        family = runtime.store.load(session, case_id, known(runtime), lock=False)
        records, mended = every_version(family.whole(case_id)), _mended(session, line)
    acts = cache(partial(_acts, runtime, family.root))
    telling, seen = Telling(runtime.workflow(line.digest), records, acts), 0
    while limit > 0:
        with reading(runtime.database) as session:
            page = lines.journal_lines(session, case_id, seen, _PAGE)
        told = [_entry(line, telling) for line in page]  # those before it too: what stood before
        wanted = [entry for entry in told if entry.entry > after][:limit]
        for entry in wanted:
            while mended and mended[0].at <= entry.at:
                yield mended.popleft()
            yield entry
        if len(page) < _PAGE:
            yield from mended
            return
        seen, limit = page[-1].seq, limit - len(wanted)


def _acts(runtime: Runtime, root: CaseId) -> Mapping[int, str]:
    """Every act of a family in words, with its entry and the case in whose journal it stands."""
    with reading(runtime.database) as session:
        happened = past.read(session, root).happened
        those = {case: views.case_line(session, case) for case in {each.case for each in happened}}
    return {
        each.turn: f"{said_of(runtime.workflow(those[each.case].digest), each)}, "
        f"in {those[each.case].reference} entry {each.version}"
        for each in happened
    }


def _mended(session: Session, line: CaseLine) -> deque[Entry]:
    """When the words of letters were mended under the case: no entry of its own, but of all."""
    until = line.closed_at
    return deque(
        Entry(
            *(0, each.at, "words_mended", ", ".join(each.changed), SYSTEM, SYSTEM),
            *(line.state, line.state, "the words of letters were changed", each.hash),
        )
        for each in catalogues.mended(session)
        if line.opened_at < each.at and (until is None or each.at <= until)
    )


def _entry(line: JournalLine, telling: Telling) -> Entry:
    written = line.entry.get("heard")
    heard = tuple(map(str, written)) if isinstance(written, list) else ()
    words = (getattr(line, name) for name in ("seq", *Entry.__slots__[1:-3]))
    title = telling.title(line.kind, line.what)
    return replace(Entry(*words), heard=heard, title=title, changes=telling.changes(line.entry))


def findings(runtime: Runtime) -> tuple[Finding, ...]:
    """Every journal that does not hold or does not give the rows."""
    with reading(runtime.database) as session:
        return tuple(
            Finding(each.reference, each.case_id, each.entry, each.what)
            for each in verify.verify(session)
        )
