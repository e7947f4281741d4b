"""What a letter says will follow is named in the catalogue with what keeps it."""

from pathlib import Path

import pytest

from engine.letters.catalogue import Catalogue, Letter, Stage
from engine.letters.promise import Promise, Said
from engine.lint.lint import problems
from engine.lint.promised import promised
from engine.lint.promises import sent
from engine.places import Place
from notifications.promising import promising
from runtime.texts import texts_of
from tests.support.workflows import a_programme, a_workflow, at, is_named
from tests.support.world import wp6
from workflows.registry import built_in

NEXT = {"en": "What happens next:", "fr": "La suite\N{NO-BREAK SPACE}:"}
TEXTS = built_in("wp6") / "words"
PROMISED = {promise.stage: promise.kept_by for promise in wp6().letters.promises}


def _promising(language: Path) -> set[str]:
    texts = (language / "letters").glob("*/*.txt")
    return {
        f"{text.parent.name}.{text.stem}"
        for text in texts
        if NEXT[language.name] in text.read_text(encoding="utf-8")
    }


@pytest.mark.parametrize("language", sorted(path.name for path in TEXTS.iterdir()))
def test_each_text_that_says_what_follows_has_something_that_keeps_it(language: str) -> None:
    said = _promising(TEXTS / language) & sent(wp6().workflows)

    assert said - set(PROMISED) == set(), "name what keeps it, under promises of letters.yaml"
    assert set(PROMISED) - said == set(), f"the text has no sentence after {NEXT[language]!r}"


def test_who_else_was_told_is_who_gets_the_letter() -> None:
    for stage in wp6().letters.stages():
        if "in a letter of their own" not in stage.told:
            continue
        if "both teams" in stage.told:
            stages = wp6().letters.letter(stage.letter).stages.values()
            told = {to for each in stages if each.told == stage.told for to in each.to}
            assert {"coordinator.team", "aspiring.team"} <= told, stage.id
        elif "aspirant_name" in stage.told and "overdue" not in stage.id:
            named = "facilitator_name" in stage.told
            assert named == ("facilitator" in stage.to), stage.id
            assert not any(to.endswith(".team") for to in stage.to), stage.id


def _catalogue(promise: Promise) -> Catalogue:
    stages = {n: Stage("N-01", n, ("lead",), "at_once", "a", "t", "r") for n in ("ask", "never")}
    return Catalogue("p", letters={"N-01": Letter("N-01", "A letter", stages)}, promises=(promise,))


@pytest.mark.parametrize(
    ("stage", "keeper", "told"),
    [
        ("N-01.ak", "quiet", "no letter 'N-01.ak'"),
        ("N-01.ask", "N-01.never", "N-01.ask promises N-01.never, which nothing sends"),
        ("N-01.ask", "record.nothing", "no keeper of a promise called 'record.nothing'"),
        ("N-01.ask", "step.nowhere", "no keeper of a promise called 'step.nowhere'"),
    ],
)
def test_a_promise_that_nothing_keeps_is_refused_where_it_stands(
    stage: str, keeper: str, told: str
) -> None:
    catalogue = _catalogue(Promise(stage, (keeper,), at(4)))

    found = problems(a_programme(a_workflow()), catalogue)

    assert any(is_named(each, 4, told) for each in found), found


@pytest.mark.parametrize("keeper", ["N-01.ask", "quiet", "person"])
def test_a_promise_that_is_kept_is_sound(keeper: str) -> None:
    catalogue = _catalogue(Promise("N-01.ask", (keeper,), at(4)))

    assert problems(a_programme(a_workflow()), catalogue) == ()


def _said_of(*promises: Promise, to_reader: bool) -> list[str]:
    stages = {n: Stage("N-01", n, ("lead",), "at_once", "a", "t", "r") for n in ("ask", "never")}
    letters = {"N-01": Letter("N-01", "A letter", stages)}
    catalogue = Catalogue("p", letters=letters, promises=promises)
    said = {"N-01.ask": Said("you receive", Place("ask.txt", 3, 1), to_reader, quiet=True)}
    return list(map(str, promised(a_programme(a_workflow()), catalogue, said)))


def test_a_sentence_that_promises_is_refused_where_nothing_keeps_it() -> None:
    (found,) = _said_of(to_reader=False)

    assert found.startswith('ask.txt:3:1: letter N-01.ask promises something ("you receive")')
    assert found.endswith("name what keeps it under `promises` of letters.yaml: N-01.ask: [...]")
    assert _said_of(Promise("N-01.ask", ("quiet",)), to_reader=False) == []


def test_what_the_reader_is_promised_comes_to_the_reader() -> None:
    kept = Promise("N-01.ask", ("N-01.never",))

    assert _said_of(kept, to_reader=True) == []
    assert len(_said_of(Promise("N-01.ask", ("record.plan",)), to_reader=True)) == 1
    assert _said_of(Promise("N-01.ask", ("person",)), to_reader=True) == []


def test_the_words_of_a_promise_are_found_in_the_texts() -> None:
    found = promising(texts_of(built_in("wp6"), wp6().letters))
    asked = found["N-03.ask"]

    assert (asked.words, asked.to_reader, asked.quiet) == ("you receive", True, False)
    assert {stage for stage in found if stage in sent(wp6().workflows)} <= set(PROMISED)
