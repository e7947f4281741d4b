"""Ladders that begin anew: a meeting lost its day or was held, or a record is to be answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from engine.checks.case import SignedBy
from engine.checks.hierarchy import nested
from engine.checks.meetings import DayFixed, gone_since
from engine.dates.anchors import Clockwork, rule_day
from engine.dates.meetings import agreed_in, has_gone_by, held_since, same_day, stands_in
from engine.dates.polls import named_at, offers_anew
from engine.dates.view import View
from engine.letters.lead_up import leads_up_to
from engine.model.definition import Ladder, Rung, Workflow
from engine.model.dossier import RecordVersion, ReminderSent
from engine.model.meetings import Meeting
from engine.model.partners import every_version
from engine.time.date_rules import ENTRY
from engine.time.windows import Later, When
from engine.time.zones import instant, local_day

# How a letter ends that reached nobody: it asked nobody, and named no day.
NEVER_WENT = frozenset({"superseded", "withheld", "withdrawn", "refused", "needs_human"})
# Occurrences of a rung from one round to the next, and to where times are named within it: more
# than there are days to remind on.
_APART, _NAMED = 1000, 500


@dataclass(frozen=True, slots=True)
class Round:
    """How often a ladder has begun anew, and since when it runs this time."""

    number: int = 0
    began_at: datetime | None = None
    goes_on: bool = False  # what was asked for before it is asked for still
    is_named: bool = False  # since then every side has named its times, and the day is to be fixed

    @property
    def lost_at(self) -> datetime | None:
        """Since when what was asked for before is of no use."""
        return None if self.goes_on else self.began_at

    @property
    def first(self) -> int:
        """The number of a rung's first occurrence in this round: timers keep apart by it."""
        return self.number * _APART + (_NAMED if self.is_named else 0)

    def holds(self, occurrence: int) -> bool:
        return self.first <= occurrence < self.first + _NAMED


ONLY = Round()


def round_of(view: View, ladder: Ladder) -> Round:
    """Since the last loss, in this stay: of the day that it seeks, or of what it asks about; since
    other options were offered, or every side has named its times where the day is to be fixed; or
    since the meeting that it leads up to was held.
    """
    rounds = [_lost(view, meeting) for meeting in sought_by(ladder, view.workflow)]
    rounds += [_to_fix(view, meeting) for meeting in _fixed_by(ladder, view.workflow)]
    if name := answered(view, ladder):
        rounds.append(_filed_anew(view, ladder, name))
    if (meeting := leads_up_to(view.workflow, ladder)) is not None:
        rounds.append(Round(1, held_since(view.dossier, meeting), goes_on=True))
    last = max(rounds, default=ONLY, key=lambda each: (each.number, each.is_named))
    began = last.began_at
    return last if began is not None and began >= view.dossier.entered_at else ONLY


def asked_by(ladder: Ladder, view: View) -> tuple[ReminderSent, ...]:
    """The letters of a ladder in this stay, since it last began anew."""
    asked = _since_round(view, ladder)
    again = begun_anew_on(ladder, view)
    return asked if again is None else tuple(each for each in asked if each.on >= again)


def day_of_rung(where: Clockwork, rung: Rung) -> date | None:
    """The day of a rung; once an agreed day was lost, another is sought without waiting for the
    plan, in which only what is flagged as late stands.
    """
    rules = rung.at.of if isinstance(rung.at, Later) and rung.flag is None else ()
    anew = [each for each in rules if each.anchor == ENTRY]
    return rule_day(where, anew[0] if where.since is not None and anew else rung.at)


def begun_anew_on(ladder: Ladder, view: View) -> date | None:
    """The day on which it began anew: by a letter about the text of a record that is in force.

    One about a text that was taken back marks nothing, even where it was sent.
    """
    latest = [view.latest(name) for name in signed_for(ladder)]
    texts = {each.number for each in latest if each is not None}
    asked = (each for each in view.dossier.asked if each.ladder == ladder.name)
    return max((each.on for each in asked if each.text in texts), default=None)


def sought_since(view: View, ladder: Ladder | None) -> date | None:
    """The day on which a meeting lost its day, or it went by, or every side had named its times,
    where the ladder speaks of that.
    """
    if ladder is None:
        return None
    at, check = round_of(view, ladder).lost_at, ladder.unmet
    gone_by = check.gone_by(view) if isinstance(check, DayFixed) else None
    named = (named_at(view.dossier, each) for each in sought_by(ladder, view.workflow))
    zone = view.dossier.office.zone
    days = (local_day(moment, zone) for moment in (at, *named) if moment is not None)
    return max((day for day in (*days, gone_by) if day is not None), default=None)


def signed_for(ladder: Ladder) -> frozenset[str]:
    """The records whose signatures a ladder waits for."""
    checks = nested(ladder.unmet) if ladder.unmet is not None else ()
    return frozenset(each.record for each in checks if isinstance(each, SignedBy))


