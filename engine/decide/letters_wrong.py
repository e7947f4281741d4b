"""mail_of(undoing, on): the letters of what is put right, sorted by what made them say it."""

from collections.abc import Collection, Iterator, Mapping

from engine.decide.alone import Owed
from engine.decide.past_acts import put_right_before, taken_back_in
from engine.decide.readers import Fields, Wrong, filed_by, readings, signature_read
from engine.decide.replacing import replaced
from engine.decide.telling import TAKEN_BACK, WITHDRAWN, Mail, letters_of
from engine.decide.undoing import Undoing
from engine.model.definition import Effect
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family
from engine.model.past import Past, Posted


def mail_of(undoing: Undoing, on: CaseId) -> Mail:
    """What the act said and asked for, and what others said that took it from the record."""
    gone, notices = undoing.gone(), notices_for(undoing.family, on)
    posted = tuple(_counting(undoing, letters_of(notices.get(TAKEN_BACK, ()))))
    said = tuple(
        each
        for each in posted
        if (each.case, each.version) in gone or _owed(each) in undoing.alone.unsaid
    )
    asked = tuple(each for each in posted if undoing.asked(each))
    instead = replaced(undoing.family, undoing.past, undoing.event, on)
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
        instead.record if instead is not None else "",
    )


def _owed(letter: Posted) -> Owed:
    return letter.case, letter.version, letter.letter, letter.person


def _counting(undoing: Undoing, retractions: frozenset[str]) -> Iterator[Posted]:
    """The letters that count until now: neither taken back before, nor told of that."""
    past, cases = undoing.past, undoing.family.cases
    gone = frozenset(taken_back_in((*past.before, *past.entries)))
    for each in past.posted:
        is_void = each.case in cases and cases[each.case].void
        is_gone = is_void or (each.case, each.version) in gone
        if not is_gone and (each.letter not in retractions or _is_of(past.acts, each, past)):
            yield each


def sent_after_all(past: Past) -> tuple[Posted, ...]:
    """The letters that an act withdrew which had put something right, and is undone itself.

    Of a meeting its own letters decide.
    """
    back = put_right_before(past)
    withdrawn = (each for each in past.posted if each.state == WITHDRAWN and not each.meeting)
    return tuple(each for each in withdrawn if _is_of(back, each, past))


def _is_of(acts: Collection[int], letter: Posted, past: Past) -> bool:
    place = (letter.case, letter.version)
    every = (*past.before, *past.entries)
    return any(each.act in acts for each in every if (each.case, each.version) == place)


def notices_for(family: Family, case: CaseId | None) -> Mapping[str, tuple[Effect, ...]]:
    """Each as the case says it, else the nearest case above that does."""
    found: dict[str, tuple[Effect, ...]] = {}
    while case is not None:
        found = {**family.workflow(case).notices, **found}
        case = family.parents.get(case)
    return found


def _wrong(undoing: Undoing, on: CaseId) -> Mapping[int, Fields]:
    """What letters took from the versions and signatures that are put right, by their number."""
    filed = list(filed_by(undoing.family, undoing.past))
    found, right = signature_read(undoing.family, undoing.past), None
    if (instead := replaced(undoing.family, undoing.past, undoing.event, on)) is not None:
        # What was wrong before that was told when it was corrected; of a text that takes the place
        # of a signed one its own letter tells.
        found.clear()
        filed, right = [(on, instead.record, instead.wrong)], instead.right.content
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
