"""Records of a case with their signatures: every version, none ever overwritten."""

from collections.abc import Iterable
from datetime import date

from engine.model.dossier import CaseId, RecordVersion, Signature
from storage.database.columns import from_instant, from_json, to_instant, to_mapping
from storage.database.session import Session
from storage.database.statements import Change, Statement

_RECORDS = Statement[tuple[str, int, str, str, str, bool]](
    """SELECT name, number, content, filed_at, filed_by, imported FROM records
    WHERE case_id = :case ORDER BY name, number"""
)
_SIGNATURES = Statement[tuple[str, int, str, str, str, str]](
    """SELECT record, number, role, person, signed_on, centre FROM signatures
    WHERE case_id = :case ORDER BY record, number, signed_on, role, centre"""
)
_FILE = Change(
    """INSERT INTO records (case_id, name, number, content, filed_at, filed_by, imported)
    VALUES (:case, :name, :number, :content, :filed_at, :filed_by, :imported)"""
)
_SIGN = Change(
    """INSERT INTO signatures (case_id, record, number, role, centre, person, signed_on)
    VALUES (:case, :record, :number, :role, :centre, :person, :signed_on)"""
)


def records(session: Session, case_id: CaseId) -> dict[str, tuple[RecordVersion, ...]]:
    """Every version of every record, oldest first."""
    rows = session.all(_RECORDS, case=case_id)
    signed = _signatures(session, case_id) if rows else {}
    found: dict[str, list[RecordVersion]] = {}
    for name, number, content, filed_at, filed_by, imported in rows:
        version = RecordVersion(
            number=number,
            content=to_mapping(content),
            filed_at=to_instant(filed_at),
            filed_by=filed_by,
            imported=bool(imported),
            signatures=tuple(signed.get((name, number), ())),
        )
        found.setdefault(name, []).append(version)
    return {name: tuple(versions) for name, versions in found.items()}


def _signatures(session: Session, case_id: CaseId) -> dict[tuple[str, int], list[Signature]]:
    found: dict[tuple[str, int], list[Signature]] = {}
    for record, number, role, person, on, centre in session.all(_SIGNATURES, case=case_id):
        signature = Signature(role, person, date.fromisoformat(on), centre)
        found.setdefault((record, number), []).append(signature)
    return found


def file_records(
    session: Session, case_id: CaseId, filed: Iterable[tuple[str, RecordVersion]]
) -> None:
    rows = (
        {
            "case": case_id,
            "name": name,
            "number": version.number,
            "content": from_json(version.content),
            "filed_at": from_instant(version.filed_at),
            "filed_by": version.filed_by,
            "imported": version.imported,
        }
        for name, version in filed
    )
    session.change_each(_FILE, rows)


def sign_records(
    session: Session, case_id: CaseId, signed: Iterable[tuple[str, int, Signature]]
) -> None:
    rows = (
        {
            "case": case_id,
            "record": record,
            "number": number,
            "role": signature.role,
            "centre": signature.centre,
            "person": signature.person,
            "signed_on": signature.signed_on.isoformat(),
        }
        for record, number, signature in signed
    )
    session.change_each(_SIGN, rows)
