"""The meetings of a pair, as `pairing pair show` tells them: behind the state its number."""

from collections.abc import Iterator

from cli.shared.output import Human
from cli.shared.table import Table, titled
from runtime.queries.meetings import MeetingLine, SideAnswer, ToldOf

_COLUMNS = ("meeting", "state", "when and where", "answers", "told")


def meetings_table(meetings: tuple[MeetingLine, ...]) -> Iterator[Human]:
    rows = [
        (
            titled(each.meeting, each.title),
            f"{each.state} ({each.sequence})" if each.sequence else each.state,
            (*_when(each), *([each.place] if each.place else [])),
            tuple(_answer(answer) for answer in each.answers),
            tuple(_told(told, each.sequence) for told in each.told),
        )
        for each in meetings
    ]
    if rows:
        yield from ("", Table(_COLUMNS, rows, "Meetings"))


def _when(line: MeetingLine) -> tuple[str, ...]:
    if line.clocks:
        return line.clocks
    several = line.ends and line.ends != line.begins
    return (f"{line.begins} to {line.ends}",) if several else (line.begins,)


def _answer(answer: SideAnswer) -> str:
    said = {True: "yes", False: "no"}.get(answer.accepts) if answer.accepts is not None else ""
    named = f"named {answer.times}" if answer.times else ""
    return f"{answer.side}: {' and '.join(each for each in (said, named) if each) or 'no answer'}"


def _told(told: ToldOf, now: int) -> str:
    """By name; who heard something else than the others is told apart."""
    marks = [] if told.is_written else ["to be written"]
    marks += [] if told.sequence == now else [f"{told.heard} {told.sequence}"]
    return f"{told.person} ({', '.join(marks)})" if marks else told.person
