"""Every letter with believable facts: for people who read them, and for tests and dry runs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.letters.answers import NO_ANSWERS, Answer, Answers, Day, SayDay
from engine.letters.catalogue import Stage
from notifications.answer_links import AnswerLink
from notifications.answer_words import WORDS, shown
from notifications.composition import Part, digest_facts
from notifications.facts import without_case
from notifications.render import Rendered, Templates
from notifications.wording import Reader

# A preview is nobody's copy, goes to nobody beside its readers, who stand in for nobody.
_NOT_MEANT = frozenset({"letter.copied_from", "letter.also", "event.instead_of"})
_TO_A_DAY = (SayDay(Day.YES), SayDay(Day.NO))
_MINUTES = "letter.minutes"  # the stage knows it, so no example stands for it
_DUE = "ask.due_on"
_READER_NAME, _READER_MAIL = "person.name", "person.email"
_REFERENCE = "letter.reference"
_CASE = re.compile(r" \N{MIDDLE DOT} .*")
_IN_DIGEST, _AT_SLOT, _TWO = "digest_only", "next_slot", 2
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
    link: AnswerLink | None = None,
) -> Preview:
    """Render one stage with the examples of its facts, and the words of the answers it takes."""
    facts = _samples(templates, stage)
    words = _words(templates, answers.of(stage.id), reader)
    facts |= {name: words for name in facts if _source(templates, name) == WORDS}
    return Preview(stage, templates.render(stage.id, facts, reader, link=link))


def preview_merged(stage: Stage, templates: Templates, reader: Reader) -> Preview:
    """Render a stage in which others go, with two that ask one reader and one that tells."""
    inside = _going_together(templates, audience(stage))
    parts = [_part(each, templates, reader, audience(stage)) for each in inside]
    facts = _samples(templates, stage)
    if parts:
        facts |= {name: said for name, said in digest_facts(parts).items() if name in facts}
    return Preview(stage, templates.render(stage.id, facts, reader))


def audience(stage: Stage) -> str:
    """The role of the first that a stage goes to."""
    return stage.to[0].partition(".")[0]


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


def _going_together(templates: Templates, role: str) -> Sequence[Stage]:
    """The first letter that tells a role something in its digest, and the two that ask it next."""
    stages = list(templates.catalogue.stages())
    told = (n for n, each in enumerate(stages) if each.urgency == _IN_DIGEST and not each.asks)
    first = next((n for n in told if stages[n].to == (role,)), len(stages))
    asking = {
        each.letter: each
        for each in reversed(stages[first + 1 :])
        if each.asks and each.urgency == _AT_SLOT and each.to == (role,)
    }
    return [*reversed(list(asking.values())[-_TWO:]), *stages[first : first + 1]]


def _part(stage: Stage, templates: Templates, reader: Reader, role: str) -> Part:
    facts = samples(templates, stage, role)
    asked = [name for name in facts if _source(templates, name) == _DUE]
    days = [day for name in asked if isinstance(day := facts[name], date)]
    return Part(stage, templates.words(stage.id, facts, reader), next(iter(days), None))


def samples(templates: Templates, stage: Stage, role: str) -> dict[str, object]:
    """The examples of the facts that a stage says, as they are for a reader in a role."""
    facts = templates.catalogue.facts
    found = {name: facts[name].sample() for name in templates.used_facts(stage.id)}
    honest = {n: stage.minutes for n in found if facts[n].source == _MINUTES and stage.minutes}
    own = {n: _reference(stage, str(found[n])) for n in found if facts[n].source == _REFERENCE}
    absent = {
        n: None for n in found if facts[n].source.partition(" or ")[0] in {*_NOT_MEANT, WORDS}
    }
    overview = templates.catalogue.overview
    if overview is not None and stage.id in {overview.full, overview.quiet}:
        absent |= without_case(templates.catalogue, found)
    return found | honest | own | absent | _reader(templates, found, role)


def _reference(stage: Stage, example: str) -> str:
    """The example names another letter before the case."""
    case = _CASE.search(example)
    return f"{stage.letter}{case[0]}" if case else example


def _samples(templates: Templates, stage: Stage) -> dict[str, object]:
    return samples(templates, stage, audience(stage))


def _reader(templates: Templates, names: Iterable[str], role: str) -> dict[str, object]:
    """Whoever plays the role in the other examples reads the letter."""
    facts = templates.catalogue.facts
    named = {each.source: each for each in facts.values()}
    if (known := named.get(f"people.{role}.name")) is None:
        return {}
    name = str(known.sample())
    mail = named.get(f"people.{role}.email")
    address = mail.sample() if mail else f"{'.'.join(name.lower().split())}@example.org"
    own = {_READER_NAME: name, _READER_MAIL: address}
    return {n: own[facts[n].source] for n in names if facts[n].source in own}


def _words(
    templates: Templates, answers: Sequence[Answer], reader: Reader
) -> list[Mapping[str, str]] | None:
    """The words that a reply may answer with; while no day of a meeting is proposed yet."""
    possible = (each for each in answers if each.does not in _TO_A_DAY)
    words = shown(templates.shelf.spoken, possible, reader)
    return [{"word": each.word, "says": each.says} for each in words] or None


def _source(templates: Templates, name: str) -> str:
    return templates.catalogue.facts[name].source
