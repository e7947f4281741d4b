"""What an act would bring about, as `--dry-run` tells it instead of acting."""

from collections.abc import Iterator
from typing import NoReturn

import typer

from cli.shared.edge import DONE
from cli.shared.missing import missing_lines, missing_of
from cli.shared.output import answer
from cli.shared.table import Table, titled
from runtime.queries.preview import CaseChange, Preview


def tell_preview(found: Preview) -> NoReturn:
    """Answer with all that would follow, and end the command: nothing was done."""
    tables = list(follows(found))
    answer(found, "dry run: nothing was written", *(tables or ["nothing would follow"]))
    raise typer.Exit(DONE)


def follows(found: Preview) -> Iterator[Table | str]:
    """Everything that would follow, a table for each kind of it."""
    for columns, rows, title in (
        (("key", "outcome"), [(e.key, e.outcome) for e in found.entries], "Entries"),
        (("case", "what", "which"), [(e.case, e.what, e.which) for e in found.noted], "Noted"),
        (("case", "from", "to"), [(e.case, e.left, e.entered) for e in found.states], "States"),
        (("case", "of", "state"), _cases(found.opened), "Cases opened"),
        (("case", "of", "state"), _cases(found.closed), "Cases closed"),
        (("case", "of", "state"), _cases(found.void), "Cases that count for nothing"),
        (("case", "milestone", "which", "before", "after"), _dates(found), "Dates"),
        (("case", "letter", "audience", "to"), _letters(found), "Letters"),
        (("case", "letter", "audience", "to"), _withdrawn(found), "Letters withdrawn"),
        (("case", "timer", "change", "before", "due", "ends as"), _timers(found), "Timers"),
    ):
        if rows:
            yield Table(columns, rows, title=title)
    if found.warnings:
        yield "Warnings"
        yield from missing_lines("", map(missing_of, found.warnings))


def _cases(changes: tuple[CaseChange, ...]) -> list[tuple[object, ...]]:
    return [(each.case, each.workflow, each.state) for each in changes]


def _dates(found: Preview) -> list[tuple[object, ...]]:
    return [(e.case, e.milestone, e.life, e.before, e.after) for e in found.dates]


def _letters(found: Preview) -> list[tuple[object, ...]]:
    return [(e.case, e.letter, e.audience, e.to or "nobody") for e in found.letters]


def _withdrawn(found: Preview) -> list[tuple[object, ...]]:
    return [(e.case, e.letter, e.audience, e.to or "nobody") for e in found.withdrawn]


def _timers(found: Preview) -> list[tuple[object, ...]]:
    return [
        (e.case, titled(e.timer, e.what), e.change, e.due_before, e.due_at, e.outcome)
        for e in found.timers
    ]
