"""Records nobody can file or sign, fields nobody can fill, what nobody tends after the end."""

from collections.abc import Iterator

from engine.checks.records import KINDS
from engine.lint.findings import Problem, unknown
from engine.model.definition import OpenCase, RaiseFlag, RecordType, Workflow
from engine.model.fields import Field


def records(workflow: Workflow) -> Iterator[Problem]:
    for record in workflow.records.values():
        yield from _record(record)
        if record.after_end:
            yield from _after_end(workflow, record)


def _record(record: RecordType) -> Iterator[Problem]:
    if not record.by:
        yield Problem(record.place, f"nobody may file record {record.name}", "say `by` whom")
    if record.signed and not record.signatories:
        yield Problem(record.place, f"nobody signs record {record.name}", "name its signatories")
    for field in record.fields:
        yield from _field(field)


def _after_end(workflow: Workflow, record: RecordType) -> Iterator[Problem]:
    """What the end of a case refuses or nobody tends any more does not follow from a record."""
    late = f"record {record.name} comes in after the end too"
    if record.signatories:
        yield Problem(
            record.place,
            f"{late}, where nobody signs any more",
            "leave `after_end` out, or its signatories",
        )
    for effect in record.effects:
        opens = isinstance(effect, OpenCase) and not effect.under_parent
        flags = isinstance(effect, RaiseFlag) and effect.flag in workflow.flags
        if (opens or flags) and effect.when is None:
            yield Problem(
                effect.place,
                f"{late}, where nobody tends what it {'opens' if opens else 'raises'}",
                "say `when`, or leave `after_end` out",
            )


def _field(field: Field) -> Iterator[Problem]:
    if field.kind not in KINDS:
        yield unknown(field.place, "kind of field", field.kind, KINDS)
    if (field.kind == "choice") != bool(field.choices):
        yield Problem(
            field.place,
            f"field {field.name} is a choice of nothing, or has choices and is none",
            "give `kind: choice` and its `choices`, or neither",
        )
    if (field.kind == "rows") != bool(field.rows):
        yield Problem(
            field.place,
            f"field {field.name} is rows of nothing, or has rows and is none",
            "give `kind: rows` and the fields of a row, or neither",
        )
    least, most = field.at_least, field.at_most
    if least is not None and most is not None and least > most:
        sentence = f"field {field.name} is to be at least {least:g} and at most {most:g}"
        yield Problem(field.place, sentence, "swap the two")
    for each in field.rows:
        yield from _field(each)
