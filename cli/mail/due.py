"""`pairing mail due`: the letters of the forecast, those that will go out."""

from dataclasses import dataclass
from datetime import datetime

from cli.shared.forecast_failures import failures
from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.until import FORTNIGHT, HowFar
from runtime.queries.forecast import forecast, going_out
from runtime.queries.future import ForetoldLetter


@dataclass(frozen=True, slots=True)
class MailDue:
    """Letters that will go out if nobody acts."""

    until: datetime
    letters: list[ForetoldLetter]
    failures: list[str]


def due(
    until: HowFar = FORTNIGHT,
) -> MailDue:
    """List the letters that will go out if nobody acts, those that go in one mail together."""
    with opened() as runtime:
        end = until.after(runtime.clock(), runtime.settings.programme.zone)
        found = forecast(runtime, end)
        called = Titles(runtime)
    letters = going_out(found)
    rows = [
        (each.mail, each.at, each.pair, called.letter(each.letter), each.to, each.why)
        for each in sorted(letters, key=lambda each: each.mail)
    ]
    columns = ("mail", "at", "pair", "letter", "to", "why")
    return answer(
        MailDue(end, letters, found.failures),
        Table(columns, rows, empty="no letter is due"),
        *failures(found),
    )
