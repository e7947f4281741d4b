"""What can be wrong between the reply words of answers and the texts of letters, as sentences."""

import re
from collections.abc import Iterator

from engine.letters.answers import Answers
from engine.letters.catalogue import Stage
from engine.letters.spoken import NOTHING
from notifications.answer_words import WORDS, unclear
from notifications.render import Templates


def wrong_words(answers: Answers, texts: Templates) -> Iterator[str]:
    """Words that say two things, that no letter shows, or that a text writes by itself."""
    for offer in answers.offers.values():
        if said := unclear(texts.shelf.spoken, offer.answers):
            yield f"{offer.place}: in {offer.stage} {said}: give one of them another word"
    for stage in texts.catalogue.stages():
        yield from _unshown(answers, stage, texts)
        for language in texts.shelf.languages():
            yield from _written(answers, stage, texts, language)


def _unshown(answers: Answers, stage: Stage, texts: Templates) -> Iterator[str]:
    words = [each.word for each in answers.of(stage.id) if each.word]
    used = (texts.catalogue.facts[name] for name in texts.used_facts(stage.id))
    if words and all(fact.source != WORDS for fact in used):
        place, frame = answers.offers[stage.id].place, texts.shelf.frame_path("en")
        yield (
            f"{place}: {stage.id} takes the word {words[0]}, and no letter shows it: "
            f"say a fact from {WORDS} in {frame}"
        )


def _written(answers: Answers, stage: Stage, texts: Templates, language: str) -> Iterator[str]:
    """A word in a text stands there also where no reply is read, or its answer is not offered."""
    terms = texts.shelf.spoken.get(language, NOTHING).terms
    words = {terms.get(each.word, each.word) for each in answers.each() if each.word}
    named = "|".join(re.escape(each) for each in sorted(words) if each.isupper())
    for part in texts.shelf.sheet(stage, language) if named else ():
        if found := re.search(rf"\b(?:{named})\b", part.text):
            line = part.line + part.text.count("\n", 0, found.start())
            yield (
                f"{texts.shelf.path(stage, language)}:{line}: the text writes {found[0]}, a word "
                f"that its letter shows where it counts: take it away"
            )
