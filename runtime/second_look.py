"""A message that has waited is looked at once more: whether it is right still, and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from engine.dates.view import View
from engine.decide.ends import OWED, SUPERSEDED, WITHHELD, looked_at_again
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family, Letter
from notifications.addresses import checked_address
from notifications.slots import Hours
from runtime.families import Families
from runtime.letter_versions import offers_the_same, written_by
from runtime.overview_times import overview_hours
from runtime.reader_hours import hours_of
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.mail import overviews, withholding
from storage.mail.asked_letters import asked
from storage.mail.enclosed import Enclosed, enclosed
from storage.mail.overviews import Written
from storage.mail.withholding import Withheld

_WEEK = timedelta(days=7)
_ADDRESS = "the address of its reader is another by now"
_NEXT_TELLS = "the next overview tells what it told"
_PERSON = "somebody else plays the role by now"
_VERSION = "its case was brought to a version of its programme that offers other answers"


def second_look(acting: Families, message: int, recipient: str) -> "SecondLook":
    """A look at a message to this address, with what it carries."""
    letters = enclosed(acting.session, message)
    overview = overviews.written(acting.session, message)
    return SecondLook(acting, recipient, letters, overview)


def _stale(acting: Families, overview: Written, recipient: str) -> str:
    """Why an overview that waits is not sent: one of last week tells nobody anything."""
    if checked_address(overview.email) != recipient:
        return _ADDRESS
    return _NEXT_TELLS if acting.today >= overview.week + _WEEK else ""


def written_anew(acting: Families, message: int, recipient: str) -> bool:
    """Let a person have written anew what waits for one, where it is not right as it is."""
    found = second_look(acting, message, recipient).over()
    if found is None or not found.anew:
        return False
    withholding.withhold_stuck(acting.session, message, found, acting.now)
    return True


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A look at the letters of one message to this address; each family is read once."""

    acting: Families
    recipient: str
    letters: tuple[Enclosed, ...]
    overview: Written | None = None  # that it is
    families: dict[CaseId, Family] = field(default_factory=dict)

    def over(self) -> Withheld | None:
        """What is to become of it instead of being sent; None when it is right as it is.

        What was done meanwhile ends, as it would have before it was written. What is needed still
        is owed once more, to the person and the address of now: bytes are frozen for one address.
        """
        stale = ""
        if self.overview is not None:
            stale = _stale(self.acting, self.overview, self.recipient)
            if not stale:
                return None  # it tells how all stood on its day, its letters too
        letters = [(each, self.now(each)) for each in self.letters]
        over = tuple(found for _, found in letters if found.state in {SUPERSEDED, WITHHELD})
        needed = [(each, found) for each, found in letters if found not in over]
        astray = [why for each, found in needed if (why := self.astray(each, found))]
        if not over and not astray and not stale:
            return None
        anew = tuple((each.letter.number, self.reader(each.letter)) for each, _ in needed)
        reasons = (*filter(None, (stale,)), *astray, *(each.reason for each in over))
        return Withheld(reasons[0], over, anew, moved=bool(astray) or stale == _ADDRESS)

    def opens_at(self, moment: datetime) -> datetime:
        """The moment itself if its reader works then, else the next at which they do."""
        if self.overview is not None:
            hours = overview_hours(self.acting.session, self.acting.runtime, self.overview.person)
            return moment if hours is None else hours.open_at(moment)
        mine = (each for each in self.letters if each.letter.owed.person in {None, each.written_to})
        asked = (self.acting.looking(self._family(e.letter), partial(self._hours, e)) for e in mine)
        found = next((each for each in asked if each is not None), None)
        return moment if found is None else found.open_at(moment)

    def now(self, waiting: Enclosed) -> Letter:
        """The letter as it would be written now, or with an end."""
        family = self._family(waiting.letter)
        return self.acting.looking(family, partial(self._ask, waiting.letter))

    def astray(self, waiting: Enclosed, found: Letter) -> str:
        """Why a letter would not be written as it was; empty when it would."""
        if found.state != OWED or found.owed.person is None:
            return found.reason
        owed = waiting.letter.owed.person
        if found.owed.person != waiting.reader or self.reader(waiting.letter) != owed:
            return _PERSON
        person = directory.person(self.acting.session, found.owed.person)
        if checked_address(person.email) != self.recipient:
            return _ADDRESS
        return _VERSION if self._offers_others(waiting.letter) else ""

    def _offers_others(self, letter: Letter) -> bool:
        """Whether it shows answers, by a link or a word, that its case offers no more."""
        written = asked(self.acting.session, letter.number)
        if written is None:
            return False
        before = written_by(self.acting.session, written)
        now = self._family(letter).whole(letter.case_id).digest
        return not offers_the_same(self.acting.runtime, letter.owed.letter, before, now)

    def reader(self, letter: Letter) -> PersonId | None:
        """Who a letter is owed to by now: what asks for an act, to whoever followed its reader.

        News stays with whoever it was news for.
        """
        person, role = letter.owed.person, letter.owed.audience.partition(".")[0]
        if person is None or not letter.owed.ladder:
            return person
        played = roles.roles(self.acting.session, self._family(letter).root)
        return _follows([each for each in played if each.role == role], person)

    def _family(self, letter: Letter) -> Family:
        if letter.case_id not in self.families:
            self.families[letter.case_id] = self.acting.look(letter.case_id)
        return self.families[letter.case_id]

    def _ask(self, letter: Letter, family: Family) -> Letter:
        return looked_at_again(letter, self._view(letter, family))

    def _hours(self, waiting: Enclosed, family: Family) -> Hours | None:
        letters = self.acting.runtime.programme.letters
        view = self._view(waiting.letter, family)
        session, letter = self.acting.session, waiting.letter
        return hours_of(session, letters, view, letter, waiting.written_to)

    def _view(self, letter: Letter, family: Family) -> View:
        dossier = family.whole(letter.case_id)
        workflow = self.acting.runtime.workflow_of(dossier)
        return View(workflow, dossier, self.acting.now, letter.owed.facts)


def _follows(played: Sequence[Role], person: PersonId) -> PersonId:
    """Who followed somebody in a role; themselves where they play it, or nobody did."""
    mine = [at for at, each in enumerate(played) if each.person == person]
    if not mine or any(played[at].ends_on is None for at in mine):
        return person
    left, later = played[mine[-1]], played[mine[-1] + 1 :]
    for each in later:
        if each.starts_on == left.ends_on and each.main == left.main:
            return _follows(later, each.person)
    return person
