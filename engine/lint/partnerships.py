"""Partnerships that cannot be: steps nobody declared, an end after which nobody can be named."""

from collections.abc import Iterator

from engine.checks.hierarchy import effects
from engine.errors import quoted
from engine.lint.findings import Problem, unknown
from engine.model.definition import RESUME, STAY, SetFact, Workflow
from engine.model.partnership import Partnership


def partnership(workflow: Workflow) -> Iterator[Problem]:
    found = workflow.partnership
    if found is None:
        yield from _survivors(workflow)
        return
    triggers = {step.trigger for step in workflow.transitions}
    if found.side not in workflow.sides:
        yield unknown(found.place, "side", found.side, workflow.sides)
    for trigger in (found.asked_from, found.is_pair_from, *found.ends):
        if trigger not in triggers:
            yield unknown(found.place, "step", trigger, triggers)
    facts = {*workflow.facts, *(e.fact for e in effects(workflow) if isinstance(e, SetFact))}
    for fact in found.keeps:
        if fact not in facts:
            yield unknown(found.place, "fact", fact, facts)
    yield from _ends(workflow, found)


def _ends(workflow: Workflow, found: Partnership) -> Iterator[Problem]:
    for step in workflow.transitions:
        if step.trigger in found.ends and step.target in {STAY, RESUME}:
            yield Problem(
                step.place,
                f"step {quoted(step.trigger)} ends the partnership and enters no state",
                "say `to` which state it leads",
            )
    beginning = [found.asked_from, found.is_pair_from]
    for trigger in found.ends:
        if trigger in beginning:
            yield Problem(
                found.place,
                f"step {quoted(trigger)} begins the partnership and ends it",
                "keep it in one of the two",
            )
    if not any(found.side in state.assigns for state in workflow.states.values()):
        yield Problem(
            found.place,
            f"no state `assigns` the side {found.side}: nobody could follow a partner who left",
            "let the state in which a partner is looked for assign it",
        )


def _survivors(workflow: Workflow) -> Iterator[Problem]:
    for record in workflow.records.values():
        if record.survives:
            yield Problem(
                record.place,
                f"record {record.name} survives a re-match, but no partnership is declared",
                "declare `partnership`, or leave `survives` out",
            )
