"""The version of a record that takes the place of one that is wrong, where one does."""

from dataclasses import dataclass, replace

from engine.decide.changes import changed
from engine.decide.readers import last_filed
from engine.model.dossier import CaseId, RecordVersion
from engine.model.family import Family
from engine.model.partners import every_version
from engine.model.past import Past
from engine.model.putting_right import Corrected, PutRight, Undone


@dataclass(frozen=True, slots=True)
class Replaced:
    """A version of a record, and the one that takes its place."""

    record: str
    wrong: RecordVersion
    right: RecordVersion


def is_replaced(past: Past, event: PutRight) -> bool:
    """Whether another version takes the place of what is wrong; else nothing does."""
    was_corrected = past.own[0].kind == "corrected"
    return isinstance(event, Corrected) or (isinstance(event, Undone) and was_corrected)


def replaced(family: Family, past: Past, event: PutRight, case: CaseId) -> Replaced | None:
    """What is corrected, or was corrected by mistake: then the one before it is right."""
    if not is_replaced(past, event):
        return None
    wrong = last_filed(family, past, case)
    if isinstance(event, Corrected):
        right = replace(wrong, content=changed(wrong.content, event.changes))
        return Replaced(event.record, wrong, right)
    record = past.own[0].what.partition(" ")[0]
    versions = every_version(family.cases[case])[record]
    return Replaced(record, wrong, next(v for v in versions if v.number == wrong.corrects))
