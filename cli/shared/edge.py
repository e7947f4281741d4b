"""The edge of the command line: every error becomes one sentence and a documented exit code."""

import logging
import os
import secrets
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from cli.shared.calling import this_call
from cli.shared.output import answer, one_line, say
from engine.errors import ProjectError

DONE, REFUSED, WRONG, NOT_FOUND, CONFLICT, NOT_AVAILABLE = range(6)
FAULT = 70  # an error of ours
INTERRUPTED = 130

EXITS = {
    DONE: "done",
    REFUSED: "refused, with what is missing or whose act it is",
    WRONG: "wrong usage or bad input",
    NOT_FOUND: "not found",
    CONFLICT: "conflict: something else is there, or the case moved on",
    NOT_AVAILABLE: "not available: the database or the mail cannot be used now",
    FAULT: "a fault of the program, with the number under which it was logged",
    INTERRUPTED: "interrupted",
}

# By name, so that an error costs no import of the room it comes from.
_FAMILIES = {
    "NotEntitledError": REFUSED,
    "NotFoundError": NOT_FOUND,
    "LetterNotFoundError": NOT_FOUND,
    "ConflictError": CONFLICT,
    "StaleDossierError": CONFLICT,
    "UnavailableError": NOT_AVAILABLE,
    "UnknownOutcomeError": NOT_AVAILABLE,
    "SchemaError": NOT_AVAILABLE,
    "NotAvailableError": NOT_AVAILABLE,
    "MailerError": NOT_AVAILABLE,
    "MailboxError": NOT_AVAILABLE,
    "ClockBehindError": NOT_AVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """The exit code with its meaning, and one sentence for each thing that is wrong."""

    code: int
    kind: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Error:
    """What every command answers when it fails without a decision."""

    error: Failure


def code_of(error: ProjectError) -> int:
    """The exit code of an error, by the nearest family it belongs to."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((_FAMILIES[name] for name in names if name in _FAMILIES), WRONG)


def report(error: ProjectError) -> int:
    """Say what is wrong, one line for each thing."""
    lines = str(error).splitlines() or [type(error).__name__]
    return _failed(lines, code_of(error))


def report_usage(message: str) -> int:
    """Say what was typed wrongly."""
    return _failed([message[:1].lower() + message[1:]], WRONG)


def report_os(error: OSError) -> int:
    """A file or folder that cannot be used."""
    where = f"{error.filename}: " if error.filename else ""
    return _failed([f"{where}{(error.strerror or str(error)).lower()}"], NOT_AVAILABLE)


def report_fault(error: BaseException) -> int:
    """Keep the details of a fault of ours and give a number to ask with."""
    number = secrets.token_hex(4)
    details = "".join(traceback.format_exception(error))
    if os.environ.get("PAIRING_DEBUG"):
        sys.stderr.write(details)
    kept = _kept(number, details)
    where = f"details in {kept}" if kept else "set PAIRING_DEBUG=1 to see the details"
    return _failed([f"a fault of the program, number {number}: {where}"], FAULT)


def _failed(lines: list[str], code: int) -> int:
    if this_call().json:
        answer(Error(Failure(code, EXITS[code], tuple(lines))))
    for line in lines:
        say(f"pairing: {one_line(line)}")
    return code


def _kept(number: str, details: str) -> str:
    state = os.environ.get("XDG_STATE_HOME", "")
    try:
        folder = Path(state) if state else Path.home() / ".local" / "state"
        log = folder / "pairing" / "faults.log"
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8") as stream:
            stream.write(f"fault {number}\n{details}\n".encode(errors="replace").decode())
    except (OSError, RuntimeError, ValueError):  # no home, a read-only one
        return ""
    return str(log)


def log_warnings() -> None:
    """Send what the rooms log to stderr, a line each, warnings and worse only."""
    lines = logging.StreamHandler(sys.stderr)
    if not os.environ.get("PAIRING_DEBUG"):
        lines.setFormatter(_Line())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)


class _Line(logging.Formatter):
    """What happened in one line: how it came about is for whoever debugs."""

    def format(self, record: logging.LogRecord) -> str:
        return one_line(f"{record.levelname} {record.getMessage()}")
