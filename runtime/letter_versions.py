"""The version of its programme that a letter was written by, and what it means by another."""

from collections.abc import Mapping

from engine.letters.answers import Answer
from runtime.wiring import Runtime
from storage.database.session import Session
from storage.journal.lines import journal_lines
from storage.mail.asked_letters import AskedLetter


def offers_the_same(runtime: Runtime, stage: str, before: str, now: str, only: str = "") -> bool:
    """Whether a letter offers by one version of its programme all that it offered by another, or
    the ``only`` answer of that name; versions are hashes of their definitions.
    """
    if before == now:
        return True
    shown = (each for each in runtime.answers_of(before).of(stage) if only in {"", each.name})
    offered = {_meant(each) for each in runtime.answers_of(now).of(stage)}
    return all(_meant(each) in offered for each in shown)


def _meant(answer: Answer) -> tuple[str, str]:
    """What whoever chooses an answer says by it, whatever its step is called (0072)."""
    return answer.name, answer.says


def written_by(session: Session, letter: AskedLetter) -> str:
    """The version of the definition of its case by which a letter was written."""
    case = letter.letter.case_id
    found = ""
    for line in journal_lines(session, case):
        if found and line.at > letter.written_at:
            break
        opened = line.entry.get("opened")
        begun = opened if isinstance(opened, Mapping) else line.entry
        found = str(begun.get("definition") or found)
    return found
