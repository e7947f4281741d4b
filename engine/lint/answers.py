"""Answers that a letter offers and nobody could give: no such step, no such field, no right."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.checks.hierarchy import Lineage, lineage, rungs
from engine.decide.acts import Action, Verb, roles_for
from engine.errors import quoted
from engine.letters.answers import (
    Answer,
    Answers,
    Day,
    FileRecord,
    Offer,
    PassOn,
    SayDay,
    SignRecord,
    TakeBack,
    TakeStep,
    Wish,
)
from engine.letters.catalogue import Catalogue
from engine.letters.rounds import sought_by
from engine.lint.findings import Problem, unknown
from engine.lint.sendings import sendings
from engine.model.definition import WHOSE_TURN, Workflow
from engine.places import Place

_WROTE_BACK = "wrote_back"


def answers(
    workflows: Mapping[str, Workflow], letters: Catalogue, offered: Answers
) -> Iterator[Problem]:
    """Everything wrong with the answers that letters offer, held against who reads them where."""
    lines = lineage(workflows)
    known = {stage.id for stage in letters.stages()}
    for offer in offered.offers.values():
        if offer.stage not in known:
            yield unknown(offer.place, "letter", offer.stage, known)
        elif not letters.stage(offer.stage).asks and offer.stage != offered.receipt:
            sentence = f"letter {offer.stage} asks for nothing, and offers answers"
            yield Problem(offer.place, sentence, "say in its text what it asks, or offer none")
        for workflow in workflows.values():
            readers = _readers(workflow, lines, offer.stage)
            for answer in offer.answers if readers.roles else ():
                yield from _Given(workflow, lines, offer, answer, readers).wrong()
    for answer in offered.each():
        yield from _unsaid(answer)
    yield from _receipts(offered, known)


def _receipts(offered: Answers, known: Collection[str]) -> Iterator[Problem]:
    """What was recorded is taken back by its receipt, and by nothing else."""
    for offer in offered.offers.values():
        for answer in offer.answers:
            if isinstance(answer.does, TakeBack) != (offer.stage == offered.receipt):
                sentence = f"{offer.stage} offers {answer.name}"
                remedy = "a receipt offers to undo what it tells of, and no other letter does"
                yield Problem(offer.place, sentence, remedy)
    if offered.receipt and offered.receipt not in known:
        place = next(iter(offered.offers.values())).place
        yield unknown(place, "letter", offered.receipt, known)


def _readers(workflow: Workflow, lines: Lineage, stage: str) -> "_Readers":
    """Who reads a letter that this workflow sends."""
    sent = [each for each in sendings(workflow, lines) if each.letter == stage]
    roles = dict.fromkeys(role for each in sent for role in each.roles)
    return _Readers(tuple(roles), any(WHOSE_TURN in each.to for each in sent))


def _unsaid(answer: Answer) -> Iterator[Problem]:
    """A reply of one word says nothing else, but for days; a signature is never one."""
    needed = [each for each in answer.asks if not each.value.optional]
    can_be_said = all(e.are_days or e.are_options or e.value.kind == "date" for e in needed)
    if answer.word and (len(needed) > 1 or not can_be_said):
        names = " and ".join(each.value.name for each in needed)
        sentence = f"the word {answer.word} cannot say {names}"
        yield Problem(answer.place, sentence, "leave the word out: then a page alone asks for it")
    if isinstance(answer.does, SignRecord) and (answer.word or not answer.is_binding):
        sentence = f"{answer.name} signs by a word or a click alone"
        yield Problem(answer.place, sentence, "write typed_code: true, and give it no word")


@dataclass(frozen=True, slots=True)
class _Readers:
    """The roles that read a letter; where it goes to whose turn it is, some of these."""

    roles: tuple[str, ...]
    of_turn: bool

    def without(self, may: Collection[str]) -> tuple[str, ...]:
        """Those who may not do something: each is offered what it may, if anybody may."""
        wrong = tuple(role for role in self.roles if role not in may)
        return () if self.of_turn and len(wrong) < len(self.roles) else wrong


@dataclass(frozen=True, slots=True)
class _Given:
    """One answer of a stage, to those who read it in one workflow."""

    workflow: Workflow
    lines: Lineage
    offer: Offer
    answer: Answer
    readers: _Readers

    def wrong(self) -> Iterator[Problem]:
        match self.answer.does:
            case FileRecord(record, given, then):
                yield from self._filing(record, given)
                if then:
                    yield from self._stepping(then)
            case TakeStep(trigger):
                yield from self._stepping(trigger)
            case SignRecord(record):
                yield from self._signing(record)
            case SayDay(says):
                yield from self._on_day(says)
            case PassOn(wish):
                yield from self._passing_on(wish)
            case TakeBack():  # of what its reader, or whoever runs the case, may take back
                pass

    def _filing(self, record: str, given: Mapping[str, object]) -> Iterator[Problem]:
        kind = self.workflow.records.get(record)
        if kind is None:
            yield unknown(self._place, "record", record, self.workflow.records)
            return
        yield from self._may("file", record, Action(Verb.FILE, record))
        fields = {each.name: each for each in kind.fields}
        for name in (*given, *(each.fills for each in self.answer.asks)):
            if name not in fields:
                yield unknown(self._place, f"field of {record}", name, fields)
        filled = {*given, *(each.fills for each in self.answer.asks if not each.value.optional)}
        for field in kind.fields:
            if not field.optional and field.name not in filled:
                sentence = f"answer {self.answer.name} leaves {field.name} of {record} out"
                yield Problem(self._place, sentence, "ask for it, or write it under given")
        for asked in self.answer.asks:
            field_ = fields.get(asked.fills)
            is_text = field_ is not None and field_.kind == "text"
            if field_ is not None and not is_text and field_.kind != asked.value.kind:
                sentence = (
                    f"{asked.value.name} is a {asked.value.kind}, and {asked.fills} of {record} "
                    f"a {field_.kind}"
                )
                yield Problem(self._place, sentence, "ask for a value of the same kind")

    def _stepping(self, trigger: str) -> Iterator[Problem]:
        steps = {each.trigger for each in self.workflow.transitions}
        if trigger not in steps:
            yield unknown(self._place, "trigger", trigger, steps)
            return
        yield from self._may("take", trigger, Action(Verb.STEP, trigger))

    def _signing(self, record: str) -> Iterator[Problem]:
        if record not in self.workflow.records:
            yield unknown(self._place, "record", record, self.workflow.records)
            return
        for role in self.readers.without(self.workflow.records[record].signatories):
            yield self._not_theirs("sign", record, role)

    def _on_day(self, says: Day) -> Iterator[Problem]:
        for _, ladder, rung in rungs(self.workflow):
            if rung.letter != self.offer.stage:
                continue
            meeting = next(sought_by(ladder, self.workflow), None)
            if meeting is None:
                sentence = f"{self.offer.stage} seeks the day of no meeting"
                remedy = f"let its ladder run until the times are named, or leave {self._name} out"
                yield Problem(self.offer.place, sentence, remedy)
                return
            if says is Day.CHOOSE and not meeting.options:
                sentence = f"nothing is on offer for {meeting.name} to choose from"
                yield Problem(self._place, sentence, f"leave {self._name} out")
            for role in self.readers.without(meeting.answers):
                yield self._not_theirs("answer to", meeting.name, role)

    def _passing_on(self, wish: Wish) -> Iterator[Problem]:
        needed = [each.value.kind for each in self.answer.asks if not each.value.optional]
        if wish is Wish.NOT_BEFORE and needed != ["date"]:
            sentence = f"answer {self._name} puts off until no one day"
            yield Problem(self._place, sentence, "let it ask for a date, and for nothing else")
        above = self.lines.family(self.workflow.name)
        if not any(_WROTE_BACK in each.notices for each in above):
            sentence = f"answer {self._name} is passed on, and nobody hears of it"
            remedy = f"let a letter go under notices: {_WROTE_BACK}"
            yield Problem(self._place, sentence, remedy)

    def _may(self, verb: str, of: str, action: Action) -> Iterator[Problem]:
        for role in self.readers.without(roles_for(self.workflow, action)):
            yield self._not_theirs(verb, of, role)

    def _not_theirs(self, verb: str, of: str, role: str) -> Problem:
        sentence = f"{role} reads {self.offer.stage} and may not {verb} {quoted(of)}"
        return Problem(self.offer.place, sentence, f"leave {self._name} out, or let them do it")

    @property
    def _place(self) -> Place:
        return self.answer.place

    @property
    def _name(self) -> str:
        return self.answer.name
