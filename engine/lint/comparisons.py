"""Comparisons of what no record holds, or of fields that some of the records do not have."""

from collections.abc import Iterable, Iterator

from engine.lint.findings import Problem, unknown
from engine.model.comparison import Comparison
from engine.model.definition import RecordType, Workflow


def comparisons(workflow: Workflow) -> Iterator[Problem]:
    for each in workflow.comparisons.values():
        for name in each.records:
            if name in workflow.records:
                yield from _fields(each, workflow.records[name])
            else:
                yield unknown(each.place, "record", name, workflow.records)
        if each.key == each.value:
            sentence = f"comparison {each.name} compares {each.key} with itself"
            yield Problem(each.place, sentence, "name the field of the rows that is measured")
        if len(each.records) == 1:
            sentence = f"comparison {each.name} has one record to compare"
            yield Problem(each.place, sentence, "name those of the later times as well")


def _fields(each: Comparison, record: RecordType) -> Iterator[Problem]:
    fields = {field.name: field for field in record.fields}
    where = f"field of record {record.name}"
    yield from _known(each, where, each.also, fields)
    yield from _known(each, where, [each.rows], fields)
    rows = fields[each.rows].rows if each.rows in fields else ()
    if rows:
        inside = [field.name for field in rows]
        yield from _known(
            each, f"field of {record.name}.{each.rows}", [each.key, each.value], inside
        )
    elif each.rows in fields:
        sentence = f"{record.name}.{each.rows} has no rows to compare"
        yield Problem(each.place, sentence, "name a field of kind rows")


def _known(
    each: Comparison, what: str, names: Iterable[str], there: Iterable[str]
) -> Iterator[Problem]:
    known = list(there)
    yield from (unknown(each.place, what, name, known) for name in names if name not in known)
