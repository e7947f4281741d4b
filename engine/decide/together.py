"""Which letters go in one: what happened goes in the letter that asks for what comes next."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.dates.view import View
from engine.decide.ends import OWED, looked_at_again
from engine.letters.catalogue import Catalogue, Stage
from engine.letters.held_requests import goes_only_now
from engine.letters.ladders import find, is_running
from engine.letters.wishes import matter_of
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family, Letter

_RECORD, _VERSION = "record", "version"  # of what was filed, in the words of a letter about it


@dataclass(frozen=True, slots=True)
class Together:
    """The letters that a family owes at a moment, and which of them go in another.

    A letter that goes in another keeps its own end: where the other is needed no more, it goes
    alone.
    """

    family: Family
    letters: Catalogue
    now: datetime
    said: Callable[[str], Collection[str]]  # the facts that the text of a letter says

    def carrier(self, letter: Letter) -> Letter | None:
        """The letter owed that says it too, if there is one."""
        hosts, reader = self._hosts(letter), letter.owed.person
        named = (each for each in self._others(letter) if each.owed.letter in hosts)
        found = next((each for each in named if self._reads(reader, each)), None)
        found = found or self._said_by(letter)
        if found is None and not self.is_awaited(letter):
            before = (e for e in self.to_one_mailbox(letter) if e.number < letter.number)
            found = next(before, None)
        return found

    def taken_along(self, letter: Letter) -> tuple[Letter, ...]:
        """The letters that go in this one, in the order in which they were owed."""
        name = letter.owed.letter
        found = (each for each in self._others(letter) if name in self._hosts(each))
        return tuple(each for each in found if self._reads(letter.owed.person, each))

    def said_besides(self, letter: Letter) -> tuple[Letter, ...]:
        """News that this letter says as it is by now: what its letters say that it does; of a
        record, of a version that was filed before anybody was written to, or to somebody who is
        asked about it at this moment.
        """
        told = (each for each in self._others(letter) if each.owed.person == letter.owed.person)
        hosts = ((each, self._said_by(each)) for each in told)
        return tuple(each for each, host in hosts if host and host.number == letter.number)

    def to_one_mailbox(self, letter: Letter) -> tuple[Letter, ...]:
        """The same letter of the same decision to others who read the mailbox of its reader."""
        address, decided = self._address(letter), _decided(letter)
        same = (each for each in self._others(letter) if _decided(each) == decided)
        return tuple(
            each
            for each in same
            if each.owed.person not in (None, letter.owed.person)
            and self._address(each) == address
            and self._reads(each.owed.person, each)
            and not self._goes_in_another(each)
        )

    def is_followed(self, letter: Letter) -> bool:
        """Whether a later letter about the same is owed to its reader: that one says it by now."""
        ladders = matter_of(self.view(letter), letter.owed).ladders
        return any(
            each.owed.ladder in ladders
            and each.stay == letter.stay
            and each.owed_at > letter.owed_at
            and not each.waits_at(self.now)
            and not goes_only_now(self.view(each), each)
            and (each.owed.person, each.owed.audience) == (letter.owed.person, letter.owed.audience)
            for each in self._others(letter)
        )

    def view(self, letter: Letter) -> View:
        """The case of a letter, with what made it owed."""
        workflow = self.family.workflow(letter.case_id)
        return View(workflow, self.family.whole(letter.case_id), self.now, letter.owed.facts)

    def _said_by(self, letter: Letter) -> Letter | None:
        """The letter to the same reader that says all which this one tells: of a record, or by
        what its letters say of it.

        It goes in no other itself: two that say the same would wait for each other.
        """
        found = (each for each in self._others(letter) if self._covers(each, letter))
        return next(
            (c for c in found if not any(self._covers(each, c) for each in self._others(c))), None
        )

    def _covers(self, letter: Letter, news: Letter) -> bool:
        """Of two of which each says what the other tells, the one that was owed first."""
        is_first = letter.number < news.number
        return self._tells(letter, news) and (is_first or not self._tells(news, letter))

    def _tells(self, letter: Letter, news: Letter) -> bool:
        """Whether a letter says all that another one tells: always, or of a version it replaces."""
        if letter.owed.letter in self._sayers(news):
            return self._reads(news.owed.person, letter)
        record, facts = news.owed.facts.get(_RECORD), letter.owed.facts
        if record is None or news.owed.ladder or letter.stay != news.stay:
            return False
        told = self._says_of(news, record)
        if not told or not told <= self._says_of(letter, record):
            return False
        is_news = not letter.owed.ladder and facts.get(_RECORD) == record
        if is_news and facts.get(_VERSION) == news.owed.facts.get(_VERSION):
            return False
        return self._reads(news.owed.person, letter)

    def _says_of(self, letter: Letter, record: object) -> frozenset[str]:
        """The facts of a record that a letter says."""
        if self._stage(letter) is None:
            return frozenset()
        facts = (self.letters.facts[name] for name in self.said(letter.owed.letter))
        return frozenset(each.name for each in facts if f"record.{record}." in each.source)

    def _goes_in_another(self, letter: Letter) -> bool:
        hosts, reader = self._hosts(letter), letter.owed.person
        others = (each for each in self._others(letter) if each.owed.letter in hosts)
        return any(self._reads(reader, each) for each in others) or self.is_awaited(letter)

    def is_awaited(self, letter: Letter) -> bool:
        """Whether the letter that says it too is about to be owed."""
        hosts = self._hosts(letter)
        return bool(hosts) and self._is_due(letter.case_id, hosts)

    def _hosts(self, letter: Letter) -> tuple[str, ...]:
        found = self._stage(letter)
        return found.goes_with if found is not None else ()

    def _sayers(self, letter: Letter) -> tuple[str, ...]:
        found = self._stage(letter)
        return found.said_by if found is not None else ()

    def _stage(self, letter: Letter) -> Stage | None:
        # Of another version than its texts are, a letter may have a name that they do not know.
        name, _, stage = letter.owed.letter.partition(".")
        known = self.letters.letters.get(name)
        return known.stages.get(stage) if known is not None else None

    def _others(self, letter: Letter) -> Iterator[Letter]:
        """What else its case owes, in the order in which it was owed."""
        for each in sorted(self.family.owed(), key=lambda other: other.number):
            if each.case_id == letter.case_id and each.number != letter.number:
                yield each

    def _reads(self, person: PersonId | None, letter: Letter) -> bool:
        """Whether a letter is needed still, and somebody is its reader by now."""
        found = looked_at_again(letter, self.view(letter))
        return found.state == OWED and found.owed.person == person

    def _address(self, letter: Letter) -> str:
        reader = self.family.whole(letter.case_id).reader(letter.owed.person)
        return reader.email.casefold() if reader is not None else ""

    def _is_due(self, case_id: CaseId, hosts: tuple[str, ...]) -> bool:
        """Whether a rung that is due by now, and does not speak yet, sends one of these."""
        view = View(self.family.workflow(case_id), self.family.whole(case_id), self.now)
        due = (
            timer
            for each in self.family.due(self.now)
            for timer in each.timers
            if each.case_id == case_id
        )
        found = (find(view.workflow, view.dossier.state, timer) for timer in due)
        return any(
            rung.letter in hosts and is_running(ladder, view)
            for ladder, rung in (pair for pair in found if pair is not None)
        )


def _decided(letter: Letter) -> tuple[object, ...]:
    """What makes two letters the same to different people."""
    return letter.owed.letter, letter.stay, letter.owed_at, letter.owed.ladder
