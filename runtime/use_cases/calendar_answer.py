"""What somebody's calendar answers to an invitation becomes their answer to the day."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import parseaddr
from enum import StrEnum

from engine.dates.meetings import agreed_in, alike, answers_of, has_gone_by, refused_by, standing
from engine.dates.view import View
from engine.decide.acts import Verb
from engine.decide.draft import addressees
from engine.letters.polled import fixing
from engine.model.changes import Changes
from engine.model.dossier import CaseId, Dossier, Person, PersonId
from engine.model.meetings import GONE, Agreement, Meeting, ProposedTime, last_told
from engine.model.outcomes import Amended, By, Refusal
from engine.model.sides import home_as, teams
from engine.time.moments import YEARS
from engine.time.zones import local_time
from notifications.calendar_answers import CalendarAnswer, Saying, read_reply
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.errors import NotFoundError
from storage.mail import inbound

_UID = re.compile(r"([a-z0-9_-]+)\.([^.]+)\.(\d{1,15})\.(\w+)\.(\d{1,6})")
_SHOWN = 100  # characters of an address
_NO_TIME = ", and no time that can be taken stands in it"
_SAID = {
    Saying.YES: "says yes",
    Saying.NO: "says no",
    Saying.MAYBE: "may come or not",
    Saying.ANOTHER_TIME: "proposes another time",
}


class Became(StrEnum):
    """What an answer led to."""

    FILED = "filed"
    NOTHING = "nothing"
    FOR_A_PERSON = "for a person"  # the facilitator, who decides what is meant


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """What became of an answer, whose it was, and about which case: in a sentence for people."""

    became: Became
    says: str
    case_id: CaseId | None = None
    person: str = ""  # the key of whoever answered, if they are known in the case
    proposed: ProposedTime | None = None  # another time, surely of that person
    settles: bool = False  # it is the yes of somebody of whose doubt a person was told
    about: tuple[int, ...] = field(default=(), compare=False)  # the letters that it answers
    meeting: str = ""  # its title


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an answer by the head of its mail, which anybody may write; and whom it proves.

    ``proven`` alone could know what stands in it; None where the office vouches, and hands it in.
    """

    address: str
    proven: frozenset[PersonId] | None = None


def take_answer(runtime: Runtime, ics: bytes, sender: str, by: By) -> TakenAnswer:
    """File what a calendar answers, as its reader's own act, where nothing about it is in doubt.

    It must come from the reader's own address, and answer the day that stands and that they were
    told last. ``sender`` is an address, with a name or without; ``by`` is who hands it in.
    NotEntitledError: not theirs to do.
    """
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.MAIL)
        families = Families(session, runtime, runtime.clock())
        address = parseaddr(sender)[1] or sender.strip()
        return file_answer(families, read_reply(ics, address), Sender(address))


def file_answer(families: Families, answer: CalendarAnswer | None, sender: Sender) -> TakenAnswer:
    """The same within a transaction that is open: of a machine, which needs no leave."""
    if answer is None:
        return TakenAnswer(Became.NOTHING, "no answer to an invitation stands in it")
    found, runtime = _UID.fullmatch(answer.uid), families.runtime
    if found is None or found[1] != runtime.programme.name or found[2] != runtime.token:
        return TakenAnswer(Became.NOTHING, "it answers no invitation of this programme")
    return _of_case(families, answer, sender, found)


def _of_case(
    families: Families, answer: CalendarAnswer, sender: Sender, uid: re.Match[str]
) -> TakenAnswer:
    case_id = CaseId(int(uid[3]))
    try:
        dossier = families.load(case_id).whole(case_id)
    except NotFoundError:
        return TakenAnswer(Became.NOTHING, "it answers no invitation of this programme")
    view = View(families.runtime.workflow_of(dossier), dossier, families.now)
    meeting = view.workflow.meetings.get(uid[4])
    if meeting is None or int(uid[5]) != dossier.partnership:
        return TakenAnswer(Became.NOTHING, "it answers to a meeting that is none any more", case_id)
    person = _somebody(dossier, answer.attendee)
    said = _about(person.name if person else answer.attendee[:_SHOWN], answer.says, meeting)
    letters = last_told(dossier.heard, meeting, person.id if person else None)
    if person is None or sender.address.casefold() != person.email.casefold():
        said += f", and it came from {sender.address[:_SHOWN]}"
        taken = TakenAnswer(Became.FOR_A_PERSON, said, case_id)
    elif sender.proven is not None and person.id not in sender.proven:
        said += ", and nothing in the mail proves that they sent it"
        taken = TakenAnswer(Became.FOR_A_PERSON, said, case_id)
    else:
        answered = _Answered(families, view, meeting, person)
        became, more = answered.by(answer)
        proposed = answered.proposed(answer) if became is Became.FOR_A_PERSON else None
        settles = answered.settles(answer, sender)
        taken = TakenAnswer(became, f"{said}{more}", case_id, person.key, proposed, settles)
    return replace(taken, about=letters, meeting=meeting.title)


def _about(who: str, says: Saying, meeting: Meeting) -> str:
    return f"{who} {_SAID[says]} to {meeting.title}"


def _somebody(dossier: Dossier, address: str) -> Person | None:
    """Who reads at an address; of several, whoever speaks for their side."""
    return next((e for e in dossier.everybody() if e.email.casefold() == address.casefold()), None)


