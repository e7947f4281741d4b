"""What somebody answers to a letter becomes their own act, once, however the answer came."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from engine.checks.records import FieldProblem
from engine.decide.choosing import options_in
from engine.decide.offered import read_values
from engine.letters.answers import Answer, PassOn, Wish
from engine.model.dossier import CaseId
from engine.model.sides import home_as
from engine.time.written_moments import Here
from runtime.asking import Asking, Since, asking_of, leaves_open, moved_since, standing_answer
from runtime.families import Families
from runtime.use_cases.answer_acts import Made, done, values_of
from runtime.use_cases.centre_code import unsigned
from runtime.use_cases.receipt import TAKEN_BACK, Receipt, owe_receipts
from runtime.use_cases.someone_else import is_named_again
from runtime.use_cases.wishes_ended import end_wish, wish_of
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.mail import answers
from storage.mail.answers import StoredAnswer


class Became(StrEnum):
    """What an answer led to."""

    RECORDED = "recorded"
    PASSED_ON = "passed on"
    ANSWERED = "answered before"  # what was recorded then is told once more
    OVER = "over"  # what the letter asked is asked no more
    NOT_OFFERED = "not offered"
    NOT_READ = "not read"  # a value is missing, or is no such value
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer to a letter: the letter by its number, who gives it, its name and its values."""

    letter: int
    person: str  # the key
    answer: str
    values: Mapping[str, str]  # by the names of values, as somebody wrote them
    code: str = ""  # of their centre, where the answer binds it (security 13)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What became of an answer; ``lacks`` is what keeps the step that would follow from it."""

    became: Became
    case_id: CaseId | None = None
    answer: str = ""
    says: str = ""  # what was recorded, in the words of the choice
    lacks: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    since: Since | None = None
    words: tuple[str, ...] = ()  # what was written into it


def answer_letter(runtime: Runtime, chosen: Chosen) -> GivenAnswer:
    """Do what somebody chose, as their own act, in one transaction; a second time does nothing."""
    with transaction(runtime.database) as session:
        return answered_in(Families(session, runtime, runtime.clock()), chosen)


def answered_in(families: Families, chosen: Chosen) -> GivenAnswer:
    """The same within a transaction that is open."""
    asking = asking_of(families, chosen.letter, chosen.person)
    return GivenAnswer(Became.NOT_OFFERED) if asking is None else given_to(families, asking, chosen)


def given_to(families: Families, asking: Asking, chosen: Chosen) -> GivenAnswer:
    """The same for a letter that was looked up already."""
    case_id = asking.view.dossier.id
    known = standing_answer(families, chosen.letter)
    if known is not None:
        before = _read(known.outcome)
        if _is_repeated(asking, before, chosen) or not leaves_open(asking, known):
            return replace(before, became=Became.ANSWERED)
    if not asking.answers:
        return GivenAnswer(Became.OVER, case_id, since=moved_since(families, asking))
    answer = next((each for each in asking.answers if each.name == chosen.answer), None)
    if answer is None:
        return GivenAnswer(Became.NOT_OFFERED, case_id)
    said = _read_in(asking, answer, chosen.values)
    if not isinstance(said, Mapping):
        return GivenAnswer(
            Became.NOT_READ, case_id, answer.name, wrong=_wrong(families, asking, said)
        )
    if answer.is_binding and (why := unsigned(families, asking, chosen.code)):
        return GivenAnswer(Became.NOT_READ, case_id, answer.name, wrong=(why,))
    options = {e.value.name: str(said[e.fills]) for e in answer.asks if e.are_options}
    chosen = replace(chosen, values={**chosen.values, **options})  # days, where numbers were said
    return _recorded(families, asking, answer, chosen, said)


def _is_repeated(asking: Asking, before: GivenAnswer, chosen: Chosen) -> bool:
    if before.answer != chosen.answer:
        return False
    was, now = before.words, _words(chosen)
    return was == now or is_named_again(asking, chosen.answer, " ".join(was), " ".join(now))


