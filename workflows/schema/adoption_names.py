"""Names in `adoption.yaml` that its programme does not have."""

from collections.abc import Iterable, Iterator, Mapping

from engine.checks.hierarchy import lineage
from engine.model.adoption import Adoption, DatedColumn
from engine.model.definition import Workflow
from engine.suggestions import suggestion
from workflows.schema.adoption_route import contradictions
from workflows.yaml.spot import Spot

_ONE_BY_ONE = "leave this file out, and open such cases one by one"


def strange_names(
    adoption: Adoption, spot: Spot, workflows: Mapping[str, Workflow]
) -> Iterator[str]:
    """What the table of running cases is said to hold, and no workflow of the programme knows."""
    yield from _each("workflow", [adoption.workflow], workflows, spot.at("workflow"))
    workflow = workflows.get(adoption.workflow)
    if workflow is None:
        return
    facts = lineage(workflows).own_facts[workflow.name]
    yield from _list("side", adoption.sides, workflow.sides, spot.at("sides"))
    for number, side in enumerate(adoption.sides):
        if side in workflow.several:
            place = spot.at("sides", number).place
            yield f"{place}: {side} may be several centres, and a row names one: {_ONE_BY_ONE}"
    yield from _list("fact", adoption.facts, facts, spot.at("facts"))
    yield from _list("state", adoption.route, workflow.states, spot.at("route"))
    for name, role in adoption.roles.items():
        yield from _each("role", [role], workflow.roles, spot.at("people", name, "role"))
    for column in adoption.dates:
        yield from _column(column, adoption, workflow, spot.at("dates", column.name))
    for state, children in adoption.children.items():
        yield from _named("state", state, workflow.states, spot.at("children", state))
        yield from _list("workflow", children, workflows, spot.at("children", state))
    if set(adoption.route) <= workflow.states.keys():
        yield from contradictions(adoption, spot, workflow)


def _column(
    column: DatedColumn, adoption: Adoption, workflow: Workflow, spot: Spot
) -> Iterator[str]:
    yield from _list("state", column.enters, workflow.states, spot.at("enters"))
    yield from _list("state", column.passes, workflow.states, spot.at("passes"))
    for number, state in enumerate(column.enters):
        if state in workflow.states and state not in (*adoption.route, *_ends(workflow)):
            place = spot.at("enters", number).place
            yield f"{place}: {state} is not on the route: write it into `route`, or leave it out"
    for number, path in enumerate(column.records):
        record, _, field = path.partition(".")
        here = spot.at("records", number)
        yield from _each("record", [record], workflow.records, here)
        if record in workflow.records:
            yield from _day(record, field, workflow, here)
    if not (column.enters or column.records):
        yield f"{spot.named}: nothing follows from {column.name}: say what it `enters` or `records`"


def _day(record: str, name: str, workflow: Workflow, spot: Spot) -> Iterator[str]:
    """A column holds a day, and no row of it could be taken over as a moment."""
    kinds = {field.name: field.kind for field in workflow.records[record].fields}
    if kinds.get(name) == "moment":
        remedy = "name a field that holds a day, or leave it out"
        yield f"{spot.place}: {record}.{name} is a moment, and a column holds a day: {remedy}"
        return
    dates = [field for field, kind in kinds.items() if kind == "date"]
    yield from _each(f"field of {record} with a date", [name], dates, spot)


def _ends(workflow: Workflow) -> Iterator[str]:
    return (name for name, state in workflow.states.items() if state.final)


def _list(what: str, names: Iterable[str], known: Iterable[str], spot: Spot) -> Iterator[str]:
    listed = sorted(known)
    for number, name in enumerate(names):
        yield from _each(what, [name], listed, spot.at(number))


def _each(what: str, names: Iterable[str], known: Iterable[str], spot: Spot) -> Iterator[str]:
    listed = sorted(known)
    for name in names:
        if name not in listed:
            yield f'{spot.place}: no {what} "{name}": {suggestion(name, listed)}'


def _named(what: str, name: str, known: Iterable[str], spot: Spot) -> Iterator[str]:
    listed = sorted(known)
    if name not in listed:
        yield f'{spot.named}: no {what} "{name}": {suggestion(name, listed)}'
