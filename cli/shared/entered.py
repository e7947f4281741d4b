"""What became of a row that was entered into the directory: one line, or a table of them."""

from cli.shared.output import Table, answer
from runtime.use_cases.directory import Entered


def entered_line(entered: Entered) -> None:
    looked = f", {entered.cases} case(s) looked again" if entered.cases else ""
    answer(_entered(entered), f"{entered.key}: {entered.outcome}{looked}")


def entered_table(what: str, entered: tuple[Entered, ...]) -> None:
    rows = [(each.key, each.outcome, each.cases) for each in entered]
    answer(
        {what: [_entered(each) for each in entered]},
        Table(("key", "outcome", "cases that looked again"), rows),
    )


def _entered(entered: Entered) -> dict[str, object]:
    return {"key": entered.key, "outcome": entered.outcome, "cases": entered.cases}
