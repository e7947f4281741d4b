"""P3, P4, P8, P10: several workers on one database do everything once and block nobody."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.model.outcomes import FlagRaised
from notifications.mailer import Delivered, Outcome, Outgoing
from runtime.past import known
from runtime.use_cases.dead_address import mark_dead
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.cases.load import load_family
from storage.database.statements import Statement
from storage.database.transactions import reading, transaction
from storage.journal.verify import verify
from storage.programme import incidents
from tests.support.actors import act
from tests.support.databases import Postgres
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, START, World, set_up, world

WORKERS = 4
SIGNING = (("formalised", START), ("memorandum", START))
_MESSAGES = Statement[tuple[str, str, int]]("SELECT message_id, state, ambiguous FROM messages")
_OWED = Statement[tuple[str, int]]("SELECT state, count(*) FROM intents GROUP BY state")
_DUE = Statement[tuple[int]](
    "SELECT count(*) FROM timers WHERE settled_at IS NULL AND due_at <= :now"
)


@dataclass
class Server:
    """One mail server for all workers."""

    copies: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        before_data()
        with self.lock:
            self.copies[message.message_id] += 1
        return Delivered("250 taken")


def test_workers_that_sweep_write_and_send_at_once_do_everything_once(
    tmp_path: Path, world_url: str | None
) -> None:
    with world(tmp_path, world_url) as programme:
        pairs = [_signing(programme, f"P-{number}") for number in range(8)]
        server, failures = Server(), []

        for _ in range(4):
            programme.days_pass(5)
            failures += _together(programme, server, pairs)

        assert failures == []
        assert set(server.copies.values()) == {1}
        with reading(programme.runtime.database) as session:
            messages = session.all(_MESSAGES)
            assert {(state, doubt) for _, state, doubt in messages} == {("accepted", 0)}
            assert {number for number, _, _ in messages} == set(server.copies)
            assert dict(session.all(_OWED)).keys() <= {"composed", "superseded"}
            assert session.all(_DUE, now=f"{programme.clock():%Y-%m-%dT%H:%M:%S}") == [(0,)]
            assert incidents.open_incidents(session) == ()
            assert list(verify(session)) == []


def _signing(programme: World, reference: str) -> Pair:
    pair = a_pair(programme, reference, SIGNING)
    for record in ("visit_1", "indicators", "roadmap", "memorandum"):
        pair.files(record)
    return pair


def _together(programme: World, server: Server, pairs: list[Pair]) -> list[Exception]:
    """One beat of every worker at once, while people raise flags; what went wrong."""
    start, failures = threading.Barrier(WORKERS), list[Exception]()

    def work(number: int) -> None:
        start.wait()
        try:
            for pair in pairs[number::WORKERS]:
                event = FlagRaised("F-11", f"Barrier seen by {number}.", FACILITATOR)
                act(programme.runtime, pair.case, event)
            for _ in range(2):
                sweep(programme.runtime)
                compose_owed(programme.runtime)
                deliver(programme.runtime, server)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_a_letter_that_fails_waits_for_nobody_who_works_on_its_case(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.prepared(set_up)
    with world(tmp_path, url) as programme:
        pair = a_pair(programme, history=SIGNING)
        for key in ("vie-bir-aspiring", "vie-bir-aspiring-deputy"):
            mark_dead(programme.runtime, key, "left", LEAD)
        sweep(programme.runtime)

        with transaction(programme.runtime.database) as session:
            load_family(session, pair.case, known(programme.runtime))
            composed = compose_owed(programme.runtime)

        assert composed.failed > 0
    postgres.drop(url)
