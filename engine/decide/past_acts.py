"""Which act somebody wants taken back, and what rests on it since."""

from collections.abc import Iterator

from engine.decide.unmet import not_taken
from engine.model.act_titles import title_of
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import Unmet
from engine.model.past import Happened, Past
from engine.model.putting_right import Corrected, PutRight, Undone, Voided

# What is undone as any act is: it had put something right by mistake.
_PUT_RIGHT = frozenset({"voided", "corrected"})
_AGAIN = {
    "triggered": "pairing pair advance {case} {what}",
    "filed": "pairing pair fill {case} {what}",
    "signed": "pairing pair sign {case} {what} --side SIDE --person NAME --on DAY",
    "waived": "pairing pair waive {case} {what} --reason ...",
    "moved": "pairing pair move {case} {what} DAY --reason ...",
    "flag_raised": "pairing flag raise {case} {what} --reason ...",
    "migrated": "pairing migrate --pair {case}",
    "voided": "pairing pair void {case} {what} --reason ...",
    "corrected": "pairing pair correct {case} {what} --set FIELD=VALUE --reason ...",
}
_BESIDE = frozenset({"letter_arranged", "refreshed"})  # about letters and people, not the case
_ACTS = frozenset(_AGAIN)
_HANDED = "pairing pair substitute {case} {what} --instead-of {old} --new {new}"
_DONE_BY = {**_AGAIN, "assigned": _HANDED}
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


def meant(
    happened: tuple[Happened, ...], event: PutRight, dossier: Dossier, workflow: Workflow
) -> int | Unmet:
    """The act that is meant, by its turn."""
    if isinstance(event, Undone):
        return event.acts[0] if event.acts else _last(happened, dossier, workflow)
    return _filing(happened, event, dossier, workflow)


def _last(happened: tuple[Happened, ...], dossier: Dossier, workflow: Workflow) -> int | Unmet:
    """The last thing that a person did in the case and that stands."""
    name = dossier.reference
    for each in reversed(standing(happened)):
        if each.case != dossier.id or each.turn != each.act or each.role == SYSTEM:
            continue
        if each.kind in _BESIDE:
            continue  # what was decided about letters or people has commands of its own
        if each.kind in _ACTS or each.handed is not None:
            return each.act
        if each.kind == "assigned":
            what = said_of(workflow, each)
            return not_taken(name, f"{what} is the last thing done", "Name another one instead.")
        break
    return not_taken(name, "nothing was done that can be taken back", _again(happened, dossier))


def _again(happened: tuple[Happened, ...], dossier: Dossier) -> str:
    """How what was taken back last is done again: that is an act as any other."""
    own = [each for each in happened if each.case == dossier.id]
    gone = next((each.took_back for each in reversed(own) if each.kind == "undone"), None)
    act = next((each for each in own if each.act == gone and each.kind in _DONE_BY), None)
    if act is None:
        return "Nothing to do."
    what, _, more = act.what.partition(" ")
    words = {"what": what.rstrip(":"), "new": more, "old": act.handed[0] if act.handed else ""}
    command = _DONE_BY[act.kind].format(case=dossier.reference, **words)
    return f"What was taken back is done again by its own command: {command}."


def _filing(
    happened: tuple[Happened, ...],
    event: Voided | Corrected,
    dossier: Dossier,
    workflow: Workflow,
) -> int | Unmet:
    title = title_of(workflow, "filed", event.record) or event.record
    name, versions = event.record, dossier.records.get(event.record, ())
    number = _number(event, dossier)
    anew = f"pairing pair fill {dossier.reference} {name}"
    if not any(each.number == number for each in versions):
        known = ", ".join(str(each.number) for each in versions)
        shown = f"pairing pair record {dossier.reference} {name} --show"
        there = f"In force and before it: {known}. All there are: {shown}." if known else ""
        detail = f"no version{f' {number}' if number else ''} of the {title} counts"
        return not_taken(name, detail, there or f"File it: {anew}.")
    found = (e for e in happened if e.case == dossier.id and (name, number) in e.records)
    filed = next(found, None)
    if filed is None:
        detail = f"version {number} of the {title} was filed before what follows was noted"
        return not_taken(name, detail, f"File what is right as a new version: {anew}.")
    return filed.act


