"""The facts of a letter: each path of the catalogue resolved to a plain value of its type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from engine.dates.planned import planned_within
from engine.dates.view import View, dig
from engine.decide.draft import addressees
from engine.decide.explain import still_open
from engine.decide.offered import offered, role_of
from engine.letters.catalogue import Catalogue, Fact, LetterError, Stage
from engine.letters.open_item import ask_of, late_on
from engine.letters.polled import meeting_sought, poll_words
from engine.letters.spoken import SOURCE
from engine.letters.still_asked import still_asked
from engine.letters.timeline import ahead, done
from engine.letters.wishes import others_of_team
from engine.model.adapting import adaptation_of
from engine.model.dossier import Dossier, Person, PersonId
from engine.model.family import Letter
from engine.model.sides import home_as
from engine.time.zones import local_day
from notifications.answer_words import Bounds, Shown, shown
from notifications.inbound.colleagues import called
from notifications.languages import known
from notifications.wording import Reader, asked_for_time, held_by_office, letters_sent
from runtime.settings.inbox import InboxKind
from runtime.told_above import told_above, was_told_above
from runtime.wiring import Runtime

_NOTHING: tuple[object, ...] = (None, "", [], ())


class Addressee(Protocol):
    """Whoever a letter is written to."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Occasion:
    """A letter about to be written: its stage, its reader, and what made it owed."""

    stage: Stage
    person: Addressee
    ladder: str
    view: View
    reference: str
    reader: Reader
    offers: tuple[Shown, ...] = ()  # the words that a reply may answer with
    told_above: date | None = None  # when somebody above is told, if nothing is done


def facts_of(runtime: Runtime, view: View, letter: Letter, person: Addressee) -> dict[str, object]:
    """The facts that the text of a letter uses. LetterError names one that is not known."""
    texts = runtime.texts(view.dossier.digest)
    stage = texts.catalogue.stage(letter.owed.letter)
    names = texts.used_facts(stage.id)
    reference = f"{stage.letter} \N{MIDDLE DOT} {_root(view).reference}"
    reader = texts.understood(reader_of(view, letter.owed.audience, person), stage.id)
    offers = _offers(runtime, view, letter, reader)
    above = told_above(runtime, view, letter.owed.ladder)
    occasion = Occasion(stage, person, letter.owed.ladder, view, reference, reader, offers, above)
    return gather(texts.catalogue, names, occasion)


def _offers(runtime: Runtime, view: View, letter: Letter, reader: Reader) -> tuple[Shown, ...]:
    """The words that a reply may answer with: where replies are read, and to whom is asked."""
    is_read = runtime.settings.inbox.kind is not InboxKind.NONE
    if not is_read or role_of(letter) not in view.workflow.sides:
        return ()
    spoken = runtime.texts(view.dossier.digest).shelf.spoken
    answers = runtime.answers_of(view.dossier.digest)
    team = called(others_of_team(view, letter.owed.person, role_of(letter)))
    meeting = meeting_sought(view, letter.owed.ladder)
    window = (None, None) if meeting is None else planned_within(view, meeting)
    sides, dossier = view.workflow.sides, view.dossier
    workdays = tuple(each.workdays for side in sides for each in dossier.parties_of(side))
    bounds = Bounds(team, late_on(view, letter.owed.ladder), *window, workdays=workdays)
    return shown(spoken, offered(answers, letter, view), reader, bounds)


def reader_of(view: View, audience: str, person: Addressee) -> Reader:
    """The zone, the day and the languages of whoever reads a letter to an audience."""
    home = home_as(view.dossier, audience.partition(".")[0], PersonId(person.id))
    return reader_at(home.zone, view.now, person.language, home.language)


def reader_at(zone: str, now: datetime, *languages: str) -> Reader:
    """Somebody with these clocks, who reads these languages, the first of them best."""
    own = (*known(*languages), SOURCE)
    return Reader(zone, local_day(now, zone), own[0], own[1:])


def _root(view: View) -> Dossier:
    return view.dossier.parent.dossier if view.dossier.parent is not None else view.dossier


def gather(catalogue: Catalogue, names: frozenset[str], occasion: Occasion) -> dict[str, object]:
    """Every fact named, as letters take it. LetterError names a fact that is not known."""
    facts = [catalogue.facts[name] for name in names]
    roots = {path.partition(".")[0] for fact in facts for path in fact.source.split(" or ")}
    words = {root: write(occasion) for root, write in WORDS.items() if root in roots}
    return {name: _fact(catalogue.facts[name], words, occasion) for name in sorted(names)}


