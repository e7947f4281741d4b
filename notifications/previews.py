"""Every letter with believable facts: for people who read them, and for tests and dry runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.letters.answers import NO_ANSWERS, Answer, Answers, Day, SayDay
from engine.letters.catalogue import Stage
from notifications.answer_words import WORDS, shown
from notifications.render import Rendered, Templates
from notifications.wording import Reader

# A preview is nobody's copy, and its reader stands in for nobody.
_NOT_MEANT = frozenset({"letter.copied_from", "event.instead_of"})
_TO_A_DAY = (SayDay(Day.YES), SayDay(Day.NO))
_MINUTES = "letter.minutes"  # the stage knows it, so no example stands for it
SAMPLE_READER = Reader(zone="Europe/Paris", sent_on=date(2026, 12, 4))


@dataclass(frozen=True, slots=True)
class Preview:
    """One stage as its reader would see it."""

    stage: Stage
    rendered: Rendered


def preview(
    stage: Stage,
    templates: Templates,
    reader: Reader = SAMPLE_READER,
    answers: Answers = NO_ANSWERS,
) -> Preview:
    """Render one stage with the examples of its facts, and the words of the answers it takes."""
    facts = _samples(templates, stage)
    words = _words(templates, answers.of(stage.id), reader)
    facts |= {name: words for name in facts if _source(templates, name) == WORDS}
    return Preview(stage, templates.render(stage.id, facts, reader))


def bare_preview(stage: Stage, templates: Templates, reader: Reader = SAMPLE_READER) -> Preview:
    """Render one stage with as little as can be known: without its optional facts."""
    needed = templates.needed(stage.id)
    facts = {n: value for n, value in _samples(templates, stage).items() if n in needed}
    return Preview(stage, templates.render(stage.id, facts, reader))


def preview_together(
    stage: Stage, along: Stage, templates: Templates, reader: Reader = SAMPLE_READER
) -> Preview:
    """Render one stage with the examples of its facts, and in it another that goes with it."""
    told = [(along.id, _samples(templates, along))]
    return Preview(stage, templates.render(stage.id, _samples(templates, stage), reader, told))


def _samples(templates: Templates, stage: Stage) -> dict[str, object]:
    facts = templates.catalogue.facts
    samples = {name: facts[name].sample() for name in templates.used_facts(stage.id)}
    honest = {n: stage.minutes for n in samples if facts[n].source == _MINUTES and stage.minutes}
    absent = {n: None for n in samples if facts[n].source in {*_NOT_MEANT, WORDS}}
    return samples | honest | absent


def _words(
    templates: Templates, answers: Sequence[Answer], reader: Reader
) -> list[Mapping[str, str]] | None:
    """The words that a reply may answer with; while no day of a meeting is proposed yet."""
    possible = (each for each in answers if each.does not in _TO_A_DAY)
    words = shown(templates.shelf.spoken, possible, reader)
    return [{"word": each.word, "says": each.says} for each in words] or None


def _source(templates: Templates, name: str) -> str:
    return templates.catalogue.facts[name].source
