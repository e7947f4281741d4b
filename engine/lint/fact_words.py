"""Words that facts begin with or are set to, and that stand in no list, or are misspelt."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from engine.checks.hierarchy import effects
from engine.checks.values import FactIs
from engine.errors import quoted
from engine.lint.findings import Problem, meant
from engine.lint.names import Scope
from engine.lint.paths import checks
from engine.model.definition import OpenCase, SetFact
from engine.model.word_lists import WordList
from engine.places import Place

_FACT = "fact."
_NEAR = 0.85  # how alike a word must be to be a slip of the pen


class _Given(NamedTuple):
    """A word that a definition writes for a fact."""

    fact: str
    how: str
    word: object
    place: Place


def fact_words(scope: Scope) -> Iterator[Problem]:
    lists = {path: each for each in scope.workflow.lists.values() for path in each.holds}
    compared = _compared(scope)
    for given in (*_at_first(scope), *_set(scope), *_at_opening(scope)):
        word, listed = given.word, lists.get(f"{_FACT}{given.fact}")
        if not isinstance(word, str) or not word or word.startswith("="):
            continue
        if listed is not None:
            yield from _unlisted(given, word, listed)
        else:
            yield from _slip(given, word, compared.get(given.fact, frozenset()))


def _unlisted(given: _Given, word: str, listed: WordList) -> Iterator[Problem]:
    if listed.entries and word not in listed.entries:
        sentence = f"fact {given.fact} {given.how} {quoted(word)}, which list {listed.name} has not"
        yield Problem(given.place, sentence, meant(word, sorted(listed.entries)))


def _slip(given: _Given, word: str, compared: frozenset[str]) -> Iterator[Problem]:
    """A word that no check asks for, and that is nearly one that some check does."""
    near = [] if word in compared else get_close_matches(word, sorted(compared), 1, _NEAR)
    if near:
        sentence = f"fact {given.fact} {given.how} {quoted(word)}, and no check asks for that"
        yield Problem(given.place, sentence, f"did you mean {near[0]}?")


def _at_first(scope: Scope) -> Iterator[_Given]:
    workflow = scope.workflow
    for fact, word in workflow.facts.items():
        place = workflow.fact_places.get(fact, workflow.place)
        yield _Given(fact, "begins as", word, place)


def _set(scope: Scope) -> Iterator[_Given]:
    for effect in effects(scope.workflow):
        if isinstance(effect, SetFact) and effect.path is None:
            yield _Given(effect.fact, "is set to", effect.value, effect.place)


def _at_opening(scope: Scope) -> Iterator[_Given]:
    for opener in scope.lines.workflows.values():
        for effect in effects(opener):
            if isinstance(effect, OpenCase) and effect.workflow == scope.workflow.name:
                for fact, word in effect.facts.items():
                    yield _Given(fact, "is given as", word, effect.place)


def _compared(scope: Scope) -> dict[str, frozenset[str]]:
    """The words that checks of this workflow compare its facts with."""
    found: dict[str, frozenset[str]] = {}
    for check, _ in checks(scope.workflow):
        if isinstance(check, FactIs) and check.of.startswith(_FACT):
            words = (w for w in (*check.one_of, *check.not_in) if isinstance(w, str))
            fact = check.of.removeprefix(_FACT)
            found[fact] = found.get(fact, frozenset()).union(words)
    return found
