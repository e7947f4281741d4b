"""What others did since an act, as they would have done it without that."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.decide.apart import apart_from_all, following
from engine.decide.step import step
from engine.decide.upon import Upon
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId, Dossier, PersonId
from engine.model.family import Family
from engine.model.outcomes import By, Filed, Refusal, Signed
from engine.model.partners import every_version
from engine.model.past import Happened, Past
from engine.model.plan import Plan

Facts = Mapping[str, object]
Owed = tuple[CaseId, int, str, PersonId | None]  # by which entry, which letter, to whom


@dataclass(frozen=True, slots=True)
class Alone:
    """By case the facts that it would hold, and the letters that would not have been owed."""

    facts: Mapping[CaseId, Facts] = field(default_factory=dict)
    unsaid: frozenset[Owed] = frozenset()


NOTHING = Alone()


def alone(family: Family, past: Past) -> Alone:
    """A record or a signature notes facts by what is there already, such as that both sides have
    signed: each that stays is taken once more, without what goes. Whatever else was done changed
    what it changed.
    """
    if past.stood is None:
        return NOTHING
    walk = _Walk(family, past, Upon(family, (*past.before, *past.entries), past.stood))
    for each in past.since:
        if each.case in walk.facts:
            walk.go_on(each)
    return Alone(walk.facts, frozenset(walk.unsaid))


class _Walk:
    def __init__(self, family: Family, past: Past, upon: Upon) -> None:
        self._family, self._past, self._upon = family, past, upon
        self.facts: dict[CaseId, Facts] = {}
        for around in past.around:
            for case, before in around.before.items():
                self.facts.setdefault(case, before.facts)
        self.unsaid: set[Owed] = set()

    def go_on(self, done: Happened) -> None:
        case, version = done.case, done.version
        was, did = self._upon.at(case, version - 1), self._upon.at(case, version)
        taken = self._taken(done, did)
        if taken is None:
            self.facts[case] = _followed(self.facts[case], was.facts, did.facts)
            return
        self.facts[case] = taken.after.facts
        owed = {(each.letter, each.person) for each in taken.letters}
        posted = (e for e in self._past.posted if (e.case, e.version) == (case, version))
        others = ((e.letter, e.person) for e in posted if not e.ladder)
        self.unsaid |= {(case, version, *each) for each in others if each not in owed}

    def _taken(self, done: Happened, did: Dossier) -> Plan | None:
        """A record or a signature once more; None for another act, and where it cannot be."""
        event = self._event(done, did)
        if event is None:
            return None
        whole = self._upon.as_if(done, list(self._past.acts)).whole(done.case)
        before = replace(whole, facts=self.facts[done.case])
        plan = step(self._family.workflow(done.case), before, event, done.at)
        return None if isinstance(plan, Refusal) else plan

    def _event(self, done: Happened, did: Dossier) -> Filed | Signed | None:
        by = By(done.by, SYSTEM)  # it was theirs to do
        match done.kind:
            case "filed":
                return self._filed(done, by)
            case "signed":
                return self._signed(done, did, by)
            case _:
                return None

    def _filed(self, done: Happened, by: By) -> Filed:
        (name, number), *_ = done.records
        every = every_version(self._family.cases[done.case])[name]
        filed = next(each for each in every if each.number == number)
        rows = {row for e in self._past.own if e.case == done.case for row in e.records}
        versions = following(self._family, done.case, name, filed)
        gone = tuple(v for v in versions if (name, v.number) in rows and v.number < number)
        return Filed(name, apart_from_all(versions, gone, filed), by, centre=filed.centre)

    def _signed(self, done: Happened, did: Dossier, by: By) -> Signed | None:
        (name, number), *_ = done.signed
        was = self._upon.at(done.case, done.version - 1)
        before, after = (
            {s for v in each.records.get(name, ()) if v.number == number for s in v.signatures}
            for each in (was, did)
        )
        added = next(iter(after - before), None)
        if added is None:
            return None
        return Signed(name, added.role, added.person, added.signed_on, by, added.centre)


def _followed(facts: Facts, was: Facts, did: Facts) -> dict[str, object]:
    """The facts with what an act changed."""
    found = dict(facts)
    for name in {**was, **did}:
        if name not in did:
            found.pop(name, None)
        elif was.get(name) != did[name] or name not in was:
            found[name] = did[name]
    return found
