"""`pairing mail hold`, `release`, `not-before`, `not-to`, `again`: what a person decides of one."""

from typing import Annotated

import typer

from cli.mail.message import Number
from cli.shared.days import day_of
from cli.shared.entered import Entered, entered_line
from cli.shared.opening import opened, who
from cli.shared.trying import do
from cli.shared.values import Written, day, text
from runtime.use_cases import arrange_letter
from runtime.use_cases.arrange_letter import Arrangement

Why = Annotated[
    str, typer.Option("--reason", help="Why; it stays in the journal of the case.", parser=text)
]


def hold(number: Number, reason: Why) -> Entered:
    """Hold a letter back that is owed and not written, until it is released."""
    asked = Arrangement(number, reason, who())
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: arrange_letter.hold(on, asked)))


def release(number: Number, reason: Why) -> Entered:
    """Let a letter go that was held back."""
    asked = Arrangement(number, reason, who())
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: arrange_letter.release(on, asked)))


def not_before(
    number: Number,
    on_day: Annotated[Written, typer.Argument(metavar="DAY", help="To come.", parser=day)],
    reason: Why,
) -> Entered:
    """Let a letter that is owed wait for a day; then it goes at its reader's next slot."""
    asked = Arrangement(number, reason, who())
    with opened() as runtime:
        found = day_of(runtime, on_day, "to come")
        return entered_line(do(runtime, lambda on: arrange_letter.not_before(on, asked, found)))


def not_to(number: Number, reason: Why) -> Entered:
    """Do not send a letter that is owed to its reader at all; others keep theirs."""
    asked = Arrangement(number, reason, who())
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: arrange_letter.not_to(on, asked)))


def again(number: Number, reason: Why) -> Entered:
    """Write a letter once more to the same reader, in the words of today, if it is needed still."""
    asked = Arrangement(number, reason, who())
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: arrange_letter.again(on, asked)))
