"""The command `pairing`: one entry, one edge, an exit code for everything that can happen."""

import gc
import os
import sys
from collections.abc import Sequence


def run() -> None:
    """Run the command of this process and leave with its exit code."""
    # What a command loads stays until it ends: looking through it all again and again costs time.
    gc.set_threshold(100_000, 20, 20)
    # No command uses plugins of pydantic: looking for them reads about every package there is.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        _leave_ascii()
        _open_streams()
        code = main(sys.argv[1:])
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)
    except KeyboardInterrupt:
        code = 130
    # All of it goes now: to look for circles in it once more took a tenth of a long command.
    gc.freeze()
    sys.exit(code)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing is raised."""
    # Late, so that an interruption while they load is caught here too.
    from cli.shared import calling, edge, tree  # noqa: PLC0415
    from engine.errors import ProjectError  # noqa: PLC0415

    calling.begin()
    edge.log_warnings()
    try:
        return tree.call(arguments)
    except KeyboardInterrupt:
        return edge.INTERRUPTED
    except ProjectError as error:
        return edge.report(error)
    except OSError as error:
        return edge.report_os(error)
    except Exception as error:  # noqa: BLE001 - the edge: no traceback reaches a user
        return edge.report_fault(error)


def _leave_ascii() -> None:
    """Start anew where the locale knows ASCII only: a path or a name may hold any letter."""
    if sys.getfilesystemencoding() == "ascii" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _open_streams() -> None:
    """Fill closed streams, or the next file opened would be taken for one of them."""
    while os.open(os.devnull, os.O_RDWR) <= 2:  # noqa: PLR2004 - 0, 1, 2: the three streams
        pass
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _flush(stream: object) -> None:
    flush = getattr(stream, "flush", None)
    try:
        if flush is not None:
            flush()
    except (OSError, ValueError):
        # The reader has gone away: Python must not find out again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined] # a stream has one
