"""What somebody answers to a letter becomes their own act, once, however the answer came."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from engine.checks.records import FieldProblem
from engine.decide.offered import events_of, read_values
from engine.letters.answers import Answer, PassOn
from engine.model.dossier import CaseId
from engine.model.outcomes import Refusal, Unmet, WroteBack
from engine.model.sides import home_as
from engine.time.written_moments import Here
from runtime.asking import Asking, Since, asking_of, moved_since
from runtime.families import Families
from runtime.links import code_of
from runtime.wiring import Runtime
from storage.database.transactions import Session, transaction
from storage.mail import answers
from storage.mail.answers import StoredAnswer

_CODE = "The code is not that of your centre, which stands in the letter. Type it as it is there."


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
    if (known := recorded(families.session, chosen.letter)) is not None:
        return known
    if not asking.answers:
        return GivenAnswer(Became.OVER, case_id, since=moved_since(families, asking))
    answer = next((each for each in asking.answers if each.name == chosen.answer), None)
    if answer is None:
        return GivenAnswer(Became.NOT_OFFERED, case_id)
    if answer.is_binding and not _is_code(chosen.code, asking):
        return GivenAnswer(Became.NOT_READ, case_id, answer.name, wrong=(_CODE,))
    said = read_values(answer, chosen.values, Here(asking.view.today, _zone(asking)))
    if not isinstance(said, Mapping):
        return GivenAnswer(Became.NOT_READ, case_id, answer.name, wrong=_wrong(said))
    found, entry = _done(families, asking, answer, said, chosen.values)
    if found.became in {Became.RECORDED, Became.PASSED_ON}:
        _keep(families, asking, found, entry)
    return found


def recorded(session: Session, letter: int) -> GivenAnswer | None:
    """The answer to a letter that stands, as it was told when it was given."""
    known = answers.standing(session, letter)
    return None if known is None else replace(_read(known.outcome), became=Became.ANSWERED)


def _keep(families: Families, asking: Asking, found: GivenAnswer, entry: int) -> None:
    outcome = json.dumps(asdict(found), default=str)
    letter, reader = asking.asked.letter, asking.reader.id
    stored = StoredAnswer(
        0, letter.number, letter.case_id, reader, found.answer, outcome, entry, families.now
    )
    answers.keep(families.session, stored)


def _done(
    families: Families,
    asking: Asking,
    answer: Answer,
    said: Mapping[str, object],
    written: Mapping[str, str],
) -> tuple[GivenAnswer, int]:
    """What became of it, and the entry of the journal of the case that it made."""
    letter, case_id = asking.asked.letter, asking.asked.letter.case_id
    if isinstance(answer.does, PassOn):
        return _passed_on(families, asking, answer, written), 0
    first, *more = events_of(answer, letter, asking.view, asking.reader, said)
    outcome = families.happen(case_id, first)
    if isinstance(outcome, Refusal):
        return GivenAnswer(Became.REFUSED, case_id, answer.name, wrong=_said(outcome.unmet)), 0
    lacks: tuple[str, ...] = ()
    for event in more:
        # What else is missing keeps the step, and never the answer itself.
        follows = families.happen(case_id, event, along=True)
        lacks += _said(follows.unmet) if isinstance(follows, Refusal) else ()
    found = GivenAnswer(Became.RECORDED, case_id, answer.name, answer.says, lacks)
    return found, outcome.version


def _passed_on(
    families: Families, asking: Asking, answer: Answer, written: Mapping[str, str]
) -> GivenAnswer:
    reader, found = asking.reader, asking.asked
    values = [text.strip() for text in written.values() if text.strip()]
    words = (": ".join([answer.says, *values]),)
    told = WroteBack(f"{reader.name}, {reader.email}", found.subject, words)
    outcome = families.happen(found.root, told)
    case_id = found.letter.case_id
    if isinstance(outcome, Refusal):
        return GivenAnswer(Became.REFUSED, case_id, answer.name, wrong=_said(outcome.unmet))
    return GivenAnswer(Became.PASSED_ON, case_id, answer.name, answer.says)


def _is_code(written: str, asking: Asking) -> bool:
    code = code_of(asking.view.dossier, asking.asked.letter, asking.reader.id)
    return written.strip().casefold() == code.casefold()


def _zone(asking: Asking) -> str:
    dossier, reader = asking.view.dossier, asking.reader
    return home_as(dossier, reader.role, reader.id).zone


def _wrong(problems: tuple[FieldProblem, ...]) -> tuple[str, ...]:
    return tuple(f"{each.said}. {each.remedy}".strip() for each in problems)


def _said(unmet: tuple[Unmet, ...]) -> tuple[str, ...]:
    return tuple(f"{each.says} {each.detail}".strip() for each in unmet)


def _read(written: str) -> GivenAnswer:
    known = json.loads(written)
    case_id = CaseId(known["case_id"])
    return GivenAnswer(
        Became(known["became"]), case_id, known["answer"], known["says"], tuple(known["lacks"])
    )
