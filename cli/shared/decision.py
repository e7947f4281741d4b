"""What a decision led to: the new state, or the list of what is missing and how to get it."""

from collections.abc import Iterable, Mapping

import typer

from cli.shared.edge import DONE, REFUSED
from cli.shared.opening import opened
from cli.shared.output import answer, tell
from engine.model.dossier import CaseId
from engine.model.outcomes import Event
from runtime.queries.find_case import find_case
from runtime.use_cases.advance import Answer, act

Unmet = Mapping[str, object]


def decide(
    case: str, event: Event, request: str | None = None, workflow: str | None = None
) -> None:
    """Let an event happen to a case and answer; a refusal ends with exit code 1."""
    with opened() as runtime:
        case_id = find_case(runtime, case, workflow)
        settle(case, act(runtime, case_id, event, request))


def settle(case: str, decided: Answer, hint: str = "") -> None:
    """Answer for one decision; the hint is for people, beside a decision that was taken."""
    done = f"{case}: done, it stands in {decided.state}"
    if decided.accepted and decided.left != decided.state:
        done = f"{case}: moved from {decided.left} to {decided.state}"
    letters = f"letters owed: {', '.join(decided.letters)}" if decided.letters else ""
    opened = f"this opens: {', '.join(decided.opened)}" if decided.opened else ""
    human = [line for line in (done, opened, letters, hint) if decided.accepted and line]
    answer(body(case, decided.case_id, decided), *human)
    if decided.warnings:
        tell("warnings:", *unmet_lines(case, decided.warnings))
    if not decided.accepted:
        tell(f"{case} stays in {decided.state}:", *unmet_lines(case, decided.unmet))
    raise typer.Exit(DONE if decided.accepted else REFUSED)


def body(case: str, case_id: CaseId, decided: Answer) -> dict[str, object]:
    return {
        "case": case,
        "number": case_id,
        "accepted": decided.accepted,
        "left": decided.left,
        "state": decided.state,
        "version": decided.version,
        "unmet": [unmet_body(each) for each in decided.unmet],
        "warnings": [unmet_body(each) for each in decided.warnings],
        "letters": list(decided.letters),
        "opened": list(decided.opened),
    }


def unmet_body(unmet: Unmet) -> dict[str, object]:
    """One missing thing for machines: what, whose turn, remedy, waiver path."""
    return {
        "requirement": unmet["requirement"],
        "says": unmet["says"],
        "detail": unmet["detail"],
        "whose_turn": unmet["owner"],
        "remedy": unmet["remedy"],
        "waived_by": list(_words(unmet["waiver"])),
        "no_waiver": unmet["no_waiver"],
        "rule": list(_words(unmet["rule"])),
        "leads_to": unmet.get("leads_to", ""),
    }


def unmet_lines(case: str, missing: Iterable[Unmet]) -> list[str]:
    """The same for people."""
    lines: list[str] = []
    said: Unmet = {}
    leads_to: object = ""
    for unmet in missing:
        if unmet.get("leads_to", "") != leads_to:  # several moves of one step, each with its own
            leads_to, said = unmet["leads_to"], {}
            lines.append(f"  to {leads_to}:")
        rule = ", ".join(map(str, _words(unmet["rule"])))
        line = f"  - {unmet['says']} ({unmet['detail']})" + (f" [{rule}]" if rule else "")
        if _is_same(unmet, said):  # the same asked of several rows: the remedy stands once
            lines.insert(len(lines) - len(_remedies(case, said)), line)
            continue
        said = unmet
        lines.append(line)
        lines += _remedies(case, unmet)
    return lines


def _is_same(unmet: Unmet, said: Unmet) -> bool:
    same = ("requirement", "says", "owner", "remedy")
    return bool(said) and all(unmet[name] == said[name] for name in same)


def _remedies(case: str, unmet: Unmet) -> list[str]:
    turn = f"    whose turn: {unmet['owner']}; {unmet['remedy']}"
    return [turn, *(f"    {way}" for way in [_waiver(case, unmet)] if way)]


def _waiver(case: str, unmet: Unmet) -> str:
    roles = [str(role) for role in _words(unmet["waiver"])]
    if roles:
        command = f"pairing pair waive {case} {unmet['requirement']} --reason ... --as {roles[0]}"
        return f"may be waived by {' or '.join(roles)}: {command}"
    return f"not waivable: {unmet['no_waiver']}" if unmet["no_waiver"] else ""


def _words(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