def together(happened: tuple[Happened, ...], event: PutRight, act: int) -> tuple[int, ...]:
    """The act, what it had corrected, and the signatures under versions that these filed."""
    if isinstance(event, Undone):
        return event.acts or (act,)
    return _of_filing(happened, act)


def _of_filing(happened: tuple[Happened, ...], act: int) -> tuple[int, ...]:
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
    """What was not taken back: what a taking back took that is undone itself stands again."""
    undos = {each.act: each.gone for each in happened if each.kind == "undone"}
    undone = {act for acts in undos.values() for act in acts}
    counting = (each for each in happened if each.act not in undone)
    gone = {act for each in counting for act in each.gone}
    return tuple(each for each in happened if each.act not in gone | undos.keys())


def taken_back_in(happened: tuple[Happened, ...]) -> Iterator[tuple[CaseId, int]]:
    """The entries that are as if they had not been: of acts that are undone or void, and of the
    stays that began with an act that is undone.
    """
    acts: set[int] = set()
    ended: dict[CaseId, list[Happened]] = {}
    undone = {act for each in happened if each.kind == "undone" for act in each.gone}
    by_people = acts_of_people(happened)
    for each in happened:
        if each.took_back is not None and each.kind == "undone":
            acts.update(each.gone)
            ended.setdefault(each.case, []).append(each)
        elif each.took_back is not None and each.kind == "voided" and each.act not in undone:
            acts.update(_of_filing(happened, each.took_back))
    for each in happened:
        ends = each.act not in by_people and any(_ends(e, each) for e in ended.get(each.case, ()))
        if each.act in acts or ends:
            yield each.case, each.version


def acts_of_people(happened: tuple[Happened, ...]) -> frozenset[int]:
    """The acts that a person did, by their turns."""
    return frozenset(e.act for e in happened if e.turn == e.act and e.role != SYSTEM)


def _ends(undone: Happened, each: Happened) -> bool:
    return (undone.took_back or 0) <= each.turn < undone.turn and each.stay > undone.stay


def put_right_before(past: Past) -> frozenset[int]:
    """What counts again once the act, which had put something right, is undone itself."""
    first = past.own[0]
    if first.kind not in _PUT_RIGHT or first.took_back is None:
        return frozenset()
    every = (*past.before, *past.entries)
    others = tuple(each for each in every if each.act != past.act)
    counting = {each.act for each in standing(others)}
    return frozenset(counting).intersection(_of_filing(others, first.took_back))


def said_of(workflow: Workflow, each: Happened) -> str:
    """What happened in words: the record by its title, with its version where one is meant."""
    number = each.what.partition(" ")[2] if each.kind in _PUT_RIGHT else ""
    title = title_of(workflow, each.kind, each.what) or each.what
    named = f"{title}, version {number}" if number else title
    return f"{_WORDS.get(each.kind, 'what came due')} {named}".strip()


def acted_in(past: Past) -> frozenset[CaseId]:
    """The cases in which a person has done something since."""
    since = standing(past.since)
    return frozenset(e.case for e in since if e.role != SYSTEM and e.kind != "refreshed")


def moved_by_people(past: Past) -> frozenset[CaseId]:
    """The cases that have moved on since by what a person did somewhere in the family."""
    since = standing(past.since)
    by_people = {each.act for each in since if each.turn == each.act and each.role != SYSTEM}
    return frozenset(e.case for e in since if e.kind == "triggered" and e.act in by_people)


def what_of(past: Past) -> str:
    """What an act was about, as commands name it: a trigger, a record with its version."""
    first = past.own[0]
    filed = (row for each in past.own if each.act == past.act for row in each.records)
    numbers = [number for name, number in filed if name == first.what]
    return " ".join([first.what, *map(str, numbers)])
