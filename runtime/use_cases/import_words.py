"""Lists of words that the office brings along: the items, levels and indicators of a programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.checks.among import among
from engine.checks.words_in_use import words_in_use
from engine.decide.acts import Verb
from engine.errors import ProjectError
from engine.literals import number
from engine.model.definition import Workflow
from engine.model.outcomes import By
from engine.model.word_lists import LISTS, ROOT
from engine.suggestions import suggestion
from imports.table import Column, Problems, read_table
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.queries.word_lists import declared
from runtime.wiring import Runtime
from storage.cases.cases import roots
from storage.database.transactions import Session, transaction
from storage.directory.office import imported_lists, keep_office_facts, office_facts

WORD = "word"  # the column of a table of words


class WordsError(ProjectError):
    """A list of words cannot be taken over; nothing was."""


@dataclass(frozen=True, slots=True)
class Use:
    """A record in force that says a word which is taken out: it stays, and takes it no more."""

    word: str
    case: str
    record: str
    version: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A list as it was before and as it is now; what was filed with former words stays."""

    name: str
    words: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    used: tuple[Use, ...]  # where words that were taken out are said


def import_words(runtime: Runtime, name: str, path: Path, by: By) -> Imported:
    """Take over every word of a table, in its order, instead of those before.

    ImportProblemsError lists all that is wrong in the table; WordsError: the list is none of the
    programme's, or its words are written in the definition.
    """
    _refuse_other(runtime, name)
    words = _words(runtime, name, path)
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
        lists = imported_lists(session)
        before = lists.get(name, [])
        removed = tuple(word for word in before if word not in words)
        used = tuple(_used(session, runtime, name, removed)) if removed else ()
        kept = {**lists, name: list(words)}
        keep_office_facts(session, {**office_facts(session), LISTS: kept})
    added = tuple(word for word in words if word not in before)
    return Imported(name, words, added, removed, used)


def _used(session: Session, runtime: Runtime, name: str, removed: tuple[str, ...]) -> Iterator[Use]:
    families = Families(session, runtime, runtime.clock())
    for root in roots(session):
        family = families.look(root)
        for case_id, case in family.cases.items():
            for said in words_in_use(family.workflow(case_id), case, name, removed):
                word, record, version = said
                yield Use(word, case.reference, record, version)


def _refuse_other(runtime: Runtime, name: str) -> None:
    lists = declared(runtime.programme)
    if name not in lists:
        raise WordsError(f"there is no list {name}: {suggestion(name, sorted(lists))}")
    if not lists[name].imported:
        raise WordsError(
            f"the words of {name} are written in the definition: change them there, "
            "and bring running cases to it"
        )


def _words(runtime: Runtime, name: str, path: Path) -> tuple[str, ...]:
    table = read_table(path, [Column(WORD)])
    problems, seen = Problems(table.file), dict[str, int]()
    measures = any(_measures(each, name) for each in runtime.programme.workflows.values())
    for row in table.rows:
        word = str(row.values[WORD]).strip()
        first = seen.setdefault(word.casefold(), row.number)
        if first != row.number:
            problems.add(f"this word stands in row {first} too", row=row.number, column=WORD)
        for wrong in _wrong(word) if measures else ():
            problems.add(wrong, row=row.number, column=WORD)
    problems.refuse()
    return tuple(str(row.values[WORD]).strip() for row in table.rows)


def _wrong(word: str) -> Iterator[str]:
    try:
        number(word)
    except ValueError as error:
        yield str(error)


def _measures(workflow: Workflow, name: str) -> bool:
    """Whether numbers are measured by the list: then its words are numbers."""
    return any(
        field.kind == "number" and field.among == f"{ROOT}{name}"
        for record in workflow.records.values()
        for field in among(record.fields)
    )