def _fact(fact: Fact, words: Mapping[str, object], occasion: Occasion) -> object:
    found = (_at(path, words, occasion) for path in fact.source.split(" or "))
    raw = next((value for value in found if value not in _NOTHING), None)
    if raw is None:
        if fact.optional:
            return None
        raise LetterError(f"fact {fact.name} is not known: nothing at {fact.source}")
    try:
        return fact.whole(fact.read(_plain(raw)))
    except (ValueError, TypeError) as error:
        raise LetterError(f"fact {fact.name}: {raw!r} does not fit: {error}") from None


def _at(path: str, words: Mapping[str, object], occasion: Occasion) -> object:
    root, _, rest = path.partition(".")
    return dig(words[root], rest) if root in words else occasion.view.value(path)


def _plain(raw: object) -> object:
    if isinstance(raw, Mapping):
        return {str(name): _plain(value) for name, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [_plain(value) for value in raw if value is not None]
    return raw.isoformat() if isinstance(raw, datetime) else raw


def _person(occasion: Occasion) -> Mapping[str, object]:
    person = occasion.person
    return {"name": person.name, "email": person.email, "language": person.language}


def _people(occasion: Occasion) -> Mapping[str, object]:
    view = occasion.view
    return {
        role: _someone(view.dossier.people_as(role)) or _office(view, role)
        for role in view.workflow.roles
    }


def _office(view: View, role: str) -> Mapping[str, object] | None:
    """The office itself, where a role of it is vacant: that silences nobody else."""
    if role in view.workflow.sides:
        return None
    name = view.dossier.party_of(role).name
    return {"name": name, "all": [name]}


def _ask(occasion: Occasion) -> Mapping[str, object]:
    ask = ask_of(occasion.view, occasion.ladder)
    reader = occasion.reader
    waits = (*asked_for_time(ask.waits, reader), *held_by_office(ask.held, reader))
    tried = (*letters_sent(ask.tried, occasion.reader), *waits)
    view = occasion.view
    asked = [each.what for each in still_open(view)]
    flags = (each for each in view.dossier.children if each.closed_at is None)
    raised = [str(each.facts["title"]) for each in flags if "title" in each.facts]
    above = occasion.told_above
    words = {
        **ask.words(),
        **poll_words(view, occasion.ladder),
        "tried": tried,
        "waits": waits or None,
        "lead_on": above.isoformat() if above is not None else None,
        "lead_told": was_told_above(view, occasion.ladder),
    }
    return {**words, "open": still_asked(view), "all": [*asked, *raised]}


def _letter(occasion: Occasion) -> Mapping[str, object]:
    return {
        "minutes": occasion.stage.minutes,
        "reference": occasion.reference,
        "also": _also(occasion),
        "copied_from": _copied_from(occasion),
        "words": _words(occasion),
        "done": done(occasion.view),
        "ahead": ahead(occasion.view),
    }


def _words(occasion: Occasion) -> list[Mapping[str, str]]:
    """The words that a reply may answer with, unless its reader gets what others are asked."""
    own = () if _copied_from(occasion) else occasion.offers
    return [{"word": each.word, "says": each.says} for each in own]


def _copied_from(occasion: Occasion) -> list[str]:
    """Whom the letter is written to, where its reader is none of them and gets it as well."""
    view, stage = occasion.view, occasion.stage
    people = view.dossier.people_as
    roles = dict.fromkeys(audience.partition(".")[0] for audience in stage.to)
    own = {person.id for role in roles for person in people(role)}
    more = adaptation_of(view.workflow, view.dossier).readers(stage.id)
    added = {person.id for to in more for person in people(to.partition(".")[0])}
    if occasion.person.id not in added - own:
        return []
    return [person.name for role in roles for person in people(role)[:1]]


def _also(occasion: Occasion) -> list[str]:
    """Who else gets a letter that goes to more people in this case than in the programme."""
    view, stage = occasion.view, occasion.stage
    more = adaptation_of(view.workflow, view.dossier).readers(stage.id)
    if not more:
        return []
    teams = (
        addressees(view.dossier.people_as(audience.partition(".")[0]), whole="." in audience)
        for audience in dict.fromkeys((*more, *stage.to))
    )
    told = (person for team in teams for person in team if person.id != occasion.person.id)
    return list(dict.fromkeys(person.name for person in told))


# Written only where a letter has a fact of them.
WORDS: Mapping[str, Callable[[Occasion], Mapping[str, object]]] = {
    "person": _person,
    "people": _people,
    "ask": _ask,
    "letter": _letter,
    "receipt": lambda occasion: occasion.view.event,
}


def _someone(people: tuple[Person, ...]) -> Mapping[str, object] | None:
    if not people:
        return None
    first = people[0]
    return {
        "name": first.name,
        "email": first.email,
        "phone": first.phone or None,
        "languages": list(first.languages) or None,
        "hours": first.hours or None,
        "all": [f"{p.name}, {p.function}" if p.function else p.name for p in people],
    }
