"""The use cases on one case: advance, record, sign, waive, move a date, raise a flag."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass

from engine.model.dossier import CaseId
from engine.model.outcomes import Refusal
from engine.model.passing import ChildOpened, FlagPassedUp, Passed, Told
from engine.model.plan import Plan
from engine.model.putting_right import Cause
from runtime.families import Families
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.errors import UnknownOutcomeError
from storage.programme import requests


@dataclass(frozen=True, slots=True)
class Answer:
    """What a use case answers, the same for a repeated request (P11)."""

    case_id: CaseId
    accepted: bool
    state: str
    left: str
    version: int
    unmet: tuple[Mapping[str, object], ...] = ()
    warnings: tuple[Mapping[str, object], ...] = ()
    letters: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()  # cases that follow from it: "F-12 red", "mentoring"


def act(runtime: Runtime, case_id: CaseId, event: Cause, request: str | None = None) -> Answer:
    """One decision, one transaction. ``request`` makes a repetition harmless.

    A commit whose outcome is unknown is looked up by its request, never blindly repeated (P11).
    """
    try:
        return _once(runtime, case_id, event, request)
    except UnknownOutcomeError:
        if request is None:
            raise
        return _once(runtime, case_id, event, request)


def _once(runtime: Runtime, case_id: CaseId, event: Cause, key: str | None) -> Answer:
    now, fingerprint = runtime.clock(), _fingerprint(case_id, event) if key else ""
    with transaction(runtime.database) as session:
        known = requests.recall(session, key, fingerprint) if key else None
        if known is not None:
            return _read(known)
        outcome = Families(session, runtime, now).happen(case_id, event)
        answer = answer_of(outcome)
        if key and answer.accepted:
            requests.remember(session, key, fingerprint, _written(answer), now)
        return answer


def answer_of(outcome: Plan | Refusal) -> Answer:
    """What a decision is, as people and machines are told."""
    match outcome:
        case Plan():
            return Answer(
                case_id=outcome.case_id,
                accepted=True,
                state=outcome.entered,
                left=outcome.left,
                version=outcome.version,
                warnings=tuple(asdict(each) for each in outcome.warnings),
                letters=tuple(letter.letter for letter in outcome.letters),
                opened=tuple(_opened(outcome.passed)),
            )
        case Refusal():
            unmet = tuple(asdict(each) for each in outcome.unmet)
            return Answer(outcome.case_id, False, outcome.state, outcome.state, 0, unmet)  # noqa: FBT003 - a field


def _opened(passed: tuple[Passed, ...]) -> Iterator[str]:
    for each in passed:
        match each:
            case ChildOpened(workflow, facts):
                flag = f"{facts.get('flag')} {facts.get('severity')}"
                yield flag if "flag" in facts else workflow
            case FlagPassedUp(flag, severity):
                yield f"{flag} {severity or ''}".strip()
            case Told():
                pass


def _fingerprint(case_id: CaseId, event: Cause) -> str:
    words = {field.name: getattr(event, field.name) for field in fields(event)}
    body = json.dumps([case_id, type(event).__name__, words], default=_plain, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _written(answer: Answer) -> str:
    return json.dumps(asdict(answer), sort_keys=True, default=str)


def _read(text: str) -> Answer:
    known = json.loads(text)
    for name in ("unmet", "warnings", "letters", "opened"):
        known[name] = tuple(known.get(name, ()))
    return Answer(**known)
