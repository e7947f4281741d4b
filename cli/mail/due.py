"""`pairing mail due`: the letters of the forecast, those that go out and those that do not."""

from dataclasses import dataclass
from datetime import datetime

from cli.shared.forecast_failures import failures
from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.until import FORTNIGHT, HowFar
from runtime.queries.forecast import forecast, going_out, held_back
from runtime.queries.future import ForetoldLetter, ForetoldOverview


@dataclass(frozen=True, slots=True)
class MailDue:
    """Letters that will go out if nobody acts, overviews, and letters that will not, and why."""

    until: datetime
    letters: list[ForetoldLetter]
    failures: list[str]
    overviews: list[ForetoldOverview]
    withheld: list[ForetoldLetter]


def due(
    until: HowFar = FORTNIGHT,
) -> MailDue:
    """List what will go out if nobody acts, by mail, and what will not, with the reason."""
    with opened() as runtime:
        end = until.after(runtime.clock(), runtime.settings.programme.zone)
        found = forecast(runtime, end)
        called = Titles(runtime)
    letters, withheld = going_out(found), held_back(found)
    rows = [
        (each.mail, each.at, each.pair, called.letter(each.letter), each.to, each.why)
        for each in sorted(letters, key=lambda each: each.mail)
    ]
    columns = ("mail", "at", "pair", "letter", "to", "why")
    weekly = [(each.at, each.to) for each in found.overviews]
    kept = [(e.at, e.pair, called.letter(e.letter), e.to, e.reason) for e in withheld]
    return answer(
        MailDue(end, letters, found.failures, found.overviews, withheld),
        Table(columns, rows, empty="no letter is due"),
        Table(("at", "to"), weekly, title="Overviews", empty="no overview is due"),
        Table(
            ("at", "pair", "letter", "to", "why not"),
            kept,
            title="Not sent",
            empty="no letter will be withheld",
        ),
        *failures(found),
    )
