"""What can be wrong between a catalogue and its texts, each problem a sentence."""

from collections.abc import Iterator
from dataclasses import replace

from engine.letters.catalogue import Catalogue, LetterError, Stage
from engine.letters.spoken import SOURCE
from notifications.answer_links import LABELS
from notifications.composition import OF_DIGESTS
from notifications.languages import LANGUAGES, unsaid
from notifications.previews import (
    SAMPLE_READER,
    bare_preview,
    holding,
    preview,
    preview_together,
)
from notifications.render import Templates
from notifications.sentences import EVERY, THINGS
from notifications.terms import ENGINE_WORDS


def problems(catalogue: Catalogue, templates: Templates) -> list[str]:
    """Everything that would fail later, found now by a dry run on sample facts; empty is good."""
    found = [*_unwritten(catalogue, templates)]
    if not found:  # with the source wrong, nothing can be held against it
        found += [
            each
            for language in templates.shelf.languages()
            if language != SOURCE
            for each in _in_language(catalogue, templates, language)
        ]
    used = _used(catalogue, templates)
    if not found:  # with a text missing, what it would have used is not known
        found += [
            f"fact {name} is declared and no letter says it: use it, or take it away"
            for name in catalogue.facts
            if name not in used
        ]
    found += [
        f"{path}: no stage asks for this text: name it in the catalogue, or remove it"
        for path in templates.shelf.strays(catalogue)
    ]
    found += [
        f"examples of letters are in {', '.join(LANGUAGES)}, not in {language}: mend the name"
        for language in catalogue.examples
        if language not in LANGUAGES
    ]
    return list(dict.fromkeys(found))


def _unwritten(catalogue: Catalogue, templates: Templates) -> Iterator[str]:
    """Stages whose text is missing, wrong, or cannot be rendered with sample facts."""
    for stage in catalogue.stages():
        try:
            preview(stage, templates)
            bare_preview(stage, templates)
            for other in stage.goes_with:
                preview_together(catalogue.stage(other), stage, templates)
            yield from _lost(stage, templates)
        except LetterError as error:
            path = str(templates.shelf.path(stage, "en"))
            yield str(error) if path in str(error) else f"{path}:{error.line}: {error}"


def _lost(stage: Stage, templates: Templates) -> Iterator[str]:
    """What a letter in which others go must say of them, and does not."""
    catalogue = templates.catalogue
    if stage.id not in holding(catalogue):
        return
    said = {catalogue.facts[name].source for name in templates.said_facts(stage.id)}
    for source in sorted(OF_DIGESTS - said):
        path = templates.shelf.path(stage, SOURCE)
        yield f"{path}:1: letters go in this one, and it leaves out a fact of {source}: say it"


def _in_language(catalogue: Catalogue, templates: Templates, language: str) -> Iterator[str]:
    """What the texts of a further language lack, beside those of the source language."""
    folder = templates.shelf.folder / language
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        yield f"{folder}: letters are written in {known}: name the folder so, or take it away"
        return
    yield from unsaid(language, (*ENGINE_WORDS, *EVERY, *THINGS, *LABELS))
    try:
        said = templates.frame_facts(language), templates.frame_facts(SOURCE)
        yield from _other_facts(str(templates.shelf.frame_path(language)), *said)
    except LetterError as error:
        yield f"{templates.shelf.frame_path(language)}:{error.line}: {error}"
        return
    for stage in catalogue.stages():
        path = str(templates.shelf.path(stage, language))
        try:
            said = templates.said_facts(stage.id, language), templates.said_facts(stage.id)
            yield from _other_facts(path, *said)
            _tried(stage, templates, language)
        except LetterError as error:
            yield str(error) if path in str(error) else f"{path}:{error.line}: {error}"


def _other_facts(path: str, said: frozenset[str], source: frozenset[str]) -> Iterator[str]:
    """A letter tells its reader the same in every language."""
    for name in sorted(source - said):
        yield f"{path}:1: the text leaves out the fact {name} of the one in {SOURCE}: say it"
    for name in sorted(said - source):
        yield f"{path}:1: the text says the fact {name}, not so the one in {SOURCE}: leave it out"


def _tried(stage: Stage, templates: Templates, language: str) -> None:
    reader = replace(SAMPLE_READER, language=language)
    preview(stage, templates, reader)
    bare_preview(stage, templates, reader)
    for other in stage.goes_with:
        preview_together(templates.catalogue.stage(other), stage, templates, reader)


def _used(catalogue: Catalogue, templates: Templates) -> set[str]:
    used: set[str] = set()
    for stage in catalogue.stages():
        try:
            used |= templates.used_facts(stage.id)
        except LetterError:
            continue  # reported with its reason already
    return used
