"""P1: wherever the machine dies, all of a decision is there or nothing of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.model.dossier import CaseId
from engine.model.outcomes import Moved, Triggered, Waived
from storage.database import failpoints
from storage.database.transactions import Database, open_database, reading, transaction
from storage.journal.verify import verify
from storage.mail import attempts, intents, outbox, sending, withholding
from storage.mail.attempts import Ended
from storage.mail.enclosed import enclosed
from storage.mail.outbox import NewMessage
from storage.mail.withholding import Withheld
from storage.programme import requests
from tests.storage.lives import DAY, FACILITATOR, LEAD, Lives, lives
from tests.storage.post import begins
from tests.storage.rows import everything
from tests.support.databases import Sqlite

Act = Callable[[Lives, CaseId], object]


class CrashError(BaseException):
    """The machine died."""


def opens_another(story: Lives, _: CaseId) -> None:
    story.opens("PAIR-2")


def files(story: Lives, case: CaseId) -> None:
    story.files(case, "Another paper")


def signs(story: Lives, case: CaseId) -> None:
    story.signs(case, "coordinator")


def goes_on(story: Lives, case: CaseId) -> None:
    story.goes(case, Triggered("work", FACILITATOR, note="well done"))


def moves_a_date(story: Lives, case: CaseId) -> None:
    day = (story.now + 90 * DAY).date()
    story.goes(case, Moved("working", day, "it is too early", FACILITATOR))


def fires(story: Lives, _: CaseId) -> None:
    story.fires()


def pauses(story: Lives, case: CaseId) -> None:
    story.step(case, "pause")


def ends(story: Lives, case: CaseId) -> None:
    story.step(case, "end")


def asks_once(story: Lives, case: CaseId) -> None:
    with transaction(story.database) as session:
        if requests.recall(session, "key-1", "body") is None:
            story.happen_in(session, case, Waived("paper_there", "seen", LEAD))
            requests.remember(session, "key-1", "body", "done", story.now)


def composes(story: Lives, _: CaseId) -> None:
    with transaction(story.database) as session:
        for owed in intents.unplanned(session, limit=1):
            assert owed.letter.owed.person is not None
            message = NewMessage(
                f"<{owed.key}@example.org>",
                owed.letter.owed.person,
                "a@example.org",
                "Subject",
                "Text",
                b"frozen",
                story.now,
            )
            outbox.compose(session, message, [owed.letter.number])


def starts_to_send(story: Lives, _: CaseId) -> None:
    with transaction(story.database) as session:
        assert begins(session, story, "token")


def settles(story: Lives, _: CaseId) -> None:
    with transaction(story.database) as session:
        claim = begins(session, story, "token")
        assert claim is not None
        assert attempts.settle(session, claim, Ended(attempts.ACCEPTED, "250 fine", story.now))


def writes_anew(story: Lives, _: CaseId) -> None:
    with transaction(story.database) as session:
        claim = sending.take(session, story.now, 60, "token")
        assert claim is not None
        owed = [each.letter for each in enclosed(session, claim.id)]
        anew = tuple((each.number, each.owed.person) for each in owed)
        withholding.withhold(session, claim, Withheld("another address", anew=anew), story.now)


ACTS: tuple[Act, ...] = (
    opens_another,
    files,
    signs,
    goes_on,
    moves_a_date,
    fires,
    pauses,
    ends,
    asks_once,
    composes,
)
MAIL_ACTS: tuple[Act, ...] = (starts_to_send, settles, writes_anew)


@pytest.mark.parametrize("act", [*ACTS, *MAIL_ACTS], ids=lambda act: act.__name__)
def test_a_crash_at_any_point_leaves_all_or_nothing(migrated_url: str, act: Act) -> None:
    with lives(migrated_url) as story:
        case = _ready(story, composed=act in MAIL_ACTS)
        before = everything(story.database)
        points = 0

        while _dies(act, story, case, at=points):
            assert everything(story.database) == before, f"point {points}"
            points += 1

        assert points >= 2
        assert everything(story.database) != before
        assert _findings(story.database) == []


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_files_a_dead_machine_leaves_hold_all_or_nothing(
    act: Act, sqlite: Sqlite, tmp_path: Path
) -> None:
    with lives(sqlite.migrated(tmp_path)) as story:
        case = _ready(story)
        before = everything(story.database)
        images: list[Path] = []

        with _watching(lambda point: images.append(_image(tmp_path, len(images), point))):
            act(story, case)

        after = everything(story.database)
    found = [_opened(image) for image in images]
    assert [findings for _, findings in found if findings] == []
    assert all(rows in (before, after) for rows, _ in found)
    assert [rows == after for rows, _ in found] == [p.name.endswith("committed") for p in images]


def test_every_write_of_a_decision_lies_between_two_points(sqlite: Sqlite, tmp_path: Path) -> None:
    with lives(sqlite.migrated(tmp_path)) as story:
        case = _ready(story)
        passed: list[str] = []

        with _watching(passed.append):
            goes_on(story, case)

    assert passed == [
        "commit.begin",
        "commit.opened",
        "commit.journal",
        "commit.move",
        "commit.records",
        "commit.dates",
        "commit.parts",
        "commit.settled",
        "commit.timers",
        "commit.letters",
        "transaction.commit",
        "transaction.committed",
    ]


def _ready(story: Lives, *, composed: bool = False) -> CaseId:
    """A case with a signed paper, a letter owed, timers due, and perhaps a message to send."""
    case = story.opens()
    story.fires()
    if composed:
        composes(story, case)
    story.now += DAY * 6
    story.fires()
    story.files(case)
    story.signs(case, "aspiring")
    other = story.opens("PAIR-3")
    assert other != case
    return case


def _dies(act: Act, story: Lives, case: CaseId, *, at: int) -> bool:
    """Let the machine die at a numbered point before the commit; False when none is left."""
    passed: list[str] = []

    def hook(point: str) -> None:
        passed.append(point)
        if len(passed) == at + 1 and point != "transaction.committed":
            raise CrashError(point)

    try:
        with _watching(hook):
            act(story, case)
    except CrashError:
        return True
    return False


@contextmanager
def _watching(hook: Callable[[str], None]) -> Iterator[None]:
    remove = failpoints.install(hook)
    try:
        yield
    finally:
        remove()


def _image(folder: Path, number: int, point: str) -> Path:
    """What would lie on the disk if the power went now: the file and its log."""
    image = folder / f"{number:03}-{point.replace('.', '-')}"
    image.mkdir()
    for name in ("pairing.db", "pairing.db-wal"):
        shutil.copyfile(folder / name, image / name)
    return image


def _opened(image: Path) -> tuple[object, list[str]]:
    database = open_database(f"sqlite:///{image}/pairing.db")
    try:
        return everything(database), _findings(database)
    finally:
        database.close()


def _findings(database: Database) -> list[str]:
    with reading(database) as session:
        return [finding.what for finding in verify(session)]
