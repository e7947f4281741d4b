"""Steps of a small programme, and how long each of its states is silent."""

from engine.checks.values import Present
from engine.lint.silence import silences
from engine.model.definition import (
    Workflow,
)
from tests.support.workflows import (
    a_programme,
    a_step,
)

GO = a_step("go", "drafting", "reviewing")
CLOSE = a_step("close", ("drafting", "reviewing"), "closed")
NEVER = Present("fact.never")


def days(*workflows: Workflow) -> dict[str, int | None]:
    found = silences(a_programme(*workflows))
    return {f"{each.workflow}.{each.state}": each.days for each in found}
