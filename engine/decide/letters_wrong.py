"""mail_of(undoing, on): the letters of what is put right, sorted by what made them say it."""

from collections.abc import Iterator, Mapping

from engine.decide.changes import changed
from engine.decide.past_acts import taken_back_in
from engine.decide.readers import Fields, Wrong, filed_by, last_filed, readings
from engine.decide.telling import TAKEN_BACK, Mail, letters_of
from engine.decide.undoing import Undoing
from engine.model.definition import Effect
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family
from engine.model.past import Posted
from engine.model.putting_right import Corrected


def mail_of(undoing: Undoing, on: CaseId) -> Mail:
    """What the act said and asked for, and what others said that took it from the record."""
    gone, notices = undoing.gone(), _notices(undoing.family, on)
    posted = tuple(_counting(undoing, letters_of(notices.get(TAKEN_BACK, ()))))
    said = tuple(each for each in posted if (each.case, each.version) in gone)
    asked = tuple(each for each in posted if undoing.asked(each))
    known, wrong = {each.number for each in (*said, *asked)}, _wrong(undoing, on)
    read = (each for each in posted if wrong.get(each.number) and each.number not in known)
    others = tuple(each for each in read if not _hears_otherwise(undoing, on, each))
    gone_with = known | {each.number for each in others}
    stand = (each for each in posted if each.number not in gone_with)
    return Mail(
        said,
        asked,
        undoing.event,
        undoing.now,
        others,
        wrong,
        _author(undoing, on),
        notices,
        undoing.asks_still(on),
        frozenset(each.message for each in stand if each.message is not None),
    )


def _counting(undoing: Undoing, retractions: frozenset[str]) -> Iterator[Posted]:
    """The letters that count until now: neither taken back before, nor told of that."""
    past, cases = undoing.past, undoing.family.cases
    gone = frozenset(taken_back_in((*past.before, *past.entries)))
    for each in past.posted:
        is_void = each.case in cases and cases[each.case].void
        is_gone = is_void or (each.case, each.version) in gone
        if not is_gone and each.letter not in retractions:
            yield each


def _notices(family: Family, case: CaseId | None) -> Mapping[str, tuple[Effect, ...]]:
    """Those of a case, else of the nearest one above that has any: there its people are told."""
    while case is not None:
        if found := family.workflow(case).notices:
            return found
        case = family.parents.get(case)
    return {}


def _wrong(undoing: Undoing, on: CaseId) -> Mapping[int, Fields]:
    """What letters took from the versions that are put right, by their number."""
    event, found = undoing.event, dict[int, Fields]()
    filed = list(filed_by(undoing.family, undoing.past))
    right = None
    if isinstance(event, Corrected):
        # What was wrong before that was told when it was corrected.
        filed = [(on, event.record, last_filed(undoing.family, undoing.past, on))]
        right = changed(filed[0][2].content, event.changes)
    for case, name, version in filed:
        wrong = Wrong(case, name, version, right)
        for number, fields in readings(undoing.family, undoing.past, wrong).items():
            found[number] = found.get(number, frozenset()) | fields
    return found


def _author(undoing: Undoing, on: CaseId) -> PersonId | None:
    people = undoing.family.whole(on).everybody()
    return next((each.id for each in people if each.key == undoing.event.by.actor), None)


def _hears_otherwise(undoing: Undoing, on: CaseId, letter: Posted) -> bool:
    """Whether its reader hears of it by the letters of a meeting."""
    dossier, meetings = undoing.family.whole(on), undoing.family.workflow(on).meetings
    records = {name for _, name, _ in filed_by(undoing.family, undoing.past)}
    about = {name for name, each in meetings.items() if each.record in records}
    return any(h.person == letter.person for h in dossier.heard if h.meeting in about)
