"""Which act somebody wants taken back, and what rests on it since."""

from collections.abc import Iterator

from engine.decide.unmet import not_taken
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import Unmet
from engine.model.past import Happened, Past
from engine.model.putting_right import Corrected, PutRight, Undone, Voided

_ACTS = frozenset({"triggered", "filed", "signed", "waived", "moved", "flag_raised", "migrated"})
_PUT_RIGHT = frozenset({"voided", "corrected"})
_WORDS = {
    "triggered": "the step",
    "filed": "the record",
    "signed": "the signature under",
    "waived": "the waiver of",
    "moved": "the moved date of",
    "flag_raised": "the flag",
    "migrated": "the version",
    "assigned": "who was named:",
    "voided": "the voided record",
    "corrected": "the corrected record",
}


def meant(happened: tuple[Happened, ...], event: PutRight, dossier: Dossier) -> int | Unmet:
    """The act that is meant, by its turn."""
    if isinstance(event, Undone):
        return _last(happened, dossier)
    return _filing(happened, event, dossier)


def _last(happened: tuple[Happened, ...], dossier: Dossier) -> int | Unmet:
    """The last thing that a person did in the case and that stands."""
    name = dossier.reference
    for each in reversed(standing(happened)):
        if each.case != dossier.id or each.turn != each.act or each.role == SYSTEM:
            continue
        if each.kind in _ACTS:
            return each.act
        what = f"{_WORDS.get(each.kind, each.kind)} {each.what}".strip()
        if each.kind in _PUT_RIGHT:
            return not_taken(name, f"{what} is the last thing done", "File what is right.")
        if each.kind == "assigned":
            return not_taken(name, f"{what} is the last thing done", "Name another one instead.")
        break
    return not_taken(name, "nothing was done that can be taken back", "Nothing to do.")


def _filing(
    happened: tuple[Happened, ...], event: Voided | Corrected, dossier: Dossier
) -> int | Unmet:
    name, versions = event.record, dossier.records.get(event.record, ())
    number = _number(event, dossier)
    if not any(each.number == number for each in versions):
        known = ", ".join(str(each.number) for each in versions)
        there = f"In force and before it: {known}." if known else "There is none to put right."
        detail = f"no version {number} of it counts" if number else "no version of it counts"
        return not_taken(name, detail, there)
    found = (e for e in happened if e.case == dossier.id and (name, number) in e.records)
    filed = next(found, None)
    if filed is None:
        detail = f"version {number} was filed before it was noted what follows from it"
        return not_taken(name, detail, "File what is right as a new version.")
    return filed.act


def together(happened: tuple[Happened, ...], event: PutRight, act: int) -> tuple[int, ...]:
    """The act, what it had corrected, and the signatures under versions that these filed."""
    if isinstance(event, Undone):
        return (act,)
    acts = frozenset(_corrected(happened, act))
    own = [each for each in happened if each.act in acts]
    filed = {(each.case, *row) for each in own for row in each.records}
    signing = {
        each.act for each in standing(happened) for row in each.signed if (each.case, *row) in filed
    }
    return tuple(sorted(acts | signing))


def _corrected(happened: tuple[Happened, ...], act: int) -> Iterator[int]:
    """The act and, where it is a correction, what it corrected."""
    yield act
    first = next(each for each in happened if each.turn == act)
    if first.kind == "corrected" and first.took_back is not None:
        yield from _corrected(happened, first.took_back)


def _number(event: Voided | Corrected, dossier: Dossier) -> int | None:
    if isinstance(event, Voided) and event.version is not None:
        return event.version
    versions = dossier.records.get(event.record, ())
    if isinstance(event, Corrected) and event.centre:
        versions = tuple(each for each in versions if each.centre == event.centre)
    return versions[-1].number if versions else None


def standing(happened: tuple[Happened, ...]) -> tuple[Happened, ...]:
    """What was not taken back."""
    gone = {each.took_back for each in happened if each.took_back is not None}
    undone = {each.act for each in happened if each.kind == "undone"}
    return tuple(each for each in happened if each.act not in gone | undone)


def rests(past: Past, references: dict[CaseId, str], reason: str) -> tuple[Unmet, ...]:
    """What was done since in the cases that the act touched: first that is to be taken back."""
    touched = {each.case for each in past.own if each.kind != "refreshed"}
    found = []
    for each in reversed(standing(past.since)):
        if each.case not in touched or each.kind in {"refreshed", "started"}:
            continue
        by_clock = each.role == SYSTEM
        if by_clock and (each.kind == "undeliverable" or each.left == each.entered):
            continue
        if by_clock and any(e.act == each.act and e.role != SYSTEM for e in past.since):
            continue  # it came with what a person did
        found.append(_resting(each, references, reason))
    return tuple(found)


def _resting(each: Happened, references: dict[CaseId, str], reason: str) -> Unmet:
    where = references[each.case]
    what = f"{_WORDS.get(each.kind, 'what came due')} {each.what}".strip()
    who = "the clock" if each.role == SYSTEM else each.by
    detail = f"{where}: {what}, of {each.at:%Y-%m-%d} by {who}, rests on it"
    remedy = f'Take that back first: pairing pair undo {where} --reason "{reason}".'
    if each.role == SYSTEM:
        remedy = "What the clock did is not taken back: take a step that leads to where it belongs."
    if each.kind == "assigned":
        remedy = "Name whoever stood there before first."
    return not_taken("undo", detail, remedy)


def acted_in(past: Past) -> Iterator[CaseId]:
    """The cases in which a person has done something since."""
    for each in standing(past.since):
        if each.role != SYSTEM and each.kind != "refreshed":
            yield each.case


def title_of(workflow: Workflow, past: Past) -> str:
    """What an act was about, in words."""
    first = past.own[0]
    match first.kind:
        case "filed" | "signed":
            known = workflow.records.get(first.what)
            return known.title if known is not None else first.what
        case "triggered":
            steps = (each.title for each in workflow.transitions if each.trigger == first.what)
            return next(steps, first.what)
        case "moved":
            state = workflow.states.get(first.what)
            return state.title if state is not None else first.what
        case _:
            return first.what


def what_of(past: Past) -> str:
    """What an act was about, as commands name it: a trigger, a record with its version."""
    first = past.own[0]
    filed = (row for each in past.own if each.act == past.act for row in each.records)
    numbers = [number for name, number in filed if name == first.what]
    return " ".join([first.what, *map(str, numbers)])
