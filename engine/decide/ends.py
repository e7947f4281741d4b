"""What becomes of a letter that is owed: whether it is needed still, and who it goes to by now."""

from collections.abc import Mapping
from dataclasses import replace

from engine.dates.anchors import day_of
from engine.dates.meetings import alike, standing
from engine.dates.view import View, interrupted_stay
from engine.decide.draft import addressees
from engine.letters.absences import absence_of, has_been_asked, is_there, stand_in
from engine.letters.held_requests import goes_only_now, is_still_first, leaving_time, waits_with
from engine.letters.instead import ladder_of
from engine.letters.ladders import is_running, live_from
from engine.letters.rounds import NEVER_WENT
from engine.letters.turns import owners, waited_for
from engine.letters.wishes import matter_of, put_off_until
from engine.model.definition import Ladder
from engine.model.evidence import Ended
from engine.model.family import Held, Letter
from engine.model.handed import RUNS
from engine.model.letter_words import BECAME, HELD_ON
from engine.model.meetings import GONE, INVITATION
from engine.model.partners import hears_since, was_asked
from engine.model.people import Absence, Person
from engine.model.sides import home_as
from engine.time.zones import local_day

ASKED_FOR = "its reader asked for it"
OWED, NEEDS_HUMAN, SUPERSEDED, WITHHELD = "owed", "needs_human", "superseded", "withheld"
WAITS = "waits"  # owed still: its reader is away, or a person holds it back


def looked_at_again(letter: Letter, view: View) -> Letter:
    """The letter as it is to be written now, its reader found; or with an end and the reason.

    A case that is quiet still tells nobody, one that rests asks for nothing, a reminder whose
    ladder has ended or whose stay is over is needed no more, and a letter that nobody could get
    goes to whoever plays the role by now.
    """
    quiet_until = live_from(view.dossier)
    if quiet_until is not None and letter.owed_at < quiet_until:
        return _ended(letter, WITHHELD, f"withheld: quiet until {quiet_until:%Y-%m-%d}")
    if rests(letter, view):
        return _ended(letter, NEEDS_HUMAN, f"case {view.dossier.reference} rests, and asks nobody")
    if by := overtaken(letter, view):
        return _ended(letter, SUPERSEDED, f"superseded: {by}")
    if letter.owed.person is not None:
        return _when_away(letter, view)
    people = addressees(view.dossier.people_as(letter.owed.audience.partition(".")[0]), whole=True)
    if not people:
        said = f"nobody reachable as {letter.owed.audience} in case {view.dossier.reference}"
        return _ended(letter, NEEDS_HUMAN, said)
    there = next((each for each in people if is_there(view.dossier, each, view.now)), people[0])
    return _when_away(replace(letter, owed=replace(letter.owed, person=there.id)), view)


def _when_away(letter: Letter, view: View) -> Letter:
    """While a person holds it back it waits, and for a reader who is away, unless whoever stands
    in was asked the same since.

    Of a meeting that they hold to, they hear that it is another or off, wherever they are.
    A receipt waits for no return: whoever answered reads it, and its undo runs out (P21). Letters
    to the office wait for nobody: nobody above would hear what it does not read.
    """
    if by := _overtaken_in_wait(letter, view):
        return _ended(letter, SUPERSEDED, f"superseded: {by}")
    if (held := held_back(letter, view)) is not None:
        return _ended(letter, WAITS, _why_held(held, view))
    reader = view.dossier.reader(letter.owed.person)
    absence = absence_of(view.dossier, reader, view.now) if reader is not None else None
    if reader is None or absence is None or BECAME in letter.owed.facts:
        return leaving_time(view, letter)
    if letter.owed.meeting:
        return _invited(letter, reader, absence)
    ladder = ladder_of(view, letter.owed.ladder)
    deputy = stand_in(view.dossier, reader, view.now)
    if ladder and deputy and has_been_asked(ladder, view, deputy):
        said = f"superseded: {reader.name} is away, and {deputy.name} is asked instead"
        return _ended(letter, SUPERSEDED, said)
    return _waits(letter, reader, absence) if view.dossier.parties_of(reader.role) else letter


def _invited(letter: Letter, reader: Person, absence: Absence) -> Letter:
    """To a meeting in the absence nobody is invited who is away; to a later one they are later."""
    if letter.owed.facts.get("call") != INVITATION:
        return letter
    day = day_of(letter.owed.facts.get("new_on"))
    if day is None or not absence.covers(day):
        return _waits(letter, reader, absence)
    return _ended(letter, SUPERSEDED, f"superseded: {reader.name} is away on that day")


def _waits(letter: Letter, reader: Person, absence: Absence) -> Letter:
    said = f"withheld: {reader.name} is away until {absence.last_on:%Y-%m-%d}"
    return _ended(letter, WAITS, said)


def held_back(letter: Letter, view: View) -> Held | None:
    """Until when a letter waits by the word of a person, its reader or one of the office, and why;
    None once the moment has come.
    """
    if letter.waits_at(view.now):
        return letter.held
    until = put_off_until(view, letter.owed)
    if until is not None and until > view.now:
        return Held(until, ASKED_FOR)
    return waits_with(view, letter)


