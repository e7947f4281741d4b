"""Definition files to workflows, or everything that is wrong with them, each with its place."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import cast

from pydantic import TypeAdapter, ValidationError

from engine.errors import DefinitionError
from engine.model.definition import State, Workflow
from engine.model.office import OfficeRole
from workflows.schema.adapting import adapting
from workflows.schema.agreement import disagreements, sources_of
from workflows.schema.digests import digest_of
from workflows.schema.form import shape_of
from workflows.schema.office import office_of
from workflows.schema.settings import declared
from workflows.schema.spelling import Shape
from workflows.schema.states import escalating
from workflows.schema.workflow import WorkflowForm
from workflows.yaml.located import Located, Plain
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.reading import read
from workflows.yaml.spot import Spot, spotted

__all__ = [
    "DefinitionProblemsError",
    "build_workflow",
    "parse_workflow",
    "schema",
]


def parse_workflow(text: str | bytes, name: str) -> Workflow:
    """Build the workflow a file holds; `name` is the file as errors show it.

    Raises DefinitionProblemsError with a sentence and a place for everything that is wrong.
    """
    try:
        document = read(text, name)
    except DefinitionError as error:
        raise DefinitionProblemsError([str(error)]) from error
    return build_workflow(document)


def build_workflow(document: Located) -> Workflow:
    """Build the workflow of a file that has been read; errors as `parse_workflow`."""
    try:
        known = declared(document.content)
        workflow = _reader().validate_python(spotted(document), context=known)
    except ValidationError as error:
        raise refusal(document, error, _KnownKeys) from error
    spot = Spot(document)
    problems = list(disagreements(workflow, spot))
    if problems:
        raise DefinitionProblemsError(problems)
    return _finished(workflow, spot)


def plain(text: str) -> dict[str, object]:
    """A definition that was kept, as plain values."""
    try:
        found = json.loads(text)
    except ValueError:
        found = read(text, "kept").content
    return cast("dict[str, object]", found)


def schema() -> dict[str, object]:
    """JSON Schema of a definition file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **shape_of(WorkflowForm).model_json_schema(),
    }


@cache
def _reader() -> TypeAdapter[Workflow]:
    return TypeAdapter(WorkflowForm)


class _KnownKeys(Shape):
    """What may stand where, for suggestions: beside a check only its own parameters."""

    @classmethod
    def model_json_schema(cls, *_: object, **__: object) -> dict[str, object]:
        return _known_keys()


@cache
def _known_keys() -> dict[str, object]:
    return {name: _told_apart(part) for name, part in schema().items()}


def _told_apart(node: object) -> object:
    """The schema, its unions of checks turned into steps named as they are in error paths."""
    if isinstance(node, list):
        return [_told_apart(each) for each in node]
    if not isinstance(node, dict):
        return node
    union = node.get("discriminator")
    if isinstance(union, dict):
        return {"properties": {tag: {"$ref": ref} for tag, ref in union["mapping"].items()}}
    return {key: _told_apart(each) for key, each in node.items()}


def _finished(workflow: Workflow, spot: Spot) -> Workflow:
    """A workflow with all that follows from several of its parts."""
    office = office_of(workflow)
    steps = workflow.transitions
    return replace(
        workflow,
        several=_several(spot.document.content),
        office=office,
        states=_states(workflow, office, spot.at("states")),
        transitions=tuple(replace(each, sources=sources_of(each, workflow)) for each in steps),
        records=adapting(workflow),
        fact_places=MappingProxyType({n: spot.at("facts", n).named for n in workflow.facts}),
        digest=digest_of(spot.document.content),
    )


def _states(
    workflow: Workflow, office: Mapping[str, OfficeRole], spot: Spot
) -> Mapping[str, State]:
    above = frozenset(role.name for role in office.values() if role.above)
    states = {n: escalating(each, above, spot.at(n)) for n, each in workflow.states.items()}
    return MappingProxyType(states)


def _several(content: Plain) -> frozenset[str]:
    sides = content.get("sides") if isinstance(content, dict) else None
    centres = sides.items() if isinstance(sides, dict) else ()
    return frozenset(side for side, said in centres if said == "several")
