"""The tables of an answer as CSV that a spreadsheet opens, no cell of it a formula."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cli.shared.table import Table, clean
from engine.time.zones import local_time
from runtime.queries.csv_lines import BYTE_ORDER_MARK, csv_line


def csv_parts(tables: Sequence[Table], zone: str) -> Iterator[str]:
    """The names of the columns and the rows; of several tables each under its title."""
    yield BYTE_ORDER_MARK
    for number, table in enumerate(tables):
        if len(tables) > 1:
            yield csv_line(()) if number else ""
            yield csv_line((table.title,))
        yield csv_line(table.columns)
        for row in table.rows:
            yield csv_line(_cells(row, zone))


def _cells(row: Iterable[object], zone: str) -> Iterator[str | int | float]:
    for cell in row:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            yield cell
        elif isinstance(cell, datetime):
            yield f"{local_time(cell, zone or 'UTC'):%Y-%m-%d %H:%M}"
        else:
            yield clean(cell, zone)
