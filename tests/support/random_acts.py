"""Acts that somebody might think of now, of each kind; some of them are refused."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from engine.model.changes import Changes
from engine.model.definition import Workflow
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Filed, FlagRaised, Moved, Signed, Triggered, Waived
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from engine.model.settings import Setting, Value
from tests.support.pair_records import content
from tests.support.pairs import WAY, Pair
from tests.support.world import FACILITATOR, LEAD

Acts = list[tuple[CaseId, Sequence[Cause]]]

_NOTE = {
    "held_on": "2026-05-11",
    "summary": "Slow.",
    "bottlenecks": "No time.",
    "barrier": True,
    "objective": "Short objective 1",
}


def _record(pair: Pair, luck: random.Random) -> Acts:
    every = sorted({record for records, _ in WAY.values() for record in records})
    wanted = (*WAY.get(pair.state, ((), ""))[0], *luck.sample(every, 3))
    return [(pair.case, [Filed(each, content(each, pair.today), FACILITATOR)]) for each in wanted]


def _contact(pair: Pair, _: random.Random) -> Acts:
    told = {"on": pair.today.isoformat(), "kind": "call", "summary": "All is well."}
    return [(pair.case, [Filed("contact", told, FACILITATOR)])]


def _sign(pair: Pair, luck: random.Random) -> Acts:
    side = luck.choice(("coordinator", "aspiring"))
    return [(pair.case, [Signed("memorandum", side, side.title(), pair.today, FACILITATOR)])]


def _move(pair: Pair, luck: random.Random) -> Acts:
    """Any milestone, which may have happened, and one that is still to come."""
    to = pair.today + timedelta(weeks=luck.randint(1, 20))
    dates = pair.dossier.dates
    to_come = sorted(name for name, each in dates.items() if each.actual is None)
    wanted = [luck.choice(names) for names in (sorted(dates), to_come) if names]
    return [(pair.case, [Moved(each, to, "It suits better.", FACILITATOR)]) for each in wanted]


def _waive(pair: Pair, luck: random.Random) -> Acts:
    every = {each.name for step in _workflow(pair).transitions for each in step.requires}
    wanted = ("check_ins_held", *luck.sample(sorted(every), 3))
    by = luck.choice((FACILITATOR, LEAD))
    return [(pair.case, [Waived(each, "Agreed by mail.", by)]) for each in wanted]


def _adapt(pair: Pair, luck: random.Random) -> Acts:
    """Two settings, each at a bound of it; what was adapted before is as in the programme again."""
    known = sorted(_workflow(pair).settings.items())
    rows = [
        {"setting": name, "value": "no" if each.lowest is None else str(luck.choice(_bounds(each)))}
        for name, each in luck.sample(known, 2)
    ]
    filed = {"settings": rows, "reason": "They asked for it."}
    return [(pair.case, [Filed("adaptation", filed, LEAD)])]


def _bounds(setting: Setting) -> tuple[Value | None, ...]:
    every = (setting.lowest, setting.highest)
    return tuple(each for each in every if each != setting.value)


def _raise(pair: Pair, luck: random.Random) -> Acts:
    wanted = luck.sample(sorted(_workflow(pair).flags), 3)
    return [(pair.case, [FlagRaised(each, "Seen.", FACILITATOR)]) for each in wanted]


def _check_in(pair: Pair, _: random.Random) -> Acts:
    note = Filed("note", _NOTE, FACILITATOR)
    return [(case, [note, *held]) for case, held in _of("check_in", "hold")(pair, _)]


def _pause(pair: Pair, luck: random.Random) -> Acts:
    facts = {"review_on": (pair.today + timedelta(weeks=luck.randint(1, 9))).isoformat()}
    return [(pair.case, [Triggered("suspend", LEAD, "They move house.", facts)])]


def _resume(pair: Pair, _: random.Random) -> Acts:
    return [(pair.case, [Triggered("resume", LEAD, "They are back.")])]


def _advance(pair: Pair, luck: random.Random) -> Acts:
    steps = [each for each in _workflow(pair).transitions if pair.state in each.sources]
    wanted = luck.sample(steps, min(5, len(steps)))
    return [
        (pair.case, [Triggered(each.trigger, By("me", luck.choice(each.by)), "They agreed.")])
        for each in wanted
    ]


def _undo(pair: Pair, _: random.Random) -> Acts:
    return [(pair.case, [Undone("It was another pair.", FACILITATOR)])]


def _void(pair: Pair, luck: random.Random) -> Acts:
    filed = sorted(pair.dossier.records)
    wanted = luck.sample(filed, min(2, len(filed)))
    return [(pair.case, [Voided(each, "It was another pair.", FACILITATOR)]) for each in wanted]


def _correct(pair: Pair, luck: random.Random) -> Acts:
    """What reads as a text in a record of theirs says something else."""
    filed = {name: versions[-1].content for name, versions in pair.dossier.records.items()}
    texts = [
        (name, field)
        for name, content in sorted(filed.items())
        for field in _workflow(pair).records[name].fields
        if field.kind == "text" and not field.among and field.name in content
    ]
    wanted = luck.sample(texts, min(1, len(texts)))
    right = {name: Changes({field.name: "It was said in another way."}) for name, field in wanted}
    return [(pair.case, [Corrected(n, c, "We misheard.", FACILITATOR)]) for n, c in right.items()]


def _of(workflow: str, trigger: str, **facts: str) -> Callable[[Pair, random.Random], Acts]:
    """A step of each open child of a workflow."""

    def acts(pair: Pair, luck: random.Random) -> Acts:
        week = (pair.today + timedelta(weeks=luck.randint(1, 9))).isoformat()
        told: Mapping[str, object] = {**facts, "review_on": week}
        event = Triggered(trigger, FACILITATOR, "Somebody saw it.", told)
        return [
            (child.id, [event])
            for child in pair.dossier.children
            if child.workflow == workflow and child.closed_at is None
        ]

    return acts


def _workflow(pair: Pair) -> Workflow:
    return pair.world.runtime.workflow(pair.dossier.digest)


KINDS: Mapping[str, Callable[[Pair, random.Random], Acts]] = {
    "sign": _sign,
    "record": _record,
    "contact": _contact,
    "move": _move,
    "waive": _waive,
    "adapt": _adapt,
    "raise": _raise,
    "acknowledge": _of("red_flag", "acknowledge", owner="lead", next_step="call"),
    "snooze": _of("red_flag", "snooze"),
    "mitigate": _of("red_flag", "mitigate"),
    "close": _of("red_flag", "close", outcome="It is over."),
    "check_in": _check_in,
    "skip": _of("check_in", "skip"),
    "pause": _pause,
    "resume": _resume,
    "advance": _advance,
    "undo": _undo,
    "void": _void,
    "correct": _correct,
}
