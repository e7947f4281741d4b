"""What became of what was entered into the directory, in one line."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from cli.shared.output import answer
from runtime.use_cases import directory


@dataclass(frozen=True, slots=True)
class Entered(directory.Entered):
    """What became of one centre or person: added, changed, unchanged, dead, away or back."""


def entered_line(found: directory.Entered) -> Entered:
    looked = f", {found.cases} case(s) looked again" if found.cases else ""
    told = Entered(*(getattr(found, each.name) for each in fields(found)))
    anew = f", {found.letters} letter(s) that were lost go out again" if found.letters else ""
    line = f"{found.key}: {found.outcome}{looked}{anew}"
    return answer(told, line, *shared_mailboxes((found,)), *oddities((found,)))


def oddities(entered: Iterable[directory.Entered]) -> list[str]:
    """A line for each entry that may be a slip, and is taken all the same."""
    return [f"{each.key}: {each.odd}" for each in entered if each.odd]


def shared_mailboxes(entered: Iterable[directory.Entered]) -> list[str]:
    """A line for each mailbox that several people read: there one letter greets them all."""
    groups = {tuple(sorted((e.key, *e.same_mailbox))) for e in entered if e.same_mailbox}
    return [
        f"{' and '.join(group)} read the same mailbox: give each an address, or enter one of them"
        for group in sorted(groups)
    ]
