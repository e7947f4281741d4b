"""The composition root: the one place that chooses the real parts, and closes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.letters.answers import Answers
from engine.model.adapting import as_adapted
from engine.model.definition import Workflow
from engine.model.dossier import Dossier
from engine.model.plan import Plan
from runtime.clock import Clock, ServerClock, system_clock
from runtime.definitions import (
    NotAvailableError,
    pinned,
    programme_folder,
    refuse_bad,
    sound_programme,
)
from runtime.pinned_letters import Offers, Texts, keep, note_words, offers, texts
from runtime.settings.settings import Settings
from runtime.store import ROWS, Store
from storage.database import meta
from storage.database.transactions import Database, open_database, reading, transaction
from storage.directory.directory import Centre
from storage.programme import catalogues, definitions
from workflows.programme import Programme

TOKEN = "token"  # noqa: S105 - a key, no secret: the key under which a database keeps its own token


@dataclass(frozen=True, slots=True)
class Runtime:
    """The real parts, chosen once."""

    settings: Settings
    programme: Programme
    database: Database
    clock: Clock
    texts: Texts  # of its letters by the definition of a case, loaded when one is written
    offers: Offers  # what its letters offer as answers, by the same
    pinned: dict[str, Workflow]  # by digest: current ones and those running cases are pinned to
    rehearsal: bool
    token: str  # of this database, in the id of every message it sends
    witness: Callable[[Plan, Dossier], None] | None = None  # sees every plan that is written
    store: Store = ROWS  # keeps families

    @property
    def catch_up_after(self) -> timedelta:
        """How late a timer is before the engine was down rather than busy."""
        return timedelta(minutes=self.settings.engine.catch_up_after_minutes)

    def only_tried(self) -> "Runtime":
        """The same parts for a dry run: nothing that is written is kept."""
        return replace(self, database=self.database.only_tried())

    def workflow(self, digest: str) -> Workflow:
        """The definition a case is pinned to (P12)."""
        if digest not in self.pinned:
            self.pinned[digest] = _pinned(self.database, digest)
        return self.pinned[digest]

    def answers_of(self, digest: str) -> Answers:
        """What the letters of cases on a definition offer as answers."""
        return self.offers(self.workflow(digest))

    def workflow_of(self, dossier: Dossier) -> Workflow:
        """The same as it holds in that case: with what was adapted there."""
        return as_adapted(self.workflow(dossier.digest), dossier)


@contextmanager
def open_runtime(
    settings: Settings, clock: Clock | None = None, programme: Programme | None = None
) -> Iterator[Runtime]:
    """Open everything, refuse to run half of it, close it again.

    A programme that is loaded already need not be read again. Without a clock it is the one that
    all workers share: that of the database server, or of this machine where the database is a file.
    """
    folder = programme_folder(settings)
    programme = programme or sound_programme(folder)
    database = open_database(settings.database.url)
    try:
        with reading(database) as session:
            rehearsal, token = meta.is_rehearsal(session), meta.get(session, TOKEN) or ""
            programme_made_for = meta.programme(session)
            digests = [each.digest for each in programme.workflows.values()]
            all_known = all(definitions.kept(session, digest) for digest in digests)
        if programme_made_for != programme.name:
            raise NotAvailableError(
                f"the database holds programme {programme_made_for or 'none'}, "
                f"the settings name {programme.name}; name the right database or programme"
            )
        if not all_known:
            refuse_bad(programme)
        moment = _stored_clock(database) if rehearsal else clock or _shared_clock(database)
        note_words(database, programme, moment())
        yield Runtime(
            settings=settings,
            programme=programme,
            database=database,
            clock=moment,
            texts=texts(folder, programme, database),
            offers=offers(programme, database),
            pinned={workflow.digest: workflow for workflow in programme.workflows.values()},
            rehearsal=rehearsal,
            token=token,
        )
    finally:
        database.close()


def office(settings: Settings) -> Centre:
    """The programme's own office: whose zone and holidays count where no centre's do."""
    own = settings.programme
    return Centre("office", own.office, own.office, "", own.country, own.zone)


def _pinned(database: Database, digest: str) -> Workflow:
    with reading(database) as session:
        found = definitions.kept(session, digest)
        sent = catalogues.kept(session, found.letters) if found and found.letters else None
    if found is None:
        raise NotAvailableError(
            f"a case runs on definition {digest[:12]}, which is not in the database; "
            "restore it from the backup that holds it"
        )
    letters, answers = (sent.text, sent.answers or "") if sent else ("", "")
    return pinned(found.text, found.workflow, digest, letters, answers)


def keep_definitions(runtime: Runtime) -> None:
    """Keep the text of every current definition, so that pinned cases can always go on."""
    with transaction(runtime.database) as session:
        for name in runtime.programme.workflows:
            keep(session, runtime.programme, name, runtime.clock())


def _shared_clock(database: Database) -> Clock:
    def read() -> datetime:
        with reading(database) as session:
            return meta.server_moment(session)

    return ServerClock(read) if database.dialect.name == "postgres" else system_clock


def _stored_clock(database: Database) -> Callable[[], datetime]:
    def read() -> datetime:
        with reading(database) as session:
            return meta.clock(session)

    return read
