"""`pairing words`: the words that records choose from, and the lists the office brings along."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Acting
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.trying import do
from cli.shared.values import path, word
from runtime.queries.word_lists import WordLine, word_line, word_lines
from runtime.use_cases import import_words as use_case

app = noun("Import, list or show the words that records choose from.")

List = Annotated[str, typer.Argument(metavar="LIST", help="Such as domains.", parser=word)]


@dataclass(frozen=True, slots=True)
class WordsImported(use_case.Imported):
    """What became of a list."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """Every list of the programme."""

    lists: tuple[WordLine, ...]


@dataclass(frozen=True, slots=True)
class WordsShow:
    """The words of one list."""

    list: WordLine


@app.command("import", cls=Acting)
def import_(
    name: List,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table with the column word.", parser=path)
    ],
) -> WordsImported:
    """Take over the words of a table (.xlsx, CSV) instead of those before."""
    with opened() as runtime:
        done = do(runtime, lambda on: use_case.import_words(on, name, file, who()))
    told = WordsImported(done.name, done.words, done.added, done.removed)
    counts = f"{len(done.words)} words, {len(done.added)} new, {len(done.removed)} taken out"
    return answer(told, f"{name}: {counts}")


@app.command("list", cls=Listing)
def list_() -> WordLists:
    """List every list of words, and where its words come from."""
    with opened() as runtime:
        found = word_lines(runtime)
    rows = [(each.name, each.title, _source(each), len(each.words)) for each in found]
    return answer(WordLists(found), Table(("list", "what", "from", "words"), rows))


@app.command("show", cls=Listing)
def show(name: List) -> WordsShow:
    """Show the words of a list in their order."""
    with opened() as runtime:
        each = word_line(runtime, name)
    rows = [(number, one) for number, one in enumerate(each.words, start=1)]
    nothing = f"nothing yet: import it with pairing words import {name} FILE"
    return answer(WordsShow(each), Table(("number", "word"), rows, each.title, empty=nothing))


def _source(each: WordLine) -> str:
    if not each.imported:
        return "the definition"
    return "a table of the office" if each.words else "not imported yet"
