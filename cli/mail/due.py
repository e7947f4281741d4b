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
    """List what will go out if nobody acts, by mail, and what will not, with the reason.

    A letter that is owed by now has its number, by which it is held, dated or left out.
    """
    with opened() as runtime:
        end = until.after(runtime.clock(), runtime.settings.programme.zone)
        found = forecast(runtime, end)
        called = Titles(runtime)
    letters, withheld = going_out(found), held_back(found)
    weekly = [(each.mail, each.at, each.to) for each in found.overviews]
    return answer(
        MailDue(end, letters, found.failures, found.overviews, withheld),
        _going(letters, called),
        Table(("mail", "at", "to"), weekly, title="Overviews", empty="no overview is due"),
        _kept(withheld, called),
        *failures(found),
    )


def _going(letters: list[ForetoldLetter], called: Titles) -> Table:
    rows = [
        (
            each.mail,
            each.at,
            _number(each),
            each.pair,
            called.letter(each.letter),
            each.to,
            f"{each.why}; {_put_off(each)}" if each.put_off else each.why,
        )
        for each in sorted(letters, key=lambda each: each.mail)
    ]
    columns = ("mail", "at", "number", "pair", "letter", "to", "why")
    return Table(columns, rows, empty="no letter is due")


def _kept(letters: list[ForetoldLetter], called: Titles) -> Table:
    rows = [
        (each.at, _number(each), each.pair, called.letter(each.letter), each.to, each.reason)
        for each in letters
    ]
    columns = ("at", "number", "pair", "letter", "to", "why not")
    return Table(columns, rows, title="Not sent", empty="no letter will be withheld")


def _put_off(letter: ForetoldLetter) -> str:
    """Why it waits before it goes, beside what it is for."""
    return f"put off: {letter.put_off}"


def _number(letter: ForetoldLetter) -> str:
    """That of a letter that is owed by now: one to come has none yet."""
    return str(letter.number or "")
