"""`pairing words`: the words that records choose from, and the lists the office brings along."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.asking import agreed, refuse_elsewhere
from cli.shared.calling import Acting, this_call
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer, say
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.trying import do
from cli.shared.values import path, word
from runtime.queries.preview import EntryChange, tried
from runtime.queries.word_lists import WordLine, word_line, word_lines
from runtime.use_cases import import_words as use_case
from runtime.wiring import Runtime

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
    *,
    in_use: Annotated[
        bool, typer.Option("--in-use", help="Take words out though records in force say them.")
    ] = False,
) -> WordsImported:
    """Take over the words of a table (.xlsx, CSV) instead of those before.

    What was filed with a word that is taken out stays; somebody says that this is meant.
    """
    with opened() as runtime:

        def take(on: Runtime) -> use_case.Imported:
            return use_case.import_words(on, name, file, who())

        if not (in_use or this_call().dry_run):
            _meant(tried(runtime, take)[0])
        done = do(runtime, take, _entries)
    told = WordsImported(done.name, done.words, done.added, done.removed, done.used)
    counts = f"{len(done.words)} words, {len(done.added)} new, {len(done.removed)} taken out"
    return answer(told, f"{name}: {counts}", *_taken_out(done))


def _meant(found: use_case.Imported) -> None:
    """Go on where words that records say are to be taken out: by a plain yes, or by the option."""
    if not found.used:
        return
    for line in _taken_out(found):
        say(f"pairing: look again: {line}")
    refuse_elsewhere("say with --in-use that they are taken out all the same")
    if not agreed("Are they to be taken out?"):
        say("nothing was taken over")
        raise typer.Abort


def _taken_out(found: use_case.Imported) -> list[str]:
    """Each word that is taken out, with the records that say it."""
    return [f"taken out: {gone}{said}" for gone, said in _gone(found)]


def _gone(found: use_case.Imported) -> Iterator[tuple[str, str]]:
    """Each word that is taken out, and where it is said."""
    for gone in found.removed:
        uses = (f"{use.case} {use.record} {use.version}" for use in found.used if use.word == gone)
        where = ", ".join(uses)
        yield gone, f", said in {where}" if where else ""


def _entries(found: use_case.Imported) -> Iterator[EntryChange]:
    yield from (EntryChange(word, "added") for word in found.added)
    yield from (EntryChange(gone, f"taken out{said}") for gone, said in _gone(found))


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
