"""The lists of words of a programme, and what stands in them now."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.word_lists import WordList
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.directory.office import imported_lists
from storage.errors import NotFoundError
from workflows.programme import Programme


@dataclass(frozen=True, slots=True)
class WordLine:
    """A list: its title, where its words come from, and the words in their order."""

    name: str
    title: str
    imported: bool
    words: tuple[str, ...]


def declared(programme: Programme) -> Mapping[str, WordList]:
    """Every list of the programme by name."""
    every = programme.workflows.values()
    return {name: each for workflow in every for name, each in workflow.lists.items()}


def word_line(runtime: Runtime, name: str) -> WordLine:
    """One list; NotFoundError names the nearest one."""
    found = {each.name: each for each in word_lines(runtime)}
    if name not in found:
        raise NotFoundError(f"there is no list {name}: {suggestion(name, sorted(found))}")
    return found[name]


def word_lines(runtime: Runtime) -> tuple[WordLine, ...]:
    """Every list in the order of the definitions; one that nobody imported yet is empty."""
    with reading(runtime.database) as session:
        lists = imported_lists(session)
    return tuple(
        WordLine(
            each.name,
            each.title,
            each.imported,
            tuple(lists.get(each.name, ())) if each.imported else tuple(each.entries),
        )
        for each in declared(runtime.programme).values()
    )
