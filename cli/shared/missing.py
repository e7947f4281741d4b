"""What is missing, as machines and people read it: what, whose turn, remedy, who may waive it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import cast

import typer

from cli.shared.edge import REFUSED
from cli.shared.output import tell
from engine.model.outcomes import Refusal, Unmet
from engine.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing thing: what, whose turn, remedy, waiver path."""

    requirement: str
    says: str
    detail: str
    whose_turn: str
    remedy: str
    waived_by: tuple[str, ...]
    no_waiver: str
    rule: tuple[str, ...]
    leads_to: str


def missing_of(unmet: Unmet | Mapping[str, object]) -> Missing:
    """The same out of what the engine says, or of what was kept of it."""
    known = unmet if isinstance(unmet, Mapping) else asdict(unmet)
    words = cast("Mapping[str, str]", known)
    return Missing(
        requirement=words["requirement"],
        says=words["says"],
        detail=words["detail"],
        whose_turn=words["owner"],
        remedy=words["remedy"],
        waived_by=tuple(words["waiver"]),
        no_waiver=words["no_waiver"],
        rule=tuple(words["rule"]),
        leads_to=words.get("leads_to", ""),
    )


def missing_in(outcome: Plan | Refusal) -> tuple[Missing, ...]:
    """What a decision lacks; nothing where it was taken."""
    return tuple(map(missing_of, outcome.unmet)) if isinstance(outcome, Refusal) else ()


def refuse(case: str, missing: tuple[Missing, ...]) -> None:
    """Tell what is missing and end with exit code 1; nothing where nothing is."""
    if missing:
        tell(f"{case} stays as it is:", *missing_lines(case, missing))
        raise typer.Exit(REFUSED)


def missing_lines(case: str, missing: Iterable[Missing]) -> list[str]:
    """The same for people."""
    lines: list[str] = []
    said: Missing | None = None
    leads_to = ""
    for each in missing:
        if each.leads_to != leads_to:  # several moves of one step, each with its own
            leads_to, said = each.leads_to, None
            lines.append(f"  to {leads_to}:")
        rule = ", ".join(each.rule)
        line = f"  - {sentence(each.detail)}" + (f" [{rule}]" if rule else "")
        if said is not None and _is_same(each, said):  # asked of several rows: one remedy
            lines.insert(len(lines) - len(_remedies(case, said)), line)
            continue
        said = each
        lines += [line, *_remedies(case, each)]
    return lines


def _is_same(one: Missing, other: Missing) -> bool:
    same = ("requirement", "says", "whose_turn", "remedy")
    return all(getattr(one, name) == getattr(other, name) for name in same)


_OURS = ("the ", "no ", "number ", "it ")


def sentence(words: str) -> str:
    """Words as a sentence that stands alone; a key that begins it stays as it is typed."""
    ended = words if words.endswith((".", "?", "!")) else f"{words}."
    return ended[:1].upper() + ended[1:] if ended.startswith(_OURS) else ended


def _remedies(case: str, missing: Missing) -> list[str]:
    turn = f"whose turn: {missing.whose_turn}; {missing.remedy}"
    ways = (_needed(missing), turn, _waiver(case, missing))
    return [f"    {way}" for way in ways if way]


def _needed(missing: Missing) -> str:
    """The requirement in words, where it is one that the programme names."""
    named = missing.rule or missing.waived_by or missing.no_waiver or missing.requirement == "role"
    return f"needed: {missing.says}" if named else ""


def _waiver(case: str, missing: Missing) -> str:
    if missing.waived_by and case:
        roles, name = " or ".join(missing.waived_by), missing.requirement
        command = f"pairing pair waive {case} {name} --reason ... --as {missing.waived_by[0]}"
        return f"may be waived by {roles}: {command}"
    return f"not waivable: {missing.no_waiver}" if missing.no_waiver else ""
