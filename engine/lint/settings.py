"""Settings that nothing uses, that nobody may change, or that have the name of something else."""

from collections.abc import Iterator

from engine.lint.findings import Problem, unknown
from engine.lint.names import Scope
from engine.lint.paths import used_of
from engine.model.adapting import adapting, named
from engine.model.definition import Workflow

_ROOT = "setting."


def settings(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    below = (scope.lines.workflows[name] for name in scope.lines.children(workflow.name))
    asked = _used(workflow) | {name for each in below for name in _borrowed(each, workflow.name)}
    for setting in workflow.settings.values():
        if setting.name not in asked:
            sentence = f"nothing uses the setting {setting.name}"
            yield Problem(setting.place, sentence, "name it where its value stands, or remove it")
        if setting.name in workflow.anchors:
            sentence = f"{setting.name} is a setting and an anchor"
            yield Problem(setting.place, sentence, "give one of them another name")
        for role in setting.by:
            if not setting.of and role not in workflow.office:
                yield unknown(setting.place, "role of the office", role, workflow.office)
        if not setting.of and not adapting(workflow):
            sentence = f"no record of {workflow.name} changes the setting {setting.name}"
            yield Problem(setting.place, sentence, "write adapts: true into a record of it")


def _used(workflow: Workflow) -> frozenset[str]:
    return used_of(workflow, _ROOT).union(named(workflow))


def _borrowed(workflow: Workflow, of: str) -> Iterator[str]:
    yield from (each.name for each in workflow.settings.values() if each.of == of)
