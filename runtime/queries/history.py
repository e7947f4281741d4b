"""The history of a case, entry by entry, and the proof that every history holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from engine.model.dossier import CaseId
from engine.model.partners import every_version
from runtime.families import dossier_of
from runtime.queries.journal_changes import Change, Telling
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading
from storage.journal import lines, verify
from storage.journal.lines import JournalLine

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
        records = every_version(dossier_of(runtime, session, case_id))
    telling, seen = Telling(runtime.workflow(line.digest), records), 0
    while limit > 0:
        with reading(runtime.database) as session:
            page = lines.journal_lines(session, case_id, seen, _PAGE)
        told = [_entry(line, telling) for line in page]  # those before it too: what stood before
        wanted = [entry for entry in told if entry.entry > after][:limit]
        yield from wanted
        if len(page) < _PAGE:
            return
        seen, limit = page[-1].seq, limit - len(wanted)


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
