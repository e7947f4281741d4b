"""What is there for sure at a place of a definition: records filed, facts set, by every way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from engine.checks.case import Reachable, SignedBy
from engine.checks.hierarchy import FLAG_FACTS, Lineage, effects
from engine.checks.values import FactIs, Present
from engine.lint.certainty import Certainty, always_has, brought_by, is_paired, path_of
from engine.lint.known_days import has_anchor, has_date, needed_anchors
from engine.lint.never_empty import PARTNER, has_centre, has_list, has_person, has_word_of_case
from engine.lint.occasions import RUNG, STEP
from engine.lint.reachability import reachable, resuming, steps_between
from engine.lint.steps import BY_THE_ENGINE
from engine.model.check import Check
from engine.model.definition import (
    SYSTEM,
    Effect,
    OpenCase,
    SetFact,
    Tell,
    Transition,
    Workflow,
)
from engine.time.windows import DateRule, Source, Window

_EMPTY = ("", None)
ELSEWHERE = frozenset({"overview", "digest", "receipt"})  # of letters that no definition sends
_ALL = "*"  # of the words of what just happened


@dataclass(frozen=True, slots=True)
class Given:
    """Values that are surely there; ``states``: the case stands in one of them."""

    workflow: str
    lines: Lineage
    certainty: Certainty
    states: tuple[str, ...] = ()
    paths: frozenset[str] = frozenset()  # record.x, record.x.y, fact.z, event.w

    def has(self, path: str) -> bool:
        root, _, rest = path.partition(".")
        look = self._looks().get(root)
        if look is None:
            return root not in ELSEWHERE  # its settings, the letter, its reader
        return path in self.paths or look(rest)

    def _looks(self) -> Mapping[str, Callable[[str], bool]]:
        return {
            "record": self._has_record,
            "fact": self._has_fact,
            "anchor": partial(has_anchor, self),
            "date": partial(has_date, self),
            "event": self._is_said,
            "parties": partial(has_centre, self),
            "people": partial(has_person, self),
            "case": partial(has_word_of_case, self),
            "list": partial(has_list, self),
            "meeting": lambda _: False,  # a day that was agreed may be lost again
            "parent": self._has_parent,
        }

    @property
    def definition(self) -> Workflow:
        return self.lines.workflows[self.workflow]

    def above(self) -> tuple["Given", ...]:
        """The same of the cases above, in each state in which they open such a case."""
        return tuple(
            Given(name, self.lines, self.certainty, (state,))
            for name, state in self.certainty.openings(self.workflow)
        )

    def saying(self, words: frozenset[str]) -> "Given":
        """The same where these words are said of what just happened."""
        return replace(self, paths=self.paths | {f"event.{word}" for word in words})

    def in_state(self, state: str) -> "Given":
        return replace(self, states=(state,))

    def filed(self, path: str) -> "Given":
        """A record, or a field of it, is there; and the partner, where nobody else files it."""
        record, partner = self.definition.records.get(path), self.definition.partnership
        given = replace(self, paths=self.paths | {f"record.{path}"})
        is_theirs = record is not None and partner is not None and {*record.by} == {partner.side}
        return given.beside_partner() if is_theirs else given

    def by_step(self, step: Transition) -> "Given":
        """What a step asks for without a waiver, and the record whose filing told it."""
        told = {f"record.{name}" for name in self._telling(step)}
        given = replace(self, states=step.sources, paths=self.paths | _asked(step) | told)
        given = given.beside_partner() if self._brings_partner(step) else given
        # The program itself takes some steps of a flag, and brings all that they say.
        return given.saying(STEP | ({_ALL} if step.trigger in BY_THE_ENGINE else set()))

    def by_rung(self, rule: DateRule, window: Window | None) -> "Given":
        """A rung comes only once its days are known, and so once their records are filed."""
        workflow = self.definition
        needed = needed_anchors(rule, window)
        known = [workflow.anchors[name] for name in needed if name in workflow.anchors]
        sources = [anchor.sources[0] for anchor in known if len(anchor.sources) == 1]
        filed = {path for source in sources for path in _brought(workflow, source)}
        days = {f"anchor.{name}" for name in needed}
        return replace(self, paths=self.paths | filed | days).saying(RUNG)

    def when(self, check: Check | None) -> "Given":
        """The same where a condition holds."""
        if isinstance(check, Present) or (isinstance(check, FactIs) and check.one_of):
            given = replace(self, paths=self.paths | {check.of})
            return given.beside_partner() if is_paired(check) else given
        partner = self.definition.partnership
        if isinstance(check, SignedBy) and partner is not None and partner.side in check.roles:
            return self.beside_partner()
        return self

    def beside_partner(self) -> "Given":
        """The same where the partner of the case is there."""
        return replace(self, paths=self.paths | {PARTNER})

    def after(self, effect: Effect) -> "Given":
        """The same once an effect has happened."""
        if not isinstance(effect, SetFact) or effect.when is not None:
            return self
        filled = effect.value not in _EMPTY if effect.path is None else self.has(effect.path)
        name = f"fact.{effect.fact}"
        return replace(self, paths=self.paths | {name} if filled else self.paths - {name})

    def _is_said(self, rest: str) -> bool:
        words = (rest.partition(".")[0], _ALL)
        return any(f"event.{word}" in self.paths for word in words)

    def _has_parent(self, rest: str) -> bool:
        above = self.above()
        return bool(above) and all(each.has(rest) for each in above)

    def _has_record(self, rest: str) -> bool:
        record, _, name = rest.partition(".")
        owner = self._owner(record)
        if owner is None:
            return False
        filed = any(
            path.split(".")[1:2] == [record] for path in self.paths if path[:7] == "record."
        )
        is_sure = not name or name in {"version", "filed_on"} or always_has(owner, record, name)
        if filed and (is_sure or f"record.{rest}" in self.paths):
            return True
        return self._is_filed(owner.name, record if is_sure else rest)

    def _owner(self, record: str) -> Workflow | None:
        family = self.lines.family(self.workflow)
        return next((each for each in family if record in each.records), None)

    def _is_filed(self, owner: str, path: str) -> bool:
        if owner == self.workflow:
            return bool(self.states) and all(
                self.certainty.is_filed(owner, state, path) for state in self.states
            )
        opened = [state for name, state in self.certainty.openings(self.workflow) if name == owner]
        return bool(opened) and all(self.certainty.is_filed(owner, state, path) for state in opened)

    def _has_fact(self, name: str) -> bool:
        family = self.lines.family(self.workflow)
        owner = next((w for w in family if name in self.lines.own_facts[w.name]), None)
        if owner is None or owner.facts.get(name) not in _EMPTY:
            return owner is not None
        openers = self.lines.workflows.values()
        if name in FLAG_FACTS and any(w.flags and w.flag_workflow == owner.name for w in openers):
            return True
        given = [
            name in effect.facts
            for opener in openers
            for effect in effects(opener)
            if isinstance(effect, OpenCase) and effect.workflow == owner.name
        ]
        return (bool(given) and all(given)) or self._is_set(owner, name)

    def _is_set(self, owner: Workflow, name: str) -> bool:
        """Whether no way leads to these states past a step that sets the fact."""
        setting = {
            number
            for number, step in enumerate(owner.transitions)
            if f"fact.{name}" in _asked(step)
            or any(
                isinstance(e, SetFact) and e.fact == name and e.when is None for e in step.effects
            )
        }
        if owner.name != self.workflow or not self.states or not setting:
            return not self.states  # what is only known to happen somewhere is not judged
        graph = steps_between(owner, setting | resuming(owner))
        return not reachable(graph, [owner.initial]) & set(self.states)

    def _brings_partner(self, step: Transition) -> bool:
        partner = self.definition.partnership
        checks = [each.check for each in step.requires if not (each.warns or each.waiver)]
        return partner is not None and any(
            (isinstance(check, Reachable) and partner.side in check.roles) or is_paired(check)
            for check in checks
        )

    def _telling(self, step: Transition) -> frozenset[str]:
        """The records of the parents whose filing is the only thing that pulls a step."""
        if set(step.by) != {SYSTEM}:
            return frozenset()
        found: list[frozenset[str]] = []
        for name in self.lines.parents[self.workflow]:
            parent = self.lines.workflows[name]
            by_records = [
                record.name for record in parent.records.values() if _tells(record.effects, step)
            ]
            everywhere = sum(_tells((effect,), step) for effect in effects(parent))
            found.append(frozenset(by_records if everywhere == len(by_records) == 1 else ()))
        return found[0].intersection(*found) if found else frozenset()


def _asked(step: Transition) -> frozenset[str]:
    """The paths that lead somewhere whenever the step is taken."""
    sure = (each.check for each in step.requires if not (each.warns or each.waiver))
    return frozenset(path for check in sure if (path := path_of(check)))


def _brought(workflow: Workflow, source: Source) -> frozenset[str]:
    """The field of a record without which a day is not known, also where a fact holds it."""
    if path := brought_by(workflow, source):
        meeting = workflow.meetings.get(source.of.partition(".")[0])
        begins = f"{meeting.record}.{meeting.begins}" if meeting is not None else path
        return frozenset({f"record.{path}", f"record.{begins}"})
    held = [e for e in effects(workflow) if isinstance(e, SetFact) and e.fact == source.of]
    paths = {e.path for e in held if e.path is not None or e.value not in _EMPTY}
    only = next(iter(paths)) if source.kind == "fact" and len(paths) == 1 else None
    return frozenset() if only is None or workflow.facts.get(source.of) else frozenset({only})


def _tells(told: tuple[Effect, ...], step: Transition) -> bool:
    return any(isinstance(e, Tell) and e.trigger == step.trigger for e in told)
