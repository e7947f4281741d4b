"""What became of what was entered into the directory, in one line."""

from dataclasses import dataclass

from cli.shared.output import answer
from runtime.use_cases import directory


@dataclass(frozen=True, slots=True)
class Entered(directory.Entered):
    """What became of one centre or person: added, changed, unchanged or dead."""


def entered_line(found: directory.Entered) -> Entered:
    looked = f", {found.cases} case(s) looked again" if found.cases else ""
    told = Entered(found.key, found.outcome, found.cases)
    return answer(told, f"{found.key}: {found.outcome}{looked}")
