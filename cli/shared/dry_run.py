"""What an act would bring about, as `--dry-run` tells it instead of acting."""

from collections.abc import Iterator
from typing import NoReturn

import typer

from cli.shared.edge import DONE
from cli.shared.missing import missing_lines, missing_of
from cli.shared.output import answer
from cli.shared.table import Table, titled
from cli.shared.titles import Titles
from runtime.queries.letters_to_come import LetterToCome
from runtime.queries.preview import CaseChange, Preview
from runtime.wiring import Runtime

Row = tuple[object, ...]


def tell_preview(runtime: Runtime, found: Preview) -> NoReturn:
    """Answer with all that would follow, and end the command: nothing was done."""
    tables = list(follows(Titles(runtime), found))
    answer(found, "dry run: nothing was written", *(tables or ["nothing would follow"]))
    raise typer.Exit(DONE)


def follows(called: Titles, found: Preview) -> Iterator[Table | str]:
    """Everything that would follow, a table for each kind of it."""
    for columns, rows, title in (
        (("key", "outcome"), [(e.key, e.outcome) for e in found.entries], "Entries"),
        (("case", "what", "which", ""), _noted(called, found), "Noted"),
        (("case", "from", "to"), _states(called, found), "States"),
        (("case", "of", "state"), _cases(called, found.opened), "Cases opened"),
        (("case", "of", "state"), _cases(called, found.closed), "Cases closed"),
        (("case", "of", "state"), _cases(called, found.void), "Cases that count for nothing"),
        (("case", "milestone", "which", "before", "after"), _dates(called, found), "Dates"),
        (*letters_told(called, found.letters), "Letters"),
        (*letters_told(called, found.withdrawn), "Letters withdrawn"),
        (("case", "timer", "change", "before", "due", "ends as"), _timers(found), "Timers"),
    ):
        if rows:
            yield Table(columns, rows, title=title)
    if found.warnings:
        yield "Warnings"
        yield from missing_lines("", map(missing_of, found.warnings))


def letters_told(
    called: Titles, letters: tuple[LetterToCome, ...]
) -> tuple[tuple[str, ...], list[Row]]:
    """The columns and rows of letters; the reason that they give only where one gives any."""
    columns = ("case", "letter", "audience", "to", "gives as the reason")
    rows = [
        (e.case, called.letter(e.letter), e.audience, e.to or "nobody", e.reason) for e in letters
    ]
    shown = len(columns) if any(e.reason for e in letters) else -1
    return columns[:shown], [row[:shown] for row in rows]


def _noted(called: Titles, found: Preview) -> list[Row]:
    return [(e.case, e.what, called.noted(e), e.detail) for e in found.noted]


def _states(called: Titles, found: Preview) -> list[Row]:
    names = called.state_of
    return [(e.case, names(e.case, e.left), names(e.case, e.entered)) for e in found.states]


def _cases(called: Titles, changes: tuple[CaseChange, ...]) -> list[Row]:
    return [(e.case, e.workflow, called.state(e.workflow, e.state)) for e in changes]


def _dates(called: Titles, found: Preview) -> list[Row]:
    names = called.state_of
    return [(e.case, names(e.case, e.milestone), e.life, e.before, e.after) for e in found.dates]


def _timers(found: Preview) -> list[Row]:
    return [
        (e.case, titled(e.timer, e.what), e.change, e.due_before, e.due_at, e.outcome)
        for e in found.timers
    ]
