"""What a decision led to: the new state, or the list of what is missing and how to get it."""

from dataclasses import dataclass

import typer

from cli.shared.asking import agreed, refuse_elsewhere
from cli.shared.calling import this_call
from cli.shared.dry_run import tell_preview
from cli.shared.edge import REFUSED
from cli.shared.missing import Missing, missing_lines, missing_of
from cli.shared.opening import opened
from cli.shared.output import answer, say, tell
from engine.model.dossier import CaseId
from engine.model.putting_right import Cause
from runtime.queries.find_case import find_case
from runtime.queries.odd_hours import is_to_be_meant, told_of_hours
from runtime.queries.preview import Preview, preview
from runtime.use_cases.act_together import act_together
from runtime.use_cases.advance import Answer, act, answer_of
from runtime.wiring import Runtime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision led to: accepted, or refused with the list of what is missing."""

    case: str
    number: int
    accepted: bool
    left: str
    state: str
    version: int
    unmet: tuple[Missing, ...]
    warnings: tuple[Missing, ...]
    letters: tuple[str, ...]
    opened: tuple[str, ...]


def decide(
    case: str, event: Cause, request: str | None = None, workflow: str | None = None
) -> Decision:
    """Let an event happen to a case and answer; a refusal ends with exit code 1."""
    with opened() as runtime:
        case_id = find_case(runtime, case, workflow)
        return settle(case, take(runtime, case_id, event, request=request))


def take(
    runtime: Runtime, case_id: CaseId, event: Cause, *more: Cause, request: str | None = None
) -> Answer:
    """Let events happen to a case; on a dry run tell what would follow and end the command.

    A day on which nobody works is told first: it may be a slip of the pen. That of a meeting
    calls people together, that of a signature binds: so somebody says that it is meant.
    """
    odd = told_of_hours(runtime, case_id, event)
    for each in odd:
        say(f"pairing: look again: {each}")
    if odd and not this_call().odd_day and is_to_be_meant(runtime, case_id, event):
        _meant()
    if this_call().dry_run:
        found = preview(runtime, case_id, event, *more)
        if isinstance(found, Preview):
            tell_preview(runtime, found)
        return answer_of(found)
    if more:
        return act_together(runtime, case_id, event, *more)
    return act(runtime, case_id, event, request)


def _meant() -> None:
    """Go on where the day is meant: by a plain yes, or by its option where nobody is asked."""
    if this_call().dry_run:
        say("pairing: the act itself asks whether the day is meant; --odd-day says that it is")
        return
    refuse_elsewhere("say with --odd-day that the day is meant")
    if not agreed("Is the day meant?"):
        say("nothing was filed")
        raise typer.Abort


def settle(case: str, decided: Answer, hint: str = "") -> Decision:
    """Answer for one decision; the hint is for people, beside a decision that was taken."""
    found = Decision(
        case=case,
        number=decided.case_id,
        accepted=decided.accepted,
        left=decided.left,
        state=decided.state,
        version=decided.version,
        unmet=tuple(map(missing_of, decided.unmet)),
        warnings=tuple(map(missing_of, decided.warnings)),
        letters=decided.letters,
        opened=decided.opened,
    )
    answer(found, *(_lines(found, hint) if found.accepted else ()))
    if found.warnings:
        tell("warnings:", *missing_lines(case, found.warnings))
    if not found.accepted:
        tell(f"{case} stays in {found.state}:", *missing_lines(case, found.unmet))
        raise typer.Exit(REFUSED)
    return found


def _lines(found: Decision, hint: str) -> list[str]:
    done = f"{found.case}: done, it stands in {found.state}"
    if found.left != found.state:
        done = f"{found.case}: moved from {found.left} to {found.state}"
    letters = f"letters owed: {', '.join(found.letters)}" if found.letters else ""
    opens = f"this opens: {', '.join(found.opened)}" if found.opened else ""
    return [line for line in (done, opens, letters, hint) if line]
