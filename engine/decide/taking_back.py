"""A case as it would stand had an act not happened: what nobody touched since is as before it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import TypeVar

from engine.model.dossier import NO_DATES, Dossier, MilestoneDates, Person, RecordVersion, Timer
from engine.model.evidence import Former, Stay
from engine.model.partners import every_version

V = TypeVar("V")
_TOOK_EFFECT = ("fired", "refused", "superseded")
_STANDING = ("state", "stay", "entered_at", "stays", "pauses", "closed_at")


def taken_back(before: Dossier, after: Dossier, now: Dossier, why: str) -> Dossier:
    """What the act changed is as before it, unless somebody changed it since."""
    records, former = _records(before, after, now, why)
    found = replace(
        now,
        digest=before.digest if now.digest == after.digest else now.digest,
        facts=_kept(before.facts, after.facts, now.facts),
        dates=dict(_dates(before, after, now)),
        waivers=_kept(before.waivers, after.waivers, now.waivers),
        records=records,
        former=former,
        timers=tuple(_timers(before, after, now)),
        void=before.void if now.void == after.void else now.void,
        people=_cast(before, after, now),
    )
    if not moved_back(before, after, now):
        return found
    if before.partnership != now.partnership:
        found = _reunited(before, found)
    return replace(
        found,
        state=before.state,
        stay=before.stay,
        entered_at=before.entered_at,
        stays=before.stays,
        pauses=before.pauses,
        closed_at=before.closed_at,
        timers=found.timers if before.stay == after.stay else before.timers,
        earlier=before.earlier,
    )


def _cast(before: Dossier, after: Dossier, now: Dossier) -> tuple[Person, ...]:
    """Who plays which role: as before the act where it gave a role to somebody else."""
    is_of_it = before.partnership == now.partnership and now.people == after.people
    return before.people if is_of_it else now.people


def _reunited(before: Dossier, now: Dossier) -> Dossier:
    """The partnership that ended with the act goes on, with all that was on file of it."""
    return replace(
        now,
        partnership=before.partnership,
        records=before.records,
        waivers=before.waivers,
        dates=before.dates,
        former=before.former,
        parties=before.parties,
        people=before.people,
    )


def moved_back(before: Dossier, after: Dossier, now: Dossier) -> bool:
    """Whether the act moved the case and it stands still where the act left it."""
    there = (after.state, after.stay, after.closed_at is None)
    return there == (now.state, now.stay, now.closed_at is None) and any(
        getattr(before, name) != getattr(after, name) for name in _STANDING
    )


def left_out(dossier: Dossier, numbers: frozenset[int]) -> Dossier:
    """A case that has moved on by a step that it could have taken anyway, without the stays on
    the way that there would not have been: the one before them was left by that step.
    """
    stays: list[Stay] = []
    for each in dossier.stays:
        if each.number not in numbers:
            stays.append(each)
        elif stays:
            stays[-1] = replace(stays[-1], left_at=each.left_at)
    return replace(dossier, stays=tuple(stays))


def _kept(before: Mapping[str, V], after: Mapping[str, V], now: Mapping[str, V]) -> dict[str, V]:
    """By name: what is as the act left it is as before it."""
    found = dict(now)
    for name in {**before, **after}:
        if before.get(name) == after.get(name) or now.get(name) != after.get(name):
            continue
        if name in before:
            found[name] = before[name]
        else:
            found.pop(name, None)
    return dict(sorted(found.items()))


def _dates(before: Dossier, after: Dossier, now: Dossier) -> Iterator[tuple[str, MilestoneDates]]:
    """Each life of a date for itself; what hangs on it is worked out anew."""
    for name in sorted({**before.dates, **now.dates}):
        was, did = before.dates.get(name, NO_DATES), after.dates.get(name, NO_DATES)
        stands = now.dates.get(name, NO_DATES)
        lives = {
            each.name: getattr(was, each.name)
            if getattr(stands, each.name) == getattr(did, each.name)
            else getattr(stands, each.name)
            for each in fields(MilestoneDates)
        }
        found = MilestoneDates(**lives)
        if found != NO_DATES or name in before.dates:
            yield name, found


def _records(
    before: Dossier, after: Dossier, now: Dossier, why: str
) -> tuple[dict[str, tuple[RecordVersion, ...]], Former]:
    """Without the versions that it filed, which become history, and the signatures it added; with
    those that it had let count for nothing.
    """
    was, did, counting = _numbered(before), _numbered(after), _numbered(now)
    filed, let_go = did.keys() - was.keys(), was.keys() - did.keys()
    records: dict[str, tuple[RecordVersion, ...]] = {}
    history: dict[str, tuple[RecordVersion, ...]] = {}
    for name, versions in every_version(now).items():
        for each in versions:
            key = (name, each.number)
            if key in filed and key in counting:
                history[name] = (*history.get(name, ()), replace(each, void=why))
            elif key in counting or (key in let_go and each.void):
                kept = _unsigned(name, replace(each, void=""), before, after)
                records[name] = (*records.get(name, ()), kept)
            else:
                why_not = why if key in filed and not each.void else each.void
                history[name] = (*history.get(name, ()), replace(each, void=why_not))
    return records, replace(now.former, records=history)


def _numbered(dossier: Dossier) -> dict[tuple[str, int], RecordVersion]:
    return {(n, each.number): each for n, every in dossier.records.items() for each in every}


def _unsigned(name: str, now: RecordVersion, before: Dossier, after: Dossier) -> RecordVersion:
    key = (name, now.number)
    was, did = _numbered(before).get(key), _numbered(after).get(key)
    if was is None or did is None:
        return now
    added = [each for each in did.signatures if each not in was.signatures]
    left = tuple(each for each in now.signatures if each not in added)
    return now if left == now.signatures else replace(now, signatures=left)


def _timers(before: Dossier, after: Dossier, now: Dossier) -> Iterator[Timer]:
    """The timers of the stay: what took effect since did, what the act settled is armed again."""
    if before.stay != now.stay:
        yield from now.timers
        return
    was = {timer.key: timer for timer in before.timers}
    did = {timer.key: timer for timer in after.timers}
    for timer in now.timers:
        known, then = was.get(timer.key), did.get(timer.key)
        if known is None:
            if then is None:  # armed since then, as it would have been
                yield timer
        elif timer != then and timer.outcome.startswith(_TOOK_EFFECT):
            yield timer
        else:
            yield known if timer == then else timer


def as_asked(target: Dossier, now: Dossier) -> Dossier:
    """With what was asked since, of something that is not taken back but put right."""
    if target.stay != now.stay:
        return target
    known = {timer.key for timer in target.timers}
    asked = (
        timer
        for timer in now.timers
        if timer.key not in known and timer.outcome.startswith(_TOOK_EFFECT)
    )
    return replace(target, timers=(*target.timers, *asked))


def all_cancelled(dossier: Dossier, now: datetime) -> tuple[Timer, ...]:
    return tuple(
        timer
        if timer.settled_at is not None
        else replace(timer, settled_at=now, outcome="cancelled")
        for timer in dossier.timers
    )
