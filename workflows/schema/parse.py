"""Definition files to workflows, or everything that is wrong with them, each with its place."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from functools import cache
from types import MappingProxyType
from typing import cast

from pydantic import ConfigDict, ValidationError

from engine.errors import DefinitionError
from engine.model.definition import State, Workflow
from engine.model.office import OfficeRole
from engine.model.phase import Phase
from workflows.schema.adapting import adapting
from workflows.schema.agreement import disagreements, sources_of
from workflows.schema.digests import digest_of
from workflows.schema.office import office_of
from workflows.schema.settings import declared
from workflows.schema.states import escalating
from workflows.schema.workflow import WorkflowShape
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.reading import read
from workflows.yaml.spot import Spot, spotted

__all__ = [
    "DefinitionProblemsError",
    "build_workflow",
    "parse_workflow",
    "schema",
]

_MORNING = time(8)


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
        shape = WorkflowShape.model_validate(spotted(document), context=known)
    except ValidationError as error:
        raise refusal(document, error, _KnownKeys) from error
    spot = Spot(document)
    problems = list(disagreements(shape, spot))
    if problems:
        raise DefinitionProblemsError(problems)
    return _workflow(shape, spot)


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
        **WorkflowShape.model_json_schema(),
    }


class _KnownKeys(WorkflowShape):
    """What may stand where, for suggestions: beside a check only its own parameters."""

    model_config = ConfigDict(defer_build=True)

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


def _workflow(shape: WorkflowShape, spot: Spot) -> Workflow:
    office = office_of(shape)
    return Workflow(
        name=shape.workflow,
        title=shape.title,
        version=shape.version,
        programme=shape.programme,
        initial=shape.initial,
        roles=shape.roles,
        sides=tuple(shape.sides),
        several=_several(shape),
        office=office,
        partnership=shape.partnership,
        renamed=MappingProxyType(shape.renamed.states),
        is_root=shape.root,
        phases=MappingProxyType({name: Phase(name, text) for name, text in shape.phases.items()}),
        states=_states(shape, office, spot.at("states")),
        transitions=tuple(
            replace(step, sources=sources_of(step, shape)) for step in shape.transitions
        ),
        anchors=MappingProxyType(shape.anchors),
        records=adapting(shape),
        meetings=MappingProxyType(shape.meetings),
        flags=MappingProxyType(shape.flags),
        watches=shape.watches,
        notices=MappingProxyType(shape.notices),
        settings=MappingProxyType(shape.settings),
        facts=shape.facts,
        fact_places=MappingProxyType({n: spot.at("facts", n).named for n in shape.facts}),
        comparisons=MappingProxyType(shape.comparisons),
        lists=MappingProxyType(shape.lists),
        start_anchor=shape.start or "",
        months=shape.months or 0,
        flag_workflow=shape.flag_workflow or "",
        check_in_workflow=shape.check_in_workflow or "",
        sends_at=shape.sends_at or _MORNING,
        source=shape.source,
        digest=digest_of(spot.document.content),
        place=spot.place,
    )


def _states(
    shape: WorkflowShape, office: Mapping[str, OfficeRole], spot: Spot
) -> Mapping[str, State]:
    above = frozenset(role.name for role in office.values() if role.above)
    states = {name: escalating(each, above, spot.at(name)) for name, each in shape.states.items()}
    return MappingProxyType(states)


def _several(shape: WorkflowShape) -> frozenset[str]:
    sides = shape.sides if isinstance(shape.sides, dict) else {}
    return frozenset(side for side, centres in sides.items() if centres == "several")
