"""Every version of a record that a case holds, and what differs between two of them."""

from engine.model.differences import Difference, differences
from engine.model.dossier import CaseId, RecordVersion
from engine.model.partners import every_version, former_partner
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.errors import NotFoundError


def record_versions(runtime: Runtime, case_id: CaseId, name: str) -> tuple[RecordVersion, ...]:
    """The versions, the oldest first; NotFoundError: none is filed."""
    with reading(runtime.database) as session:
        found = every_version(dossier_of(runtime, session, case_id)).get(name, ())
    if not found:
        raise NotFoundError(f"no version of {name} is filed here")
    return found


def former_partners(runtime: Runtime, case_id: CaseId, name: str) -> dict[int, str]:
    """The versions that count no more, by number, with the partner they were filed with."""
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id)
    past = (v for v in dossier.former.records.get(name, ()) if not v.void)
    return {each.number: former_partner(dossier, each.partnership) for each in past}


def version_of(versions: tuple[RecordVersion, ...], number: int | None) -> RecordVersion:
    """The version with a number, else the one in force; NotFoundError names those that exist."""
    if number is None:
        counting = [each for each in versions if not each.void]
        return (counting or versions)[-1]
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        known = ", ".join(str(each.number) for each in versions)
        raise NotFoundError(f"there is no version {number}: there are {known}")
    return found


def compared(
    versions: tuple[RecordVersion, ...], first: int | None, second: int | None
) -> tuple[RecordVersion | None, RecordVersion, tuple[Difference, ...]]:
    """Two versions and what differs; without numbers the last one and the one before it."""
    after = version_of(versions, second)
    if first is not None:
        before: RecordVersion | None = version_of(versions, first)
    else:
        earlier = [each for each in versions if each.number < after.number and not each.void]
        if after.corrects is not None:  # what it differs from is what it puts right
            earlier = [version_of(versions, after.corrects)]
        before = earlier[-1] if earlier else None
    return before, after, differences(before.content if before else {}, after.content)
