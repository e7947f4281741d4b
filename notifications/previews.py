"""Every letter with believable facts: for people who read them, and for tests and dry runs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.letters.answers import NO_ANSWERS, Answer, Answers, Day, SayDay
from engine.letters.catalogue import Catalogue, Stage
from engine.letters.spoken import SOURCE
from notifications.answer_links import AnswerLink
from notifications.answer_words import WORDS, Bounds, shown
from notifications.composition import Part, digest_facts
from notifications.facts import without_case
from notifications.render import Rendered, Templates
from notifications.wording import Reader

# A preview is nobody's copy, goes to nobody beside its readers, who stand in for nobody.
_NOT_MEANT = frozenset({"letter.copied_from", "letter.also", "event.instead_of"})
_TO_A_DAY = (SayDay(Day.YES), SayDay(Day.NO))
_MINUTES = "letter.minutes"  # the stage knows it, so no example stands for it
_DUE = "ask.due_on"
_WINDOW = "date."  # paths of windows begin so
_READER_NAME, _READER_MAIL = "person.name", "person.email"
_REFERENCE = "letter.reference"
_CASE = re.compile(r" \N{MIDDLE DOT} .*")
_IN_DIGEST, _AT_SLOT, _TWO = "digest_only", "next_slot", 2
SAMPLE_READER = Reader(zone="Europe/Vienna", sent_on=date(2026, 12, 4))


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
    facts = _samples(templates, stage, reader)
    words = _words(templates, answers.of(stage.id), reader, _bounds(templates, facts))
    facts |= {name: words for name in facts if _source(templates, name) == WORDS}
    return Preview(stage, templates.render(stage.id, facts, reader, link=link))


def preview_merged(stage: Stage, templates: Templates, reader: Reader) -> Preview:
    """Render a stage in which others go, with two that ask one reader and one that tells."""
    inside = _going_together(templates, audience(stage))
    parts = [_part(each, templates, reader, audience(stage)) for each in inside]
    facts = _samples(templates, stage, reader)
    if parts:
        facts |= {name: said for name, said in digest_facts(parts).items() if name in facts}
    return Preview(stage, templates.render(stage.id, facts, reader))


def holding(catalogue: Catalogue) -> set[str]:
    """The stages in which others go."""
    holds = {each.merged for each in catalogue.attention.values()}
    return holds if catalogue.overview is None else {*holds, catalogue.overview.full}


def audience(stage: Stage) -> str:
    """The role of the first that a stage goes to."""
    return stage.to[0].partition(".")[0]


def bare_preview(stage: Stage, templates: Templates, reader: Reader = SAMPLE_READER) -> Preview:
    """Render one stage with as little as can be known: without its optional facts."""
    needed = templates.needed(stage.id)
    facts = {n: value for n, value in _samples(templates, stage, reader).items() if n in needed}
    return Preview(stage, templates.render(stage.id, facts, reader))


def preview_together(
    stage: Stage, along: Stage, templates: Templates, reader: Reader = SAMPLE_READER
) -> Preview:
    """Render one stage with the examples of its facts, and in it another that goes with it."""
    told = [(along.id, _samples(templates, along, reader))]
    facts = _samples(templates, stage, reader)
    return Preview(stage, templates.render(stage.id, facts, reader, told))


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
    facts = samples(templates, stage, role, reader.language)
    asked = [name for name in facts if _source(templates, name) == _DUE]
    days = [day for name in asked if isinstance(day := facts[name], date)]
    return Part(stage, templates.words(stage.id, facts, reader), next(iter(days), None))


def samples(
    templates: Templates, stage: Stage, role: str, language: str = SOURCE
) -> dict[str, object]:
    """The examples of the facts that a stage says, as they are for a reader in a role."""
    catalogue = templates.catalogue
    facts, shown = catalogue.facts, catalogue.examples_of(stage, language)
    used = templates.used_facts(stage.id)
    found = {n: shown[n] if n in shown else facts[n].sample() for n in used}
    honest = {n: stage.minutes for n in used if facts[n].source == _MINUTES and stage.minutes}
    ours = used - shown.keys()
    own = {n: _reference(stage, str(found[n])) for n in ours if facts[n].source == _REFERENCE}
    absent = {n: None for n in used if facts[n].source.partition(" or ")[0] in {*_NOT_MEANT, WORDS}}
    overview = catalogue.overview
    if overview is not None and stage.id in {overview.full, overview.quiet}:
        absent |= without_case(catalogue, used)
    reader = _reader(templates, shown, role)
    named = {facts[name].source for name in shown}
    readers = {n: reader[facts[n].source] for n in used if facts[n].source in reader.keys() - named}
    return found | honest | own | absent | readers


def _reference(stage: Stage, example: str) -> str:
    """The example names another letter before the case."""
    case = _CASE.search(example)
    return f"{stage.letter}{case[0]}" if case else example


def _samples(templates: Templates, stage: Stage, reader: Reader) -> dict[str, object]:
    return samples(templates, stage, audience(stage), reader.language)


def _reader(templates: Templates, shown: Mapping[str, object], role: str) -> dict[str, str]:
    """Whoever plays the role in the other examples reads the letter: by where names come from."""
    named = {each.source: each for each in templates.catalogue.facts.values()}
    if (known := named.get(f"people.{role}.name")) is None:
        return {}
    name = str(shown.get(known.name) or known.sample())
    mail = named.get(f"people.{role}.email")
    address = str(mail.sample()) if mail else f"{'.'.join(name.lower().split())}@example.org"
    return {_READER_NAME: name, _READER_MAIL: address}


def _bounds(templates: Templates, facts: Mapping[str, object]) -> Bounds:
    """The window of the meeting that a letter seeks a day for, where it names one."""
    days = {_source(templates, n): day for n, day in facts.items() if isinstance(day, date)}
    named = {
        source.rpartition(".")[2]: day for source, day in days.items() if source.startswith(_WINDOW)
    }
    return Bounds(opens=named.get("opens"), ends=named.get("ends"))


def _words(
    templates: Templates, answers: Sequence[Answer], reader: Reader, bounds: Bounds
) -> list[Mapping[str, str]] | None:
    """The words that a reply may answer with; while no day of a meeting is proposed yet."""
    possible = (each for each in answers if each.does not in _TO_A_DAY)
    words = shown(templates.shelf.spoken, possible, reader, bounds)
    return [{"word": each.word, "says": each.says} for each in words] or None


def _source(templates: Templates, name: str) -> str:
    return templates.catalogue.facts[name].source
