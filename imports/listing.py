"""Tables out: lines of CSV that a spreadsheet opens as they are meant."""

import csv
import io
from collections.abc import Iterable

from imports.cells import guard

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the letters of its own country


def csv_line(cells: Iterable[str | int | float]) -> str:
    """One line; a text that would begin a formula is guarded, a number is not."""
    line = io.StringIO()
    guarded = (guard(cell) if isinstance(cell, str) else cell for cell in cells)
    csv.writer(line, lineterminator="\r\n").writerow(guarded)
    return line.getvalue()
