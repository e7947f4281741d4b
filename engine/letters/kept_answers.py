"""Answers of one version of a programme, held against another one."""

from dataclasses import replace
from types import MappingProxyType

from engine.letters.answers import Answer, Answers, FileRecord, SignRecord, TakeStep
from engine.model.definition import Workflow


def with_words_of(kept: Answers, now: Answers) -> Answers:
    """Kept answers in the words of now, as far as each of them does the same by now."""
    known = {each.name: each for each in now.each()}
    offers = {
        stage: replace(
            offer, answers=tuple(_mended(each, known.get(each.name)) for each in offer.answers)
        )
        for stage, offer in kept.offers.items()
    }
    values = MappingProxyType({**kept.values, **now.values})
    return replace(kept, offers=MappingProxyType(offers), values=values)


def fitting(answers: Answers, workflow: Workflow) -> Answers:
    """Of answers that are of another version those that this definition can take."""
    offers = {
        stage: replace(offer, answers=tuple(e for e in offer.answers if _is_known(e, workflow)))
        for stage, offer in answers.offers.items()
    }
    return replace(answers, offers=MappingProxyType(offers))


def _mended(answer: Answer, now: Answer | None) -> Answer:
    if now is None:
        return answer
    mended = replace(answer, says=now.says, word=now.word, may_add=now.may_add)
    return mended if mended == now else answer


def _is_known(answer: Answer, workflow: Workflow) -> bool:
    """Whether the steps, the record and the fields of an answer are there, and no other needed."""
    steps = {each.trigger for each in workflow.transitions}
    match answer.does:
        case FileRecord(then=then) as record:
            return _takes(answer, record, workflow) and (not then or then in steps)
        case TakeStep(trigger):
            return trigger in steps
        case SignRecord(record):
            return record in workflow.records
        case _:
            return True


def _takes(answer: Answer, record: FileRecord, workflow: Workflow) -> bool:
    kind = workflow.records.get(record.record)
    if kind is None:
        return False
    said = {*record.given, *(each.fills for each in answer.asks if not each.value.optional)}
    needed = {each.name for each in kind.fields if not each.optional}
    filled = {*said, *(each.fills for each in answer.asks)}
    return needed <= said and filled <= {each.name for each in kind.fields}
