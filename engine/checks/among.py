"""The words that a field may take at one moment: of a list, or of what was filed before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.checks.wording import rows_of
from engine.dates.view import View, dig
from engine.model.definition import RecordType, Workflow
from engine.model.fields import Field


def offered(
    record: RecordType, view: View, content: Mapping[str, object] | None = None
) -> RecordType:
    """A record with the words that its fields may take now, bounds where they are numbers.

    A list that nobody has imported yet offers nothing, and what is filed is taken as it is. Words
    of the record itself are those of the ``content`` that comes in with them.
    """
    if not any(_reads(field) for field in record.fields):
        return record
    offers = _Offers(view, f"record.{record.name}.", content or {})
    return replace(record, fields=offers.fields(record.fields))


def words_of(workflow: Workflow, path: str) -> tuple[str, ...]:
    """The words that a fact, or a fact of a centre, may say by the definition; () for any."""
    found = (each for each in workflow.lists.values() if path in each.holds)
    return next((tuple(each.entries) for each in found), ())


def among(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields, of rows too, whose words come from elsewhere."""
    for field in fields:
        if field.among:
            yield field
        yield from among(field.rows)


def _reads(field: Field) -> bool:
    return any(among((field,)))


@dataclass(frozen=True, slots=True)
class _Offers:
    view: View
    own: str  # how the paths into the record itself begin
    content: Mapping[str, object]

    def fields(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(self._with_words(field) for field in fields)

    def _with_words(self, field: Field) -> Field:
        if field.rows:
            return replace(field, rows=self.fields(field.rows))
        words = tuple(map(str, self._words(field.among))) if field.among else ()
        return taking(field, words)

    def _words(self, path: str) -> Sequence[object]:
        if path.startswith(self.own):
            return rows_of(dig(self.content, path.removeprefix(self.own)))
        return rows_of(self.view.value(path))


def taking(field: Field, words: tuple[str, ...]) -> Field:
    """A field that takes these words alone, bounds where they are numbers; any if there is none."""
    if not words:
        return field
    if field.kind != "number":
        kind = "choice" if field.kind == "text" else field.kind
        return replace(field, kind=kind, choices=words)
    steps = sorted(float(word) for word in words)
    return replace(field, at_least=steps[0], at_most=steps[-1])