@dataclass(frozen=True, slots=True)
class _Answered:
    """The answer of one person to one meeting, whose letters reach them."""

    families: Families
    view: View
    meeting: Meeting
    person: Person

    def by(self, answer: CalendarAnswer) -> tuple[Became, str]:
        """What follows, and what is to be added to what was said."""
        if answer.sequence is None:
            return Became.FOR_A_PERSON, ", to which day it does not say"
        if answer.sequence != self._told_last():
            return Became.NOTHING, ", which is another by now"
        if answer.says is Saying.ANOTHER_TIME:
            return Became.FOR_A_PERSON, "" if self.proposed(answer) is not None else _NO_TIME
        side = self._speaks_for()
        if answer.says is Saying.MAYBE or (side is None and answer.says is Saying.NO):
            return Became.FOR_A_PERSON, ""
        if side is None:
            return Became.NOTHING, ""
        return self._filed(side, accepts=answer.says is Saying.YES)

    def proposed(self, answer: CalendarAnswer) -> ProposedTime | None:
        """The time that is proposed instead, and the command that takes it, by the office's clocks.

        Nothing where none is named, one that has gone by, or a day where an hour is needed.
        """
        view, meeting = self.view, self.meeting
        latest = view.dossier.latest(meeting.record)
        if answer.begins is None or answer.ends is None or latest is None:
            return None
        hour = "T" in str(latest.content.get(meeting.begins))
        begins, ends = (self._as_filed(at, has_hour=hour) for at in (answer.begins, answer.ends))
        if begins is None or ends is None or begins[: len("2026-12-31")] < view.today.isoformat():
            return None
        until = ends if meeting.ends and ends != begins else ""
        side = self._speaks_for()
        command = fixing(view, meeting, begins, ends, accepts=(side,) if side else ())
        return ProposedTime(meeting.title, begins, until, command)

    def _as_filed(self, at: date, *, has_hour: bool) -> str | None:
        """A moment or a day as the record of the meeting takes it; nothing where it never does."""
        if at.year not in YEARS:
            return None
        if not isinstance(at, datetime):
            return None if has_hour else at.isoformat()
        local = local_time(at, self.view.dossier.office.zone)
        return local.isoformat(timespec="minutes") if has_hour else local.date().isoformat()

    def settles(self, answer: CalendarAnswer, sender: Sender) -> bool:
        """Whether it is a yes to the day that stands, of somebody whose doubt a person reads."""
        if answer.says is not Saying.YES or answer.sequence != self._told_last():
            return False
        last = inbound.last_told(self.families.session, sender.address, self.view.dossier.id)
        doubts = {Saying.NO, Saying.MAYBE, Saying.ANOTHER_TIME}
        return last.removesuffix(_NO_TIME) in {
            _about(self.person.name, each, self.meeting) for each in doubts
        }

    def _told_last(self) -> int | None:
        """The number under which this person was told the day that may be answered to; None where
        there is none.
        """
        day = self._day()
        if day is None or self.view.value(self.meeting.held) or not self._is_ahead():
            return None
        heard = [
            each
            for each in self.view.dossier.heard
            if (each.meeting, each.person) == (self.meeting.name, self.person.id)
            and each.state not in GONE
            and each.said is not None
        ]
        return heard[-1].sequence if heard and alike(heard[-1].said, day) else None

    def _day(self) -> Agreement | None:
        """The day that stands; or the one that their own no alone took back, and nobody another."""
        view, meeting, side = self.view, self.meeting, self._speaks_for()
        latest = view.dossier.latest(meeting.record)
        now = standing(view.workflow, view.dossier, meeting)
        if now is not None or latest is None or side is None:
            return now
        state = view.workflow.state(view.dossier.state)
        own = [home_as(view.dossier, side, self.person.id).name]
        if state.final or state.pauses or refused_by(view.dossier, meeting) != own:
            return None
        answers = dict.fromkeys(meeting.answers.values(), True)
        return agreed_in(meeting, replace(latest, content={**latest.content, **answers}))

    def _is_ahead(self) -> bool:
        latest = self.view.dossier.latest(self.meeting.record)
        return latest is not None and not has_gone_by(self.meeting, latest.content, self.view.today)

    def _speaks_for(self) -> str | None:
        """The side whose answer it is: of the team of a centre only its main person speaks."""
        dossier, person = self.view.dossier, self.person
        for side in self.meeting.answers:
            speak = (addressees(team, whole=False) for team in teams(dossier, side))
            if any(each.id == person.id for several in speak for each in several):
                return side
        return None

    def _filed(self, side: str, *, accepts: bool) -> tuple[Became, str]:
        dossier, meeting, person = self.view.dossier, self.meeting, self.person
        centre = home_as(dossier, side, person.id).key if len(dossier.parties_of(side)) > 1 else ""
        if answers_of(dossier, meeting, side).get(centre or side) is accepts:
            return Became.NOTHING, ", as is on file"
        changes = Changes({meeting.answers[side]: accepts})
        event = Amended(meeting.record, changes, By(person.key, side), centre)
        outcome = self.families.happen(dossier.id, event)
        if isinstance(outcome, Refusal):
            return Became.FOR_A_PERSON, f", which is refused: {outcome.unmet[0].detail}"
        return Became.FILED, ""
