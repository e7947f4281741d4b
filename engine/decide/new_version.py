"""The next version of a record: its number is that of no other, whatever became of those."""

from engine.dates.view import View, interrupted_stay
from engine.decide.draft import Draft
from engine.model.dossier import Dossier, RecordVersion
from engine.model.outcomes import Filed
from engine.model.partners import every_version


def new_version(draft: Draft, name: str, event: Filed, centre: str) -> RecordVersion:
    corrects, dossier = event.corrects, draft.dossier
    return RecordVersion(
        number=next_number(dossier, name),
        content=event.content,
        # What is corrected counts from the day on which it was filed.
        filed_at=corrects.filed_at if corrects is not None else draft.now,
        filed_by=event.by.actor,
        imported=event.imported,
        centre=corrects.centre if corrects is not None else centre,
        partnership=dossier.partnership,
        corrects=corrects.number if corrects is not None else None,
        reason=corrects.reason if corrects is not None else "",
    )


def next_number(dossier: Dossier, name: str) -> int:
    return 1 + max((each.number for each in every_version(dossier).get(name, ())), default=0)


def standing(draft: Draft, name: str) -> int:
    """How many versions there are by now, leaving out those that were filed by mistake."""
    return sum(not each.void for each in every_version(draft.dossier).get(name, ()))


def renews(view: View, name: str, version: RecordVersion) -> bool:
    """Whether it takes the place of one of an earlier stay: what left that stay has told of it.

    Of a correction its own letter tells.
    """
    stay = interrupted_stay(view)
    entered_at = stay.entered_at if stay is not None else view.dossier.entered_at
    before = (each for each in view.dossier.records[name] if each.number < version.number)
    return version.corrects is None and any(each.filed_at < entered_at for each in before)
