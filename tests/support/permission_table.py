"""The table of docs/permissions.md: `python -m tests.support.permission_table`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.decide.acts import Action, Verb
from engine.decide.permissions import Allowed, Circle, can
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import Person, PersonId
from engine.model.outcomes import By
from workflows.registry import built_in, load_programme

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
_PART = re.compile(r"<!-- asked of can -->\n.*?<!-- end -->", re.DOTALL)
_OF_THE_OFFICE = (
    *(Verb.START, Verb.ASSIGN, Verb.SUBSTITUTE, Verb.MOVE, Verb.FLAG),
    *(Verb.DIRECTORY, Verb.ADOPT, Verb.MAIL, Verb.INCIDENT, Verb.CLOCK),
    Verb.MIGRATE,
)


def renewed(text: str) -> str:
    programme = load_programme(built_in("wp6"))
    table = "\n".join(lines(programme.workflows[programme.root]))
    return _PART.sub(lambda _: f"<!-- asked of can -->\n{table}\n<!-- end -->", text)


def lines(workflow: Workflow) -> Iterator[str]:
    """One row an action, one column a role."""
    yield f"| to | {' | '.join(workflow.roles)} |"
    yield f"|---|{'---|' * len(workflow.roles)}"
    for action in actions(workflow):
        cells = (answer(workflow, role, action) for role in workflow.roles)
        yield f"| {_title(action)} | {' | '.join(cells)} |"
    for setting in workflow.settings.values():
        cells = ("yes" if role in setting.by else "" for role in workflow.roles)
        yield f"| adapt the setting `{setting.name}` | {' | '.join(cells)} |"
    yield from ("", "Set aside by nobody, because:", "")
    for name, why in sorted(_by_nobody(workflow)):
        yield f"- `{name}`: {why}"


def _by_nobody(workflow: Workflow) -> set[tuple[str, str]]:
    asked = (each for each in workflow.requirements() if not each.warns)
    return {(each.name, each.no_waiver) for each in asked if not each.waiver}


def actions(workflow: Workflow) -> Iterator[Action]:
    yield from (Action(verb) for verb in _OF_THE_OFFICE)
    for verb in (Verb.GIVE, Verb.SUBSTITUTE):
        yield from (Action(verb, role) for role in workflow.office)
    by_people = (step.trigger for step in workflow.transitions if step.by != (SYSTEM,))
    yield from (Action(Verb.STEP, trigger) for trigger in dict.fromkeys(by_people))
    for name, kind in workflow.records.items():
        yield Action(Verb.FILE, name)
        yield from (Action(Verb.SIGN, name, side) for side in kind.signatories)
    waivable = (asked.name for asked in workflow.requirements() if asked.waiver)
    yield from (Action(Verb.WAIVE, name) for name in dict.fromkeys(waivable))


def answer(workflow: Workflow, role: str, action: Action) -> str:
    """What ``can`` says to somebody of a role: yes, as heard from a side, or nothing."""
    circle = Circle(workflow, tuple(_person(n, each) for n, each in enumerate(workflow.roles, 1)))
    if isinstance(can(By(role, role), action, circle), Allowed):
        return "yes"
    heard = (By(role, role, side, "phone") for side in workflow.sides)
    passes_on = any(isinstance(can(by, action, circle), Allowed) for by in heard)
    return "as heard" if passes_on else ""


def _person(number: int, role: str) -> Person:
    return Person(PersonId(number), role.title(), f"{role}@example.org", role, key=role)


def _title(action: Action) -> str:
    of = f" `{action.of}`" if action.of else ""
    side = f" for {action.side}" if action.side else ""
    return f"{action.verb.value}{of}{side}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