def said_with(view: View, ladder: Ladder) -> frozenset[str]:
    """The ladders that write the same letters on the same days: one letter speaks for them all."""
    words = [(rung.letter, rung.at) for rung in ladder.rungs]
    ladders = view.workflow.state(view.dossier.state).ladders
    same = (each for each in ladders if [(rung.letter, rung.at) for rung in each.rungs] == words)
    return frozenset((ladder.name, *(each.name for each in same if words[0][0])))


def _since_round(view: View, ladder: Ladder) -> tuple[ReminderSent, ...]:
    """The letters of a ladder in this stay, without those of an earlier round.

    A day that was named then is named no more: the times asked for were found, and are lost.
    """
    names = said_with(view, ladder)
    asked = tuple(each for each in view.dossier.asked if each.ladder in names)
    began = round_of(view, ladder).lost_at
    if began is None:
        return asked
    return tuple(each for each in asked if each.owed_at is None or each.owed_at >= began)


def answered(view: View, ladder: Ladder) -> str:
    """The record to which a ladder asks for an answer: all its rungs count from a day in it."""
    anchors = {rung.at.anchor if isinstance(rung.at, When) else "" for rung in ladder.rungs}
    anchor = view.workflow.anchors.get(anchors.pop()) if len(anchors) == 1 else None
    if anchor is None or [source.kind for source in anchor.sources] != ["actual"]:
        return ""
    return anchor.sources[0].of.partition(".")[0]


def _filed_anew(view: View, ladder: Ladder, name: str) -> Round:
    """Since it was filed after one that was a mistake; what was corrected was there all along.

    Where another version stood beside the mistake the ladder has run on, and its timers show it.
    """
    dossier = view.dossier
    first = next(iter(dossier.records.get(name, ())), None)
    if first is None:
        return ONLY
    every = every_version(dossier)[name]
    corrected = {each.corrects for each in every}
    mistakes = sum(
        bool(each.void)
        and each.number < first.number
        and each.number not in corrected
        and each.partnership == dossier.partnership
        for each in every
    )
    runs = [t.occurrence // _APART for t in dossier.timers if t.ladder == ladder.name]
    number = max(runs, default=mistakes)
    return Round(number, first.filed_at) if number else ONLY


def sought_by(ladder: Ladder, workflow: Workflow) -> Iterator[Meeting]:
    """The meetings whose day a ladder seeks."""
    for check in nested(ladder.unmet) if ladder.unmet is not None else ():
        for path in check.paths():
            root, _, rest = path.partition(".")
            meeting = workflow.meetings.get(rest.partition(".")[0])
            if root == "meeting" and meeting is not None:
                yield meeting


def _fixed_by(ladder: Ladder, workflow: Workflow) -> Iterator[Meeting]:
    """The meetings whose day whoever runs the case is to fix by a ladder."""
    for check in nested(ladder.unmet) if ladder.unmet is not None else ():
        if isinstance(check, DayFixed):
            yield workflow.meetings[check.meeting]


def _to_fix(view: View, meeting: Meeting) -> Round:
    """Since both have named their times: the turn of whoever fixes the day begins."""
    lost, named = _lost(view, meeting), named_at(view.dossier, meeting)
    if named is None or (lost.began_at is not None and named < lost.began_at):
        return lost
    return Round(lost.number, named, is_named=True)


def _lost(view: View, meeting: Meeting) -> Round:
    """The last time that its day was lost, or that other options or a day were offered."""
    found, zone = ONLY, view.dossier.office.zone
    before: RecordVersion | None = None
    for after in view.dossier.records.get(meeting.record, ()):
        is_lost = before is not None and _loses(meeting, before, after, zone)
        if is_lost or offers_anew(meeting, before, after) or _proposes(meeting, before, after):
            found = Round(found.number + 1, after.filed_at)
        before = after
    went_by = gone_since(meeting, view)
    if went_by is None:
        return found
    lost_at = instant(went_by, time.min, zone)
    return Round(found.number + 1, max(lost_at, view.dossier.entered_at))


def _proposes(meeting: Meeting, before: RecordVersion | None, after: RecordVersion) -> bool:
    """Whether it names a day, or another one, to which each side is to say yes, and so is asked."""
    stood = before is not None and stands_in(meeting, before) and same_day(meeting, before, after)
    return meeting.needs_yes and not stood and stands_in(meeting, after)


def _loses(meeting: Meeting, before: RecordVersion, after: RecordVersion, zone: str) -> bool:
    """Whether a version takes the day that stood: refused, taken out, gone by already, or agreed
    where each side is to say yes, as it said it to the very day.
    """
    if not stands_in(meeting, before) or same_day(meeting, before, after):
        return stands_in(meeting, before) and not stands_in(meeting, after)
    was_agreed = meeting.needs_yes and agreed_in(meeting, before) is not None
    gone_by = has_gone_by(meeting, before.content, local_day(after.filed_at, zone))
    return not stands_in(meeting, after) or was_agreed or gone_by
