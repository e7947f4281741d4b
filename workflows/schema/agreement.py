"""Where the parts of one definition file must agree before a workflow can be built of them."""

from collections.abc import Iterator
from difflib import get_close_matches

from engine.model.definition import Transition, Workflow
from workflows.schema.steps import ANY_OPEN_STATE, PHASE
from workflows.yaml.located import Path, Plain
from workflows.yaml.spot import Spot


def sources_of(step: Transition, workflow: Workflow) -> tuple[str, ...]:
    """The states a transition leads from; phases and ``any_open_state`` written out."""
    named = [state for each in step.sources for state in _meant(each, workflow)]
    return tuple(dict.fromkeys(named))


def disagreements(workflow: Workflow, spot: Spot) -> Iterator[str]:
    """Sentences about phases nobody declared, sources that are none, and names used twice."""
    for number, step in enumerate(workflow.transitions):
        yield from _wrong_sources(step, workflow, spot.at("transitions", number, "from"))
    yield from _other_words(spot)


def _meant(source: str, workflow: Workflow) -> tuple[str, ...]:
    in_phase = source.startswith(PHASE)
    if source != ANY_OPEN_STATE and not in_phase:
        return (source,)
    return tuple(
        name
        for name, state in workflow.states.items()
        if not (state.final or state.pauses)
        and (not in_phase or state.phase == source.removeprefix(PHASE))
    )


def _wrong_sources(step: Transition, workflow: Workflow, spot: Spot) -> Iterator[str]:
    for source in step.sources:
        phase = source.removeprefix(PHASE)
        if phase != source and phase not in workflow.phases:
            near = get_close_matches(phase, workflow.phases, n=1)
            meant = f'did you mean "{near[0]}"?' if near else _known(workflow)
            yield f'{spot.place}: no phase "{phase}" is declared: {meant}'
        elif not _meant(source, workflow):
            yield f"{spot.place}: no state is left open there: name the states this leads from"
    states = [state for source in step.sources for state in _meant(source, workflow)]
    if len(states) > len(set(states)):
        twice = next(state for state in states if states.count(state) > 1)
        yield f'{spot.place}: the state "{twice}" stands here twice: remove one'


def _known(workflow: Workflow) -> str:
    return f"declared are: {', '.join(workflow.phases) or 'none; add phases: {name: title}'}"


def _other_words(spot: Spot) -> Iterator[str]:
    """A requirement's name is its own: twice the same name must be twice the same words."""
    first: dict[str, tuple[Plain, Path]] = {}
    for path, written in _requirements(spot.document.content):
        name = str(written["name"])
        words, before = first.setdefault(name, (written, path))
        if words != written:
            line = spot.document.place(before).line
            yield (
                f'{spot.document.place(path)}: "{name}" is the name of another requirement '
                f"in line {line}: give it a name of its own, or the same words"
            )


def _requirements(content: Plain) -> Iterator[tuple[Path, dict[str, Plain]]]:
    for number, step in enumerate(_listed(content, "transitions")):
        for at, requirement in enumerate(_listed(step, "requires")):
            yield ("transitions", number, "requires", at), requirement
    for number, watch in enumerate(_listed(content, "watches")):
        yield ("watches", number), watch


def _listed(content: Plain, key: str) -> list[dict[str, Plain]]:
    written = content.get(key) if isinstance(content, dict) else None
    listed = written if isinstance(written, list) else []
    return [each for each in listed if isinstance(each, dict)]
