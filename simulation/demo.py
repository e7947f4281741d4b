"""The demo: a rehearsal in a folder, pairs at different points of their months, one stuck."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from engine.errors import ProjectError
from engine.time.zones import instant
from notifications.folder import Folder
from notifications.wording import Reader, day
from runtime.clock import VirtualClock
from runtime.settings.settings import DatabaseSettings, MailSettings, Settings
from runtime.use_cases.create_database import create_database
from runtime.wiring import Runtime, open_runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from simulation.people import Life, lives
from simulation.population import enter, invent, story_of
from simulation.runner import Play, Scenery
from storage.database import meta
from storage.database.transactions import transaction

PAIRS = 14
SEED = 11
TODAY = datetime(2026, 12, 14, 9, tzinfo=UTC)  # a Monday
_FIRST = date(2025, 5, 12)
_APART = timedelta(days=42)
_STANDS_STILL = 12  # the pair whose people have gone silent
_SINCE = timedelta(days=20)
_MARK = ".pairing-demo"
_OVERVIEW = ".overview."


class DemoError(ProjectError):
    """The folder holds something that is not a demo."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo stands: its settings, its day, and the pair that cannot go on."""

    config: Path
    letters: Path
    today: datetime
    stuck: str
    overview: str  # of this Monday, as the lead or a facilitator reads it

    @property
    def day(self) -> str:
        """Today in words."""
        return day(self.today, Reader(zone="UTC", sent_on=self.today.date()))


def build(
    folder: Path, watch: Callable[[date, date], None] | None = None, *, seed: int = SEED
) -> Demo:
    """Make the demo anew: database, letters, settings. DemoError spares a folder of others."""
    _clear(folder)
    config = folder / "config.toml"
    config.write_text(
        '[database]\nurl = "sqlite:///pairing.db"\n\n[mail]\nfolder = "letters"\n', encoding="utf-8"
    )
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite:///{(folder / 'pairing.db').absolute()}"),
        mail=MailSettings(folder=str((folder / "letters").absolute())),
    )
    begins = instant(_FIRST, time(0), settings.programme.zone)
    create_database(settings, rehearsal=True, at=begins)
    with open_runtime(settings) as stored:
        clock = VirtualClock(begins)
        runtime = replace(stored, clock=clock)
        stuck = _play(runtime, clock, folder / "letters", (watch, seed))
        clock.move_to(TODAY)
        compose_owed(runtime)
        deliver(runtime, Folder(folder / "letters"))
        with transaction(stored.database) as session:
            meta.set_clock(session, TODAY)
    return Demo(config, folder / "letters", TODAY, stuck, _overview(folder / "letters"))


def _overview(letters: Path) -> str:
    """The words of an overview that was written last: it is owed by no case, so no list has it."""
    for path in sorted(letters.glob("*.eml"), reverse=True):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        if _OVERVIEW in str(mail["Message-ID"]) and body is not None:
            text = str(body.get_content()).replace("\r\n", "\n")
            return f"Subject: {mail['Subject']}\n\n{text}"
    return ""


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise DemoError(f"{folder} is not empty and no demo; name another folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()


def _play(
    runtime: Runtime,
    clock: VirtualClock,
    letters: Path,
    played: tuple[Callable[[date, date], None] | None, int],
) -> str:
    watch, seed = played
    story = story_of(runtime.programme)
    troupe = invent(runtime.programme, story, PAIRS)
    enter(runtime, troupe)
    staggered = [_staggered(life) for life in lives(story, PAIRS, seed, "mixed")]
    scenery = Scenery(
        runtime=runtime,
        clock=clock,
        story=story,
        troupe=troupe,
        lives=tuple(staggered),
        begins=clock(),
        ends=TODAY,
        beside=Folder(letters),
    )
    Play(scenery, watch).run()
    return staggered[_STANDS_STILL - 1].reference


def _staggered(life: Life) -> Life:
    """One pair every six weeks, each answering a call that closed a month after it came in."""
    life.begins = datetime.combine(_FIRST, time(10), UTC) + _APART * (life.number - 1)
    closes = (life.begins + timedelta(days=30)).date()
    life.facts["eoi_deadline"] = closes.isoformat()
    if life.number == _STANDS_STILL:
        life.silent_from = TODAY - _SINCE
    return life
