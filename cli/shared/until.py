"""How far to go, as people type it: a span from now, or a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.shared.values import moment, whole
from engine.literals import shown
from engine.time.spans import LongSpanError, Span, SpanError, parse_span, shift
from engine.time.working_days import Workdays

_MOST_HOURS = 876_000  # a hundred years, as of any other span
_FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"


@dataclass(frozen=True, slots=True)
class Until:
    """A span ahead, or a moment."""

    ahead: Span | timedelta | datetime

    def after(self, now: datetime) -> datetime:
        """Where it ends when it begins now; working days are those of no country."""
        match self.ahead:
            case datetime():
                return self.ahead
            case timedelta():
                return now + self.ahead
            case Span():
                day = shift(now.date(), self.ahead, Workdays.plain())
                return datetime.combine(day, now.timetz())


FORTNIGHT = Until(Span(days=14))


def until(raw: str | Until) -> Until:
    """A span or a moment; defaults come as what they are already."""
    if isinstance(raw, Until):
        return raw
    if raw[:1].isdigit():
        return Until(moment(raw))
    if raw.startswith("PT"):
        return Until(_hours(raw))
    try:
        return Until(parse_span(raw))
    except LongSpanError as error:
        raise typer.BadParameter(str(error)) from None
    except SpanError:
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}") from None


def _hours(raw: str) -> timedelta:
    number, unit = raw[2:-1], raw[-1]
    if unit not in "HM" or not number.isascii() or not number.isdigit():
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}")
    count = whole(0, _MOST_HOURS)(number)
    return timedelta(hours=count) if unit == "H" else timedelta(minutes=count)


HowFar = Annotated[
    Until,
    typer.Option(
        "--until",
        metavar="SPAN|MOMENT",
        show_default=False,
        parser=until,
        help="How far to look: a fortnight unless said, at most ten years.",
    ),
]
