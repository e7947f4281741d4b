"""Sentences of letters that say what will follow, or who is told: each needs what keeps it."""

import re
from collections.abc import Iterator

from engine.letters.promise import Said, Told
from engine.places import Place
from notifications.render import Templates

# By language: words with which a letter promises something, and those that promise its reader.
_ANY = {
    "en": re.compile(
        r"What happens next:|\byou (?:will )?(?:receive|hear)\b|\bwe (?:will )?(?:send|ask)\b"
        r"|\bgoes to\b|\bcomes? to you\b|\bwill be told\b",
        re.IGNORECASE,
    )
}
_READER = {
    "en": re.compile(
        r"\byou (?:will )?(?:receive|hear)\b|\bcomes? to you\b|\bwe (?:will )?(?:send|ask) you\b",
        re.IGNORECASE,
    )
}

_QUIET = {
    "en": re.compile(r"\bno (?:further|more)\b|\bnothing more\b|\bquiet\b|\bstops\b", re.IGNORECASE)
}

_OWN_LETTER = {"en": "in a letter of their own"}
_NAMED = re.compile(r"\{\{ *(\w+)")


def promising(templates: Templates) -> dict[str, Said]:
    """The first promise of each stage that makes one; one to its reader before any other."""
    return dict(_promises(templates))


def _promises(templates: Templates) -> Iterator[tuple[str, Said]]:
    for stage in templates.catalogue.stages():
        for language, words in _ANY.items():
            body = next(p for p in templates.shelf.sheet(stage, language) if p.name == "body")
            found = _READER[language].search(body.text) or words.search(body.text)
            if found is not None:
                line = body.line + body.text.count("\n", 0, found.start())
                place = Place(str(templates.shelf.path(stage, language)), line, 1)
                to_reader = _READER[language].search(body.text) is not None
                is_quiet = _QUIET[language].search(body.text) is not None
                yield stage.id, Said(found.group(), place, to_reader, is_quiet)


def telling(templates: Templates) -> dict[str, Told]:
    """The facts that name who is told in a letter of their own, by stage."""
    found: dict[str, Told] = {}
    for stage in templates.catalogue.stages():
        for language, words in _OWN_LETTER.items():
            line = next(p for p in templates.shelf.sheet(stage, language) if p.name == "told")
            if words in line.text:
                place = Place(str(templates.shelf.path(stage, language)), line.line, 1)
                found[stage.id] = Told(tuple(_NAMED.findall(line.text)), place)
    return found
