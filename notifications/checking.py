"""What can be wrong between a catalogue and its texts, each problem a sentence."""

from collections.abc import Iterator

from engine.letters.catalogue import Catalogue, LetterError
from notifications.previews import bare_preview, preview, preview_together
from notifications.render import Templates


def problems(catalogue: Catalogue, templates: Templates) -> list[str]:
    """Everything that would fail later, found now by a dry run on sample facts; empty is good."""
    found = [*_unwritten(catalogue, templates)]
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
    return list(dict.fromkeys(found))


def _unwritten(catalogue: Catalogue, templates: Templates) -> Iterator[str]:
    """Stages whose text is missing, wrong, or cannot be rendered with sample facts."""
    for stage in catalogue.stages():
        try:
            preview(stage, templates)
            bare_preview(stage, templates)
            for other in stage.goes_with:
                preview_together(catalogue.stage(other), stage, templates)
        except LetterError as error:
            path = str(templates.shelf.path(stage, "en"))
            yield str(error) if path in str(error) else f"{path}:{error.line}: {error}"


def _used(catalogue: Catalogue, templates: Templates) -> set[str]:
    used: set[str] = set()
    for stage in catalogue.stages():
        try:
            used |= templates.used_facts(stage.id)
        except LetterError:
            continue  # reported with its reason already
    return used
