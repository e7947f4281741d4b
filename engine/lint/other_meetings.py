"""The day, the record or the letter of one meeting where another is meant: a slip of copying."""

from collections.abc import Iterator

from engine.checks.dated import OnOrBefore, SentBefore
from engine.checks.hierarchy import nested
from engine.lint.date_order import whens
from engine.lint.findings import Problem
from engine.model.check import Check
from engine.model.definition import Ladder, State, Workflow
from engine.places import Place
from engine.time.windows import Source


def other_meetings(workflow: Workflow) -> Iterator[Problem]:
    held: dict[str, str] = {}
    for meeting in workflow.meetings.values():
        other = held.setdefault(meeting.held, meeting.name)
        yield from _one(meeting.place, f"the day of {meeting.held}", [other, meeting.name])
    for anchor in workflow.anchors.values():
        if not anchor.latest:  # the latest of several is meant to look at several
            about = [name for source in anchor.sources for name in _of_source(workflow, source)]
            yield from _one(anchor.place, f"anchor {anchor.name}", about)
    for state in workflow.states.values():
        own = _of_state(workflow, state)
        yield from _one(state.place, f"state {state.name}", own)
        for ladder in state.ladders:
            waited = () if ladder.unmet is None else _of_check(workflow, ladder.unmet)
            about = [*own[:1], *waited, *_told(workflow, ladder)]
            yield from _one(ladder.place, f"ladder {ladder.name} of {state.name}", about)
    yield from _asked(workflow)


def _asked(workflow: Workflow) -> Iterator[Problem]:
    """A step in or into the state of a meeting asks for the day, or the record, of another."""
    for step in workflow.transitions:
        known = [workflow.states[n] for n in (*step.sources, step.target) if n in workflow.states]
        own = [name for state in known for name in _of_state(workflow, state)]
        for asked in step.requires if own else ():
            others = [name for name in _of_check(workflow, asked.check) if name not in own]
            sentence = f"requirement {asked.name} of step {step.trigger}"
            yield from _one(asked.place, sentence, [own[0], *others])


def _of_check(workflow: Workflow, check: Check) -> Iterator[str]:
    for each in nested(check):
        for path in each.paths():
            yield from _of_path(workflow, path)
        limit = each.limit if isinstance(each, OnOrBefore) else None
        days = [when.anchor for when in whens(limit)] if limit is not None else []
        for day in [each.before] if isinstance(each, SentBefore) else days:
            anchor = workflow.anchors.get(day)
            for source in anchor.sources if anchor is not None and not anchor.latest else ():
                yield from _of_source(workflow, source)


def _one(place: Place, what: str, about: list[str]) -> Iterator[Problem]:
    names = list(dict.fromkeys(about))
    if len(names) > 1:
        sentence = f"{what} is about two meetings, {names[0]} and {names[1]}"
        yield Problem(place, sentence, "name what belongs to one of them")


def _of_state(workflow: Workflow, state: State) -> list[str]:
    """The meeting whose day a state has, as it was held and as it is agreed."""
    agreed = workflow.anchors.get(state.agreed or "")
    sources = () if agreed is None else agreed.sources
    of_anchor = [name for each in sources if each.kind == "agreed" for name in (_of(each),)]
    return [*_of_path(workflow, state.actual or ""), *of_anchor]


def _of_source(workflow: Workflow, source: Source) -> list[str]:
    match source.kind:
        case "agreed":
            return [_of(source)]
        case "actual" | "planned":
            return _of_path(workflow, f"record.{source.of}")
        case "forecast" | "ends" if source.of in workflow.states:
            return _of_state(workflow, workflow.states[source.of])
        case _:
            return []


def _of(source: Source) -> str:
    return source.of.partition(".")[0]


def _of_path(workflow: Workflow, path: str) -> list[str]:
    root, _, rest = path.partition(".")
    if root == "meeting":
        return [rest.partition(".")[0]]
    record = rest.partition(".")[0] if root == "record" else ""
    return [each.name for each in workflow.meetings.values() if each.evidence[0] == record]


def _told(workflow: Workflow, ladder: Ladder) -> Iterator[str]:
    """The meeting of the letters, where its invitation is a stage of a letter of its own."""
    sent = {rung.letter.partition(".")[0] for rung in ladder.rungs if rung.letter is not None}
    for letter in sorted(sent):
        invited = (each.invitation.letter.partition(".")[0] for each in workflow.meetings.values())
        found = [n for n, own in zip(workflow.meetings, invited, strict=True) if own == letter]
        yield from found if len(found) == 1 else ()
