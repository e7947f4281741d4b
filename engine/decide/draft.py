"""A plan in the making: effects applied one after the other, letters owed, children told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.checks.ask import lacks
from engine.dates.view import View
from engine.letters.instead import asked_instead
from engine.letters.ladders import audience
from engine.model.adapting import as_adapted
from engine.model.definition import (
    Effect,
    FlagType,
    Notify,
    OpenCase,
    RaiseFlag,
    SetFact,
    Tell,
    Workflow,
)
from engine.model.dossier import (
    EMPTY,
    CaseId,
    Child,
    Dossier,
    Person,
    RecordVersion,
    Signature,
    Timer,
)
from engine.model.outcomes import LetterOwed, Unmet
from engine.model.partners import hears
from engine.model.passing import ChildOpened, FlagPassedUp, Passed, Told
from engine.model.reasons import NEWS, Reason, facts_of, rank, reasons_of, with_reason
from engine.model.sides import teams

NOT_YET = CaseId(0)  # the id of a child that this very plan opens


@dataclass(slots=True)
class Draft:
    """What follows so far. ``dossier`` is the case as it will be."""

    workflow: Workflow
    dossier: Dossier
    now: datetime
    event: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    letters: list[LetterOwed] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    warnings: list[Unmet] = field(default_factory=list)
    filed: list[tuple[str, RecordVersion]] = field(default_factory=list)
    signed: list[tuple[str, int, Signature]] = field(default_factory=list)
    settled: list[Timer] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    whose_turn: tuple[str, ...] = ()
    waits_for: frozenset[str] = frozenset()  # of several centres those whose turn it is
    ladder: str = ""
    until: str = ""  # what the flags wait for that are raised by now
    anew: str = ""  # the ladder that begins to ask once more
    _view: View | None = None

    def view(self) -> View:
        """The case as it is by now; the same one until the case or what happens changes."""
        seen = self._view
        if seen is None or seen.dossier is not self.dossier or seen.event is not self.event:
            seen = self._view = View(self.workflow, self.dossier, self.now, self.event)
        return seen

    def adapt(self) -> None:
        """Go on by the definition as it holds in the case by now."""
        self.workflow, self._view = as_adapted(self.workflow, self.dossier), None

    def apply(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            # Each effect sees what the ones before it did.
            if effect.when is None or not lacks(effect.when, self.view()):
                self._apply(effect)

    def _apply(self, effect: Effect) -> None:
        if isinstance(effect, Notify):
            self.owe(effect)
        elif isinstance(effect, OpenCase):
            self._open_case(effect)
        elif isinstance(effect, Tell):
            told = Told(
                effect.trigger, effect.workflow, to_parent=effect.to_parent, facts=self.event
            )
            self.passed.append(told)
        elif isinstance(effect, SetFact):
            value = self.view().value(effect.path) if effect.path else effect.value
            self.set_fact(effect.fact, value)
        else:
            happened = self.event.get("cause") or self.event.get("note") or ""
            cause = str(self._word(effect.cause) or happened)
            self.raise_flag(effect, cause, self.until or self.until_of(effect.flag))

    def _open_case(self, effect: OpenCase) -> None:
        said = {name: self._word(value) for name, value in effect.facts.items()}
        # What nobody said leaves the child what its definition says of it.
        facts = {name: value for name, value in said.items() if value is not None}
        self.passed.append(ChildOpened(effect.workflow, facts, effect.under_parent))
        if not effect.under_parent:
            self._add_child(effect.workflow, facts)

    def _word(self, value: object) -> object:
        """A fact given to a child: fixed, or where a path (``=record.…``) leads."""
        if isinstance(value, str) and value.startswith("="):
            return self.view().value(value[1:])
        return value

    def set_fact(self, name: str, value: object) -> None:
        self.dossier = replace(self.dossier, facts={**self.dossier.facts, name: value})

    def owe(self, notify: Notify) -> None:
        """A letter to each person meant, once; a role without anybody leaves its trace too."""
        for role in audience(notify.to, self.whose_turn or self._acts()):
            self.owe_role(notify.letter, role)

    def _acts(self) -> tuple[str, ...]:
        return self.workflow.state(self.dossier.state).acts

    def owe_role(self, letter: str, audience: str) -> None:
        role = audience.partition(".")[0]
        if not hears(self.workflow, self.dossier, role):
            return
        for team in teams(self.dossier, role, self.waits_for if role in self.whose_turn else ()):
            self.owe_team(letter, audience, team)

    def owe_team(self, letter: str, audience: str, team: tuple[Person, ...]) -> None:
        """To the main person of a team, or to all of it; to nobody, when nobody is there."""
        whole = audience.partition(".")[2]
        for person in addressees(team, whole=bool(whole)) or (None,):
            number = person.id if person else None
            self.owe_one(LetterOwed(letter, audience, number, self.ladder, self.event))

    def owe_one(self, owed: LetterOwed) -> None:
        """A letter to one person, once; to whoever stands in for them while they are away."""
        self.dossier, owed = asked_instead(self.view(), owed)
        if not any(_same(owed, other) for other in self.letters):
            self.letters.append(owed)

    def settle(self, timers: Iterable[Timer], outcome: str) -> None:
        """Settle timers of the stay, in the plan and in the dossier that the rest of it sees."""
        fresh = {t.key: replace(t, settled_at=self.now, outcome=outcome) for t in timers}
        if not fresh:
            return
        self.settled = [timer for timer in self.settled if timer.key not in fresh]
        self.settled.extend(fresh.values())
        standing = tuple(fresh.get(timer.key, timer) for timer in self.dossier.timers)
        self.dossier = replace(self.dossier, timers=standing)

    def settle_open(self, outcome: str) -> None:
        """Settle what is still armed in the stay: it ends, or is interrupted."""
        self.settle([t for t in self.dossier.timers if t.settled_at is None], outcome)

    def raise_flag(self, raised: RaiseFlag, cause: str, until: str = "") -> None:
        """Open a case of the flag, or give the one that is open a reason more; never two of one."""
        kind = self.workflow.flags.get(raised.flag)
        if kind is None:
            self.passed.append(FlagPassedUp(raised.flag, raised.severity, cause))
            return
        reason = Reason(cause or kind.title, raised.severity or kind.severity, until)
        standing = self._open_flag(raised.flag)
        if standing is None:
            self._open(kind, reason)
        else:
            self._one_more(kind, standing, reason)

    def until_of(self, flag: str) -> str:
        """What a flag waits for that something raised which has no condition of its own."""
        kind = self.workflow.flags.get(flag)
        return flag if kind is not None and kind.until is not None else ""

    def _one_more(self, kind: FlagType, standing: Child, reason: Reason) -> None:
        was = reasons_of(standing.facts)
        now = with_reason(was, reason)
        grave = rank(standing.facts.get("severity"))
        is_graver = rank(reason.severity) > grave
        # What weighs less than the flag does already is kept in mind, and nobody hears of it.
        is_news = is_graver or (len(now) > len(was) and rank(reason.severity) == grave)
        if now == was:
            return
        trigger = "worsen" if is_graver else "add" if is_news else "follow"
        self.tell_flag(standing, trigger, facts_of(now), {NEWS: reason.words})
        if is_news:
            self._announce(kind, reason)

    def tell_flag(
        self,
        standing: Child,
        trigger: str,
        facts: Mapping[str, object],
        words: Mapping[str, object] = EMPTY,
    ) -> None:
        """Let the case of a flag know why it is up by now, or that it is not."""
        changed = replace(standing, facts={**standing.facts, **facts})
        if standing.id == NOT_YET:
            # Opened by this very plan: nobody can be told of it yet, so it opens so.
            opened = ChildOpened(standing.workflow, standing.facts)
            other = ChildOpened(standing.workflow, changed.facts)
            self.passed = [other if each == opened else each for each in self.passed]
        else:
            self.passed.append(Told(trigger, child=standing.id, facts={**facts, **words}))
        children = tuple(changed if child is standing else child for child in self.dossier.children)
        self.dossier = replace(self.dossier, children=children)

    def _open(self, kind: FlagType, reason: Reason) -> None:
        facts: dict[str, object] = {"flag": kind.name, "title": kind.title, **facts_of((reason,))}
        self.passed.append(ChildOpened(self.workflow.flag_workflow, facts))
        self._add_child(self.workflow.flag_workflow, facts)
        self._announce(kind, reason)

    def _add_child(self, workflow: str, facts: Mapping[str, object]) -> None:
        child = Child(NOT_YET, workflow, "", self.now, closed_at=None, facts=facts)
        self.dossier = replace(self.dossier, children=(*self.dossier.children, child))

    def _announce(self, kind: FlagType, reason: Reason) -> None:
        before = self.event
        facts = {"flag": kind.name, "title": kind.title, "severity": reason.severity}
        self.event = {**before, **facts, "cause": reason.words}
        self.apply(kind.effects)
        self.event = before

    def _open_flag(self, flag: str) -> Child | None:
        return next(
            (
                child
                for child in self.dossier.children
                if child.workflow == self.workflow.flag_workflow
                and child.closed_at is None
                and child.facts.get("flag") == flag
            ),
            None,
        )


def addressees(people: tuple[Person, ...], *, whole: bool) -> tuple[Person, ...]:
    """Everybody of a side, or its main person; whoever cannot be reached gives way (P18)."""
    reachable = tuple(person for person in people if person.reachable)
    return reachable if whole else reachable[:1]


def _same(one: LetterOwed, other: LetterOwed) -> bool:
    if one.letter != other.letter or one.person != other.person:
        return False
    return one.person is not None or one.audience == other.audience
