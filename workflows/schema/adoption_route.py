"""What cannot be meant together in `adoption.yaml`: the route, its columns, and the records."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from engine.checks.hierarchy import effects, opened
from engine.model.adoption import Adoption, DatedColumn
from engine.model.definition import Workflow
from workflows.yaml.spot import Spot


def contradictions(adoption: Adoption, spot: Spot, workflow: Workflow) -> Iterator[str]:
    yield from _columns_once(adoption, spot)
    yield from _route(adoption.route, spot.at("route"), workflow)
    yield from _in_order(adoption, spot.at("dates"))
    yield from _passed_over(adoption, spot.at("dates"))
    for column in adoption.dates:
        here = spot.at("dates", column.name)
        yield from _planned(column, here, workflow)
        yield from _own_day(column, here, workflow)
    yield from _twice(adoption, spot.at("dates"))
    yield from _children(adoption, spot.at("children"), workflow)


def _columns_once(adoption: Adoption, spot: Spot) -> Iterator[str]:
    """Each column of the table has a name of its own."""
    named = [
        ("reference", spot),
        *((side, spot.at("sides", number)) for number, side in enumerate(adoption.sides)),
        *((name, spot.at("people", name)) for name in adoption.roles),
        *((name, spot.at("facts", number)) for number, name in enumerate(adoption.facts)),
        *((column.name, spot.at("dates", column.name)) for column in adoption.dates),
    ]
    seen: set[str] = set()
    for name, here in named:
        if name in seen:
            yield f'{here.named}: "{name}" is the name of another column: choose another name'
        seen.add(name)
    if not any(column.enters for column in adoption.dates):
        remedy = "write `enters` into the columns that do"
        yield f"{spot.at('dates').named}: no date says where a case stands: {remedy}"


def _route(route: tuple[str, ...], spot: Spot, workflow: Workflow) -> Iterator[str]:
    for number, state in enumerate(route):
        if state in route[:number]:
            yield f"{spot.at(number).place}: {state} is on the route twice: leave one out"
    led = {(source, step.target) for step in workflow.transitions for source in step.sources}
    for number, (state, following) in enumerate(pairwise(route), start=1):
        if (state, following) not in led:
            remedy = "put the states in the order of the steps, and leave none out"
            yield f"{spot.at(number).place}: no step leads from {state} to {following}: {remedy}"


def _in_order(adoption: Adoption, spot: Spot) -> Iterator[str]:
    """A column enters what lies beyond all that it and the columns before it pass."""
    place = {state: number for number, state in enumerate(adoption.route)}
    furthest, by = -1, ""
    for column in adoption.dates:
        here = spot.at(column.name)
        entered = [place[state] for state in column.enters if state in place]
        if entered and min(entered) <= furthest:
            remedy = "put the dates in the order of the route"
            yield f"{here.named}: {column.name} enters what {by} has left behind: {remedy}"
        for number, state in enumerate(column.passes):
            where = here.at("passes", number).place
            if state not in place:
                remedy = "write it into `route`, or leave it out"
                yield f"{where}: {state} is not on the route: {remedy}"
            elif entered and place[state] >= min(entered):
                first = adoption.route[min(entered)]
                yield f"{where}: {state} does not lie before {first}: correct `passes` or `enters`"
        if column.passes and not column.enters:
            remedy = "say what it `enters`, or leave `passes` out"
            yield f"{here.named}: {column.name} passes states and enters none: {remedy}"
        if entered:
            furthest, by = max(*entered, furthest), column.name


def _passed_over(adoption: Adoption, spot: Spot) -> Iterator[str]:
    """A state that lies behind a case and that nobody passes: its evidence is never looked for."""
    passed: set[str] = set()
    for column in adoption.dates:
        passed |= {*column.passes}
        entered = [state for state in adoption.route if state in column.enters]
        before = adoption.route[: adoption.route.index(entered[0])] if entered else ()
        for state in before:
            if state not in passed:
                sentence = f"{column.name} leaves {state} behind, and no column passes it"
                yield f"{spot.at(column.name).named}: {sentence}: write it into `passes`"
        passed |= {*before}


def _planned(column: DatedColumn, spot: Spot, workflow: Workflow) -> Iterator[str]:
    """A day to come opens nothing, and is nothing that was done."""
    if not column.planned:
        return
    if column.enters:
        yield f"{spot.named}: {column.name} is planned and enters a state: keep one of the two"
    for number, path in enumerate(column.records):
        record, _, name = path.partition(".")
        fields = workflow.records[record].fields if record in workflow.records else ()
        if any(field.past for field in fields if field.name == name):
            remedy = "leave `planned` out, or name a field that may lie ahead"
            place = spot.at("records", number).place
            yield f"{place}: {path} is a day gone by, and {column.name} is planned: {remedy}"


def _own_day(column: DatedColumn, spot: Spot, workflow: Workflow) -> Iterator[str]:
    """A column that fills in the day on which a state's meeting was held has passed that state."""
    for number, path in enumerate(column.records):
        held = [s.name for s in workflow.states.values() if s.actual == f"record.{path}"]
        if column.enters and held and not set(held) & {*column.passes, *column.enters}:
            where = spot.at("records", number).place
            sentence = f"{path} is the day of {held[0]}, which {column.name} does not pass"
            yield f"{where}: {sentence}: pass that state, or name another record"


def _twice(adoption: Adoption, spot: Spot) -> Iterator[str]:
    """Two columns that enter or pass one state, or fill in one field."""
    for what in ("enters", "passes", "records"):
        seen: dict[str, Spot] = {}
        for column in adoption.dates:
            names: Iterable[str] = getattr(column, what)
            for number, name in enumerate(names):
                here = spot.at(column.name, what, number)
                other = seen.setdefault(name, here)
                if other is not here:
                    by = other.path[-3]
                    yield f"{here.place}: {by} {what} {name} already: leave it out of one of them"


def _children(adoption: Adoption, spot: Spot, workflow: Workflow) -> Iterator[str]:
    """What runs beside a case is opened by it, in a state that the route goes through."""
    opens = {opened(workflow, effect) for effect in effects(workflow)}
    for state, children in adoption.children.items():
        here = spot.at(state)
        if state in workflow.states and state not in adoption.route:
            yield f"{here.named}: {state} is not on the route: name a state of the route"
        for number, child in enumerate(children):
            if child not in opens:
                remedy = "leave it out, or name one that it opens"
                yield f"{here.at(number).place}: {workflow.name} never opens {child}: {remedy}"
