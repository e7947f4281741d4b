"""What a forecast could not tell, as its commands show it."""

from collections.abc import Iterator

from cli.shared.table import Table
from runtime.queries.future import Future


def failures(found: Future) -> Iterator[Table]:
    """The families whose timers fail, if there are any."""
    if found.failures:
        yield Table(("timers that fail",), [(each,) for each in found.failures])