def _overtaken_in_wait(letter: Letter, view: View) -> str:
    """By what a letter was overtaken whose reader asked for time, or has not had what it reminds
    of: by that, once it goes, or by one that went to others, since those were told that nothing
    more is written about it. Empty where by none.
    """
    if goes_only_now(view, letter):
        return "the letter before it goes only now"
    until = put_off_until(view, letter.owed)
    reader = view.dossier.reader(letter.owed.person)
    has_asked = until is not None and letter.owed_at < until
    if reader is None or not (has_asked or is_still_first(view, letter)):
        return ""
    ladders = matter_of(view, letter.owed).ladders
    asked = (each for each in view.dossier.asked if each.ladder in ladders)
    since = [each for each in asked if each.owed_at and each.owed_at > letter.owed_at]
    side = {each.id for each in view.dossier.people_as(reader.role)}
    told = (each for each in since if each.reader not in side and each.outcome not in NEVER_WENT)
    return "others were told of it meanwhile" if any(told) else ""


def _why_held(held: Held, view: View) -> str:
    if held.until is None:
        return f"withheld: held back: {held.why}"
    day = local_day(held.until, view.dossier.office.zone)
    return f"withheld: not before {day:%Y-%m-%d}: {held.why}"


def _ended(letter: Letter, state: str, reason: str) -> Letter:
    return replace(letter, state=state, reason=reason)


def overtaken(letter: Letter, view: View) -> str:
    """By what a letter was overtaken, if it was."""
    if not _is_needed(letter, view) or _is_settled(letter, view):
        return "done meanwhile"
    if not _is_so(letter, view):
        return "the meeting is another by now"
    if _is_handed_on(letter, view):
        return "the case is in other hands by now"
    return "the partnership it spoke of has ended" if _is_former(letter, view) else ""


def _is_handed_on(letter: Letter, view: View) -> bool:
    """Whether it tells who runs the case, and somebody else does by now."""
    told = letter.owed.facts.get(RUNS)
    now = next((each.id for each in view.dossier.people_as(view.workflow.runs)), None)
    return told is not None and told != now


def rests(letter: Letter, view: View) -> bool:
    """Whether it asks for what waits for the end of a pause: it is not done, nor over with it."""
    stay = interrupted_stay(view)
    if not letter.owed.ladder or stay is None or stay.number != letter.stay:
        return False
    ladders = (each for each in view.workflow.state(stay.state).ladders)
    return any(each.name == letter.owed.ladder and is_running(each, view) for each in ladders)


def _is_needed(letter: Letter, view: View) -> bool:
    """A reminder whose ladder has ended by now is not sent: the act was done meanwhile. One that
    speaks for several is needed as long as one of them runs.
    """
    if not letter.owed.ladder:
        return True
    if view.dossier.stay != letter.stay:
        return False
    state = view.workflow.state(view.dossier.state)
    names = matter_of(view, letter.owed).ladders
    ladders = [each for each in state.ladders if each.name in names]
    open_still = (e for e in ladders if is_running(e, view) and not _has_done_it(letter, e, view))
    return not ladders or any(open_still)


def _is_settled(letter: Letter, view: View) -> bool:
    """Whether its flag is down by now: it alarms nobody, and of the end another letter tells."""
    above, closed_at = view.parent(), view.dossier.closed_at
    is_of_flag = above is not None and above.workflow.flag_workflow == view.dossier.workflow
    return is_of_flag and closed_at is not None and letter.owed_at < closed_at


def _is_so(letter: Letter, view: View) -> bool:
    """Whether a letter about a meeting says what it is by now, and is the last to its reader."""
    meeting = view.workflow.meetings.get(letter.owed.meeting)
    if meeting is None:
        return True
    reader = letter.owed.person or letter.owed.audience
    about = (each for each in view.dossier.heard if each.meeting == meeting.name)
    live = (each for each in about if each.state not in GONE)
    if any(each.reader == reader and each.number > letter.number for each in live):
        return False
    former = {stay.number for stay in view.dossier.former.stays}
    is_over = letter.stay in former or HELD_ON in letter.owed.facts
    now = None if is_over else standing(view.workflow, view.dossier, meeting)
    said = letter.owed.facts.get("said")
    return alike(said if isinstance(said, Mapping) else None, now)


def _is_former(letter: Letter, view: View) -> bool:
    """Owed in a partnership that has ended since, but for what the end itself says."""
    dossier = view.dossier
    if any(_is_news_of(end, letter, view) for end in dossier.former.ended):
        return False  # news of an end outlives every later one
    if was_asked(view.workflow, dossier, letter.stay):
        return True
    above = view.parent()
    if above is not None:
        ended = above.dossier.former.ended
        is_of_former = dossier.partnership < above.dossier.partnership
        return is_of_former and letter.owed_at <= ended[-1].at and not letter.owed.meeting
    if letter.owed.person is not None:
        return False
    # Who was to read it has left: whoever is named by now is asked nothing of before.
    role = letter.owed.audience.partition(".")[0]
    return not hears_since(view.workflow, dossier, role, letter.stay)


def _is_news_of(end: Ended, letter: Letter, view: View) -> bool:
    """Whether a letter tells of this end, or calls off a meeting with it: at one moment, and more
    may have happened in it.
    """
    titles = {step.title for step in view.workflow.transitions if step.trigger == end.by}
    tells = bool(letter.owed.meeting) or letter.owed.facts.get("decision") in titles
    return end.at == letter.owed_at and tells


def _has_done_it(letter: Letter, ladder: Ladder, view: View) -> bool:
    """Whether the reader's centre, one of several on its side, is waited for no more."""
    role, waits_for = letter.owed.audience.partition(".")[0], waited_for(ladder, view)
    one_of_several = len(view.dossier.parties_of(role)) > 1 and role in owners(ladder, view)
    if letter.owed.person is None or not one_of_several or not waits_for:
        return False
    return home_as(view.dossier, role, letter.owed.person).key not in waits_for
