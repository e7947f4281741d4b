"""What others said in a record since, apart from what is taken back of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.checks.records import problems
from engine.decide.past_acts import standing
from engine.decide.readers import filed_by
from engine.model.changes import Correction
from engine.model.dossier import EMPTY, CaseId, Dossier, PersonId, RecordVersion
from engine.model.family import Family
from engine.model.outcomes import Filed
from engine.model.partners import every_version
from engine.model.past import Past
from engine.model.putting_right import PutRight, Undone

Versions = tuple[RecordVersion, ...]


def filed_apart(
    family: Family, past: Past, event: PutRight, targets: Mapping[CaseId, Dossier]
) -> Iterator[tuple[CaseId, Filed]]:
    """The versions in force that took something from one that goes, each without that.

    A version holds the whole content of its record, also what others had said before it: without
    what goes it is filed as a correction, which counts from the moment at which it came in.
    """
    if not isinstance(event, Undone):
        return
    wrong: dict[tuple[CaseId, str], Versions] = {}
    for case, name, each in filed_by(family, past):
        wrong[case, name] = (*wrong.get((case, name), ()), each)
    for (case, name), gone in wrong.items():
        versions = following(family, case, name, gone[0])
        records = targets.get(case, family.cases[case]).records
        counting = {each.number for each in records.get(name, ())}
        since = [v for v in versions if v.number > gone[0].number and v.number in counting]
        if not since:
            continue
        last, fields = since[-1], family.workflow(case).records[name].fields
        content = apart_from_all(versions, gone, last)
        if content != last.content and not problems(fields, content):
            fixed = Correction(last.number, event.reason, last.filed_at, last.centre)
            yield case, Filed(name, content, event.by, corrects=fixed)


def following(family: Family, case: CaseId, name: str, like: RecordVersion) -> Versions:
    """The versions of a record of which each takes the place of the one before: of a record that
    each of several centres answers, those of one.
    """
    dossier, roles = family.whole(case), family.workflow(case).records[name].by
    several = any(len(dossier.parties_of(role)) > 1 for role in roles)
    every = every_version(family.cases[case]).get(name, ())
    return tuple(v for v in every if not several or v.centre == like.centre)


def heard_since(past: Past, records: frozenset[tuple[CaseId, str]]) -> set[tuple[str, PersonId]]:
    """Who was told of the versions of these records that were filed since, by which letter."""
    filings = {
        (each.case, each.version)
        for each in standing(past.since)
        if any((each.case, name) in records for name, _ in each.records)
    }
    told = (each for each in past.posted if (each.case, each.version) in filings)
    return {(each.letter, each.person) for each in told if each.person is not None}


def apart(versions: Versions, wrong: RecordVersion, later: RecordVersion) -> dict[str, object]:
    """The content of a later version where what it took from a wrong one is as before that."""
    was, found = _before(versions, wrong), dict(later.content)
    for name in _said(was, wrong.content):
        if found.get(name) != wrong.content.get(name):
            continue  # somebody said otherwise since
        if name in was:
            found[name] = was[name]
        else:
            found.pop(name, None)
    return found


def says_all(versions: Versions, wrong: RecordVersion, later: RecordVersion) -> bool:
    """Whether a later version says all that was said with a wrong one."""
    said = _said(_before(versions, wrong), wrong.content)
    return all(later.content.get(name) == wrong.content.get(name) for name in said)


def apart_from_all(
    versions: Versions, gone: Versions, later: RecordVersion
) -> Mapping[str, object]:
    """The same of all that goes."""
    for wrong in reversed(gone):
        later = replace(later, content=apart(versions, wrong, later))
    return later.content


def _said(was: Mapping[str, object], content: Mapping[str, object]) -> tuple[str, ...]:
    """The fields that are others than before."""
    return tuple(name for name in {**was, **content} if was.get(name) != content.get(name))


def _before(versions: Versions, wrong: RecordVersion) -> Mapping[str, object]:
    """What the record said when a version of it was filed."""
    own = (v for v in versions if v.partnership == wrong.partnership and not v.void)
    counted = [each for each in own if each.number < wrong.number]
    return counted[-1].content if counted else EMPTY
