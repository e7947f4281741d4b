"""`pairing mail hold`, `release`, `not-before`, `not-to`, `again`: what a person decides of one."""

from collections.abc import Callable
from typing import Annotated

import typer

from cli.mail.message import Number
from cli.shared.days import day_of
from cli.shared.entered import Entered, entered_line
from cli.shared.opening import opened, who
from cli.shared.trying import do
from cli.shared.values import Written, day, text
from runtime.use_cases import arrange_letter, directory
from runtime.use_cases.arrange_letter import Arrangement
from runtime.wiring import Runtime

Why = Annotated[
    str, typer.Option("--reason", help="Why; it stays in the journal of the case.", parser=text)
]


def hold(number: Number, reason: Why) -> Entered:
    """Hold a letter back that is owed and not written, until it is released."""
    return _decided(Arrangement(number, reason, who()), arrange_letter.hold)


def release(number: Number, reason: Why) -> Entered:
    """Let a letter go that was held back."""
    return _decided(Arrangement(number, reason, who()), arrange_letter.release)


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
    return _decided(Arrangement(number, reason, who()), arrange_letter.not_to)


def again(number: Number, reason: Why) -> Entered:
    """Write a letter once more to the same reader, in the words of today, if it is needed still."""
    return _decided(Arrangement(number, reason, who()), arrange_letter.again)


def _decided(
    asked: Arrangement, act: Callable[[Runtime, Arrangement], directory.Entered]
) -> Entered:
    with opened() as runtime:
        return entered_line(do(runtime, lambda on: act(on, asked)))
