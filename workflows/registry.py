"""Every version of a programme's workflows by name and digest: a case stays on its own (P12).

DefinitionError
├── DefinitionProblemsError   a programme cannot be loaded: nothing of it is
└── UnknownVersionError       no workflow of that name is known
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.errors import DefinitionError, quoted
from engine.model.definition import Workflow
from engine.suggestions import suggestion
from workflows.programme import Programme, built_in
from workflows.programmes import load_programme
from workflows.schema.parse import parse_workflow
from workflows.yaml.problems import DefinitionProblemsError

__all__ = [
    "DefinitionProblemsError",
    "Programme",
    "Registry",
    "UnknownVersionError",
    "built_in",
    "load_programme",
    "parse_workflow",
]


class UnknownVersionError(DefinitionError):
    """A workflow or version that was asked for is not among those known."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The current programme, and earlier versions that running cases stay on until migrated."""

    programme: Programme
    kept: Mapping[str, Workflow] = field(default_factory=lambda: MappingProxyType({}))

    def current(self, name: str) -> Workflow:
        """The version new cases begin with; UnknownVersionError when there is none."""
        try:
            return self.programme.workflows[name]
        except KeyError:
            near = suggestion(name, sorted(self.programme.workflows))
            raise UnknownVersionError(f"no workflow {quoted(name)}: {near}") from None

    def versions(self) -> Iterator[Workflow]:
        """Every version known once, the current ones first."""
        current = {each.digest: each for each in self.programme.workflows.values()}
        yield from {**current, **self.kept, **current}.values()

    def keeping(self, workflows: Iterable[Workflow]) -> "Registry":
        """The same, with these versions known as well."""
        more = {workflow.digest: workflow for workflow in workflows}
        return Registry(self.programme, MappingProxyType({**self.kept, **more}))

    def moved_to(self, programme: Programme) -> "Registry":
        """A new current programme; every version known before stays known."""
        return Registry(programme).keeping(self.versions())
