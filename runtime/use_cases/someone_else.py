"""Whoever is asked names somebody of their team, who is asked about the matter in their place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from engine.decide.ends import ASKED_FOR
from engine.decide.letters_wrong import notices_for
from engine.decide.offered import role_of
from engine.decide.telling import ANSWERER, TAKEN_BACK, WITHDRAWN, letters_of
from engine.letters.answers import PassOn, Wish
from engine.letters.wishes import matter_of, others_of_team, passed_on
from engine.model.dossier import Person, PersonId
from engine.model.family import Held
from engine.model.outcomes import LetterOwed, Refusal
from engine.model.people import NAMED_BY, NAMER
from engine.model.plan import Plan
from engine.time.zones import local_day
from notifications.inbound import colleagues
from runtime.asking import AS_EVER, Asking
from runtime.families import Families
from runtime.use_cases.put_off import arranged
from storage.mail import intents, outbox, queries
from storage.mail.enclosed import enclosed
from storage.mail.queries import LetterLine


def named_in(asking: Asking, words: str) -> Person | None:
    """The one of the reader's team whose name or address these words are; an address of nobody on
    file is written to by nobody.
    """
    team = others_of_team(asking.view, asking.reader.id, role_of(asking.asked.letter))
    found = colleagues.named_in(words, team)
    return found[0] if len(found) == 1 else None


def is_named_again(asking: Asking, answer: str, before: str, now: str) -> bool:
    """Whether an answer names, in other words, whom it named before: they have been asked."""
    acts = (each.does for each in asking.answers if each.name == answer)
    if PassOn(Wish.SOMEONE_ELSE) not in acts:
        return False
    named = named_in(asking, now)
    return named is not None and named == named_in(asking, before)


def ask_in_place(families: Families, asking: Asking, named: Person) -> Plan | Refusal:
    """Write the letter to somebody else now, and what follows it in its ladder."""
    letter, reader = asking.asked.letter, asking.reader
    facts = {**letter.owed.facts, NAMED_BY: reader.name, NAMER: reader.id}
    again = replace(letter.owed, person=named.id, facts=facts)
    how = f"{named.name} is asked in place of {reader.name}"
    event = arranged(letter, how, reader, again)
    return families.happen(letter.case_id, event)


def ask_as_ever(
    families: Families, asking: Asking, title: str, answered_at: datetime
) -> frozenset[PersonId]:
    """Nobody whom somebody named is asked in their place any more; the numbers of those who had
    the letter, and hear of it. Where it asks nothing by now, nothing is left to take back.
    """
    if not asking.answers:
        return frozenset()
    letter, reader = asking.asked.letter, asking.reader
    why = f"{reader.name} took the answer of {_day(families, answered_at)} back"
    named = passed_on(asking.view, matter_of(asking.view, letter.owed), reader)
    lines = [queries.letter(families.session, each.number) for each in named]
    had = [each for each in lines if each.state != intents.OWED]
    facts = {"title": title, "reason": why, "taken_by": ANSWERER, "changes": []}
    owed = tuple(_news(families, asking, had, facts))
    for news in owed or (None,):
        event = arranged(letter, AS_EVER, reader, news)
        families.happen(letter.case_id, event, along=True)
    unsent = (each.id for each in lines if each.state == intents.OWED)
    outbox.end(families.session, unsent, WITHDRAWN, f"{WITHDRAWN}: {why}")
    for each in had:
        intents.put_off(families.session, each.id, Held(None, ASKED_FOR))
    return frozenset(each.person_id for each in had if each.person_id is not None)


def _news(
    families: Families, asking: Asking, had: list[LetterLine], facts: Mapping[str, object]
) -> Iterator[LetterOwed]:
    """One letter to each who had one that counts no more, as of anything that is taken back."""
    letter = asking.asked.letter
    family = families.look(letter.case_id)
    notices = letters_of(notices_for(family, letter.case_id).get(TAKEN_BACK, ()))
    for person in dict.fromkeys(each.person_id for each in had) if notices else ():
        sent = [_sent(families, each) for each in had if each.person_id == person]
        said = {**facts, "said": [each["subject"] for each in sent], "sent": sent}
        yield LetterOwed(min(notices), role_of(letter), person, facts=said)


def _sent(families: Families, line: LetterLine) -> dict[str, object]:
    """A letter as such news names it: ``part`` where others stand in the same message."""
    beside = enclosed(families.session, line.message) if line.message is not None else ()
    on = _day(families, line.settled_at).isoformat() if line.settled_at is not None else ""
    return {"subject": line.subject, "sent": on, "part": len(beside) > 1}


def _day(families: Families, at: datetime) -> date:
    return local_day(at, families.runtime.settings.programme.zone)
