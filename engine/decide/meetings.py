"""Who is told what of a meeting: each hears what is not as they heard it last, and only that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from engine.dates.anchors import day_of
from engine.dates.meetings import agreed_in, alike, refused_by, standing
from engine.dates.view import dig
from engine.decide.draft import Draft, addressees
from engine.letters.instead import invited
from engine.letters.ladders import audience
from engine.model.dossier import PersonId
from engine.model.letter_words import HELD_ON, MEETING, PARTNERSHIP
from engine.model.meetings import CANCELLED, GONE, INVITATION, MOVED, Agreement, Heard, Meeting
from engine.model.outcomes import LetterOwed
from engine.model.partners import every_version, hears
from engine.model.sides import teams
from engine.time.moments import moment_of


@dataclass(frozen=True, slots=True)
class _Call:
    """One letter: what becomes of the meeting for somebody, and what they held to before."""

    kind: str
    audience: str
    person: PersonId | None
    before: Agreement | None = None
    partnership: int = 1  # that the meeting is, or was, of


def tell_of_meetings(draft: Draft) -> None:
    """Owe whoever heard of a meeting what it has become since, and the others their invitation.

    What people heard is what their letters say. Once it was held it is over; who holds a later day
    hears that from the record that says so.
    """
    for meeting in draft.workflow.meetings.values():
        heard = tuple(each for each in draft.dossier.heard if each.meeting == meeting.name)
        held = draft.view().value(meeting.held)
        filed = dict(draft.filed).get(meeting.evidence[0])
        if held in (None, "", []):
            now = standing(draft.workflow, draft.dossier, meeting)
            if now is not None or heard:
                _Telling(draft, meeting, heard, now).tell()
        elif filed is not None and filed.corrects is None:  # a correction says nothing new of it
            _Telling(draft, meeting, heard, None, day_of(held)).tell()


@dataclass(frozen=True)
class _Telling:
    """One meeting: what it is now, and every letter about it."""

    draft: Draft
    meeting: Meeting
    heard: tuple[Heard, ...]
    now: Agreement | None
    held_on: date | None = None  # if it was held by now

    def tell(self) -> None:
        calls = [*self._to_readers(), *self._to_others()]
        sequence = max((each.sequence for each in self.heard), default=0)
        is_same = bool(self.live) and alike(self.live[-1].said, self.now)
        for call in calls:
            words = self._words(call, sequence if is_same else sequence + 1)
            letter = self._letter(call.kind)
            owed = LetterOwed(letter, call.audience, call.person, facts=words)
            self.draft.letters.append(owed)

    @cached_property
    def live(self) -> tuple[Heard, ...]:
        """Without those that nobody has read, nor ever will."""
        return tuple(each for each in self.heard if each.state not in GONE)

    @cached_property
    def invited(self) -> dict[object, tuple[str, PersonId | None]]:
        """Who is to come, each once; a role without anybody by its name."""
        found: dict[object, tuple[str, PersonId | None]] = {}
        draft, to = self.draft, self.meeting.invitation.to
        for each in audience(to, draft.workflow.state(draft.dossier.state).acts):
            role, _, whole = each.partition(".")
            if not hears(draft.workflow, draft.dossier, role):
                continue
            for team in teams(draft.dossier, role):
                people = addressees(team, whole=bool(whole))
                comes = (invited(draft.view(), self.meeting, self.now, each) for each in people)
                for person in (each.id for each in comes) if people else (None,):
                    found.setdefault(each if person is None else person, (each, person))
        return found

    def _to_readers(self) -> Iterator[_Call]:
        """Those who have heard of it, or will from a letter that is owed."""
        for reader, last in {each.reader: each for each in self.live}.items():
            is_former = last.stay in self.former
            if is_former and self._was_held():
                continue
            now = None if is_former else self.now
            if last.is_pending and alike(last.said, now) and self._follows(now) == last.follows:
                continue
            read = [e.said for e in self.live if e.reader == reader and not e.is_pending]
            before = read[-1] if read else self._known
            person = None if last.person is None else PersonId(last.person)
            if not self._is_lost(person):
                of = self.former.get(last.stay, self.draft.dossier.partnership)
                for call in self._call(last.audience, person, before, now):
                    yield replace(call, partnership=of)

    def _to_others(self) -> Iterator[_Call]:
        # Who heard of it in a former partnership is invited to the meeting of the next one.
        known = {each.reader for each in self.live if each.stay not in self.former}
        for reader, (role, person) in self.invited.items():
            if reader not in known:
                for call in self._call(role, person, self._known, self.now):
                    yield replace(call, partnership=self.draft.dossier.partnership)

    def _call(
        self, role: str, person: PersonId | None, before: Agreement | None, now: Agreement | None
    ) -> Iterator[_Call]:
        if alike(before, now) or (self.held_on is not None and not self._lies_after(before)):
            return
        if now is None and self._is_to_come(before):
            yield _Call(CANCELLED, role, person, before)
        elif before is None and self._is_to_come(now):
            if (role if person is None else person) in self.invited:
                yield _Call(INVITATION, role, person)
        elif now is not None and (self._is_to_come(before) or self._is_to_come(now)):
            yield _Call(MOVED, role, person, before)

    def _lies_after(self, before: Agreement | None) -> bool:
        """Whether the day to which somebody holds comes after the one on which it was held."""
        first = day_of(before.get(self.meeting.begins)) if before is not None else None
        return self.held_on is not None and first is not None and first > self.held_on

    def _is_lost(self, person: PersonId | None) -> bool:
        reader = self.draft.dossier.reader(person)
        return reader is not None and not reader.reachable

    def _is_to_come(self, said: Agreement | None) -> bool:
        if said is None:
            return False
        last = day_of(said.get(self.meeting.ends) or said.get(self.meeting.begins))
        return last is not None and last >= self.draft.view().today

    @cached_property
    def _known(self) -> Agreement | None:
        """What people hold to without a letter of ours: what was taken over with the case."""
        versions = self.draft.dossier.records.get(self.meeting.record, ())
        taken_over = [each for each in versions if each.imported]
        return agreed_in(self.meeting, taken_over[-1]) if taken_over else None

    def _letter(self, kind: str) -> str:
        letters = {MOVED: self.meeting.moved, CANCELLED: self.meeting.cancelled}
        return letters.get(kind, self.meeting.invitation.letter)

    def _words(self, call: _Call, sequence: int) -> Mapping[str, object]:
        draft = self.draft
        said = None if call.kind == CANCELLED else self.now
        return {
            MEETING: self.meeting.name,
            PARTNERSHIP: call.partnership,
            "call": call.kind,
            "sequence": sequence,
            "said": said,
            "title": self.meeting.title,
            **({"parted": parted} if (parted := draft.event.get("parted")) else {}),
            "reason": self._reason() or str(draft.event.get("reason") or self._decision()),
            "on_site": self.meeting.on_site,
            "changed": self._changed(call.before, said),
            "follows": self._follows(said),
            "refused_by": refused_by(draft.dossier, self.meeting),
            **({HELD_ON: self.held_on.isoformat()} if self.held_on is not None else {}),
            **self._side("old", call.before),
            **self._side("new", said),
        }

    def _decision(self) -> object:
        """Why the case or its partnership ends, or it rests, which takes its meetings along."""
        takes_along = self._rests() or (bool(self.live) and self._is_over())
        return self.draft.event.get("note") or "" if takes_along else ""

    def _changed(self, before: Agreement | None, now: Agreement | None) -> str:
        """What is another of a meeting that goes on: its day, else its hour, else its place."""
        if before is None or now is None:
            return ""
        for name in (self.meeting.begins, self.meeting.ends):
            if _local(before.get(name)) != _local(now.get(name)):
                same = day_of(before.get(name)) == day_of(now.get(name))
                return "hour" if same else "day"
        return "place"

    def _rests(self) -> bool:
        """Whether the case only rests: when it goes on, what is agreed holds again."""
        return self.draft.workflow.state(self.draft.dossier.state).pauses

    def _follows(self, now: Agreement | None) -> str:
        """What comes after it, once it is called off."""
        if self._rests():
            return "a pause"
        if self.held_on is not None:
            return "nothing"
        return "a search" if now is None and not self._is_over() else "nothing"

    def _is_over(self) -> bool:
        """Whether no other day is looked for: the case has ended, or its partnership has."""
        ended = self.draft.workflow.state(self.draft.dossier.state).final
        return ended or all(each.stay in self.former for each in self.live)

    @cached_property
    def former(self) -> Mapping[int, int]:
        """The stays of partnerships that have ended, each with its partnership."""
        return {stay.number: stay.partnership for stay in self.draft.dossier.former.stays}

    def _was_held(self) -> bool:
        """Whether it took place with the former partner: then nothing of it is called off."""
        record, shown = self.meeting.evidence
        versions = self.draft.dossier.former.records.get(record, ())
        return any(not each.void and dig(each.content, shown) for each in versions)

    def _side(self, which: str, said: Agreement | None) -> Mapping[str, object]:
        """The day, the hour and the place as letters take them."""
        if said is None:
            return {}
        begins, ends = said.get(self.meeting.begins), said.get(self.meeting.ends)
        day = day_of(begins)
        return {
            f"{which}_on": day.isoformat() if day is not None else "",
            f"{which}_at": begins if moment_of(begins) is not None else "",
            f"{which}_until": ends if ends != begins else "",
            f"{which}_place": ", ".join(str(said[n]) for n in self.meeting.places if n in said),
        }

    def _reason(self) -> str:
        """Why its last version was put right, or taken back; a step has no reason of its own."""
        if "note" in self.draft.event:
            return ""
        versions = every_version(self.draft.dossier).get(self.meeting.record, ())
        return versions[-1].void or versions[-1].reason if versions else ""


def _local(value: object) -> object:
    """A moment by itself, in whatever zone it was written."""
    return moment_of(value) or value
