"""A workflow as a Mermaid state diagram: phases hold their states, exits are drawn once."""

from collections.abc import Iterator, Mapping

from engine.model.definition import RESUME, STAY, State, Transition, Workflow

_ENTITIES = str.maketrans({'"': "#quot;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;"})
_BESIDE = {RESUME: "back to where it was", STAY: "without leaving it"}
_MANY = 3  # open states of a phase; from all of as many, or more, one arrow is drawn


def mermaid(workflow: Workflow) -> str:
    """The text of a ``stateDiagram-v2``; the same definition gives the same text."""
    phases = _phases(workflow)
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.initial}"]
    for phase, states in phases.items():
        lines.extend(_phase(workflow, phase, states))
    lines.extend(_arrows(workflow, phases))
    lines.extend(_notes(workflow))
    lines.extend(f"    {state.name} --> [*]" for state in workflow.states.values() if state.final)
    return "\n".join(lines) + "\n"


def _phases(workflow: Workflow) -> Mapping[str, list[State]]:
    """Phases that have states, in their order; states without a phase stand under ''."""
    known: dict[str, list[State]] = {name: [] for name in workflow.phases}
    for state in workflow.states.values():
        known.setdefault(state.phase, []).append(state)
    return {name: states for name, states in known.items() if states}


def _phase(workflow: Workflow, phase: str, states: list[State]) -> Iterator[str]:
    named = [f"{state.name}: {_text(state.title)}" for state in states]
    known = workflow.phases.get(phase)
    if known is None:
        yield from (f"    {line}" for line in named)
        return
    yield f"    state {_quoted(known.title)} as {_box(phase)} {{"
    yield from (f"        {line}" for line in named)
    yield "    }"


def _arrows(workflow: Workflow, phases: Mapping[str, list[State]]) -> Iterator[str]:
    drawn: dict[tuple[str, str], list[str]] = {}
    for step in workflow.transitions:
        for source, target in _ends(workflow, step, phases):
            drawn.setdefault((source, target), []).append(step.trigger)
    for (source, target), triggers in drawn.items():
        label = " / ".join(trigger.replace("_", " ") for trigger in dict.fromkeys(triggers))
        yield f"    {source} --> {target}: {_text(label)}"


def _ends(
    workflow: Workflow, step: Transition, phases: Mapping[str, list[State]]
) -> Iterator[tuple[str, str]]:
    left = [] if step.target in _BESIDE else list(step.sources)
    for phase, states in phases.items():
        inside = [state.name for state in states if not state.final and not state.pauses]
        is_whole = phase in workflow.phases and len(inside) >= _MANY and set(inside) <= set(left)
        # Mermaid draws no arrow from a box to what stands in it.
        if is_whole and all(state.name != step.target for state in states):
            left = [source for source in left if source not in inside]
            yield _box(phase), step.target
    yield from ((source, step.target) for source in left)


def _notes(workflow: Workflow) -> Iterator[str]:
    """Steps that no arrow shows: an arrow to wherever the case was would hide all others."""
    notes: dict[str, list[str]] = {}
    for step in workflow.transitions:
        for source in step.sources if step.target in _BESIDE else ():
            label = f"{_text(step.trigger.replace('_', ' '))}, {_BESIDE[step.target]}"
            notes.setdefault(source, []).append(label)
    for source, labels in notes.items():  # a state has one note, a second would replace it
        yield f"    note right of {source}: {' / '.join(labels)}"


def _box(phase: str) -> str:
    return f"phase_{phase}"


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """A text as Mermaid takes it: one line, no sign that ends a label."""
    one_line = " ".join(text.split())
    return one_line.translate(_ENTITIES)
