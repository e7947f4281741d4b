"""Which records in force say a word of a list, taken from it or from what had taken it before."""

from collections.abc import Iterable, Iterator, Mapping

from engine.checks.among import among
from engine.checks.wording import rows_of
from engine.model.definition import Workflow
from engine.model.dossier import Dossier
from engine.model.fields import Field
from engine.model.word_lists import ROOT


def words_in_use(
    workflow: Workflow, dossier: Dossier, name: str, words: Iterable[str]
) -> Iterator[tuple[str, str, int]]:
    """Each of the words that is said, with the record and its version."""
    sources, meant = _sources(workflow, name), {_plain(word): word for word in words}
    for record, versions in dossier.records.items():
        kind = workflow.records.get(record)
        for version in {each.centre: each for each in versions}.values() if kind else ():
            fields = kind.fields if kind else ()
            for word in dict.fromkeys(_said(fields, version.content, sources)):
                if word in meant:
                    yield meant[word], record, version.number


def _sources(workflow: Workflow, name: str) -> frozenset[str]:
    """The paths whose words are those of the list: itself, and the fields that take from it."""
    found = {f"{ROOT}{name}"}
    while True:
        more = {
            f"record.{record.name}.{path}"
            for record in workflow.records.values()
            for path, field in _paths(record.fields)
            if field.among in found
        }
        if more <= found:
            return frozenset(found)
        found |= more


def _paths(fields: tuple[Field, ...], at: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{at}{field.name}", field
        yield from _paths(field.rows, f"{at}{field.name}.")


def _said(
    fields: tuple[Field, ...], content: Mapping[str, object], sources: frozenset[str]
) -> Iterator[str]:
    for field in fields:
        value = content.get(field.name)
        if field.among in sources and value is not None:
            every = rows_of(value) if isinstance(value, list | tuple) else (value,)
            yield from map(_plain, every)
        for row in rows_of(value) if any(among(field.rows)) else ():
            yield from _said(field.rows, row, sources) if isinstance(row, Mapping) else ()


def _plain(word: object) -> str:
    """A word as it compares: a level that was measured is a number, and 2 is 2.0."""
    try:
        return f"{float(str(word)):g}"
    except ValueError:
        return str(word)