def _read_in(
    asking: Asking, answer: Answer, written: Mapping[str, str]
) -> Mapping[str, object] | tuple[FieldProblem, ...]:
    """What was written, with the options that numbers of the letter mean."""
    values, asked = dict(written), asking.asked
    for name in (each.value.name for each in answer.asks if each.are_options):
        found = options_in(values.get(name, ""), asked.letter, asking.view, asked.written_at)
        if isinstance(found, FieldProblem):
            return (found,)
        values[name] = ", ".join(found)
    return read_values(answer, values, Here(asking.view.today, _zone(asking)))


def _recorded(
    families: Families,
    asking: Asking,
    answer: Answer,
    chosen: Chosen,
    said: Mapping[str, object],
) -> GivenAnswer:
    case_id = asking.view.dossier.id
    acted = done(families, asking, answer, said, chosen.values)
    if (made := acted.made) is None:
        return GivenAnswer(Became.REFUSED, case_id, answer.name, wrong=acted.wrong)
    became = Became.PASSED_ON if isinstance(answer.does, PassOn) else Became.RECORDED
    found = GivenAnswer(
        became, case_id, answer.name, answer.says, acted.lacks, words=_words(chosen)
    )
    number = _keep(families, asking, found, made)
    # What was passed on was read by a person: nothing of it can be taken back.
    can_undo = made[1] and (became is Became.RECORDED or acted.is_wish)
    if acted.gone:
        receipt = Receipt(acted.gone, TAKEN_BACK, told=acted.told)
    else:
        said_so = _lines(answer, chosen.values)
        words = (answer.says, *said_so, *acted.lacks, *acted.adds, *_may_add(answer, said))
        receipt = Receipt(words, number=number if can_undo else 0)
    owe_receipts(families, asking, receipt)
    return found


def _keep(families: Families, asking: Asking, found: GivenAnswer, made: Made) -> int:
    """Keep what was answered, in place of what was before; its number."""
    outcome = json.dumps(asdict(found), default=str)
    letter, reader = asking.asked.letter.number, asking.reader.id
    if (before := standing_answer(families, letter)) is not None:
        answers.undo(families.session, before.id, families.now)
        if wish_of(families, before) is not Wish.NOT_BEFORE or found.answer != before.answer:
            end_wish(families, before, asking)
    case, entry = made
    stored = StoredAnswer(0, letter, case, reader, found.answer, outcome, entry, families.now)
    return answers.keep(families.session, stored)


def _may_add(answer: Answer, said: Mapping[str, object]) -> tuple[str, ...]:
    """What may be said besides, where a value that nobody has to give was left out."""
    is_whole = all(each.fills in said for each in answer.asks)
    return () if is_whole or not answer.may_add else (answer.may_add,)


def _lines(answer: Answer, written: Mapping[str, str]) -> Iterator[str]:
    """What was written into it; each option that was chosen by itself."""
    options = {each.value.name for each in answer.asks if each.are_options}
    for name, text in written.items():
        yield from text.split(", ") if name in options else values_of({name: text})


def _words(chosen: Chosen) -> tuple[str, ...]:
    return tuple(values_of(chosen.values))


def _zone(asking: Asking) -> str:
    dossier, reader = asking.view.dossier, asking.reader
    return home_as(dossier, reader.role, reader.id).zone


def _wrong(
    families: Families, asking: Asking, problems: tuple[FieldProblem, ...]
) -> tuple[str, ...]:
    """In sentences of `notifications/answer_sentences.py`, by the labels of the values."""
    labels = families.runtime.answers_of(asking.view.dossier.digest).values
    return tuple(
        f'"{labels.get(each.field, each.field)}" {each.sentence}.'
        + ("" if each.is_gap else f" {each.remedy}")
        for each in problems
    )


def _read(written: str) -> GivenAnswer:
    known = json.loads(written)
    case_id = CaseId(known["case_id"])
    return GivenAnswer(
        Became(known["became"]),
        case_id,
        known["answer"],
        known["says"],
        tuple(known["lacks"]),
        words=tuple(known.get("words", ())),
    )
