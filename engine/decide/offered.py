"""What a letter offers to its reader now, and the acts that an answer to it is."""

from collections.abc import Mapping
from datetime import date

from engine.checks.records import FieldProblem, problems
from engine.dates.meetings import answers_of, is_proposed
from engine.dates.view import View
from engine.decide.acts import Action, Verb, roles_for
from engine.decide.ends import overtaken
from engine.letters.answers import (
    SELF,
    TODAY,
    Act,
    Answer,
    Answers,
    Day,
    FileRecord,
    PassOn,
    SayDay,
    SignRecord,
    TakeBack,
    TakeStep,
)
from engine.letters.ladders import is_running
from engine.letters.polled import options
from engine.letters.rounds import sought_by
from engine.letters.turns import callees
from engine.model.changes import Changes
from engine.model.dossier import Person
from engine.model.family import Letter
from engine.model.meetings import Meeting
from engine.model.outcomes import Amended, By, Event, Filed, LetterOwed, Signed, Triggered
from engine.model.sides import unsigned
from engine.time.written_moments import Here

ANSWER = "answer"  # a word of a receipt's facts: the number of the answer that it is about
_NOTE = "note"  # the word of a step that is no fact of its event


def offered(answers: Answers, letter: Letter, view: View) -> tuple[Answer, ...]:
    """The answers that a letter offers as the case stands; none once its step is over.

    Who may give them is asked when one is given: an act is its person's own.
    """
    found = answers.of(letter.owed.letter)
    if is_over(letter, view):  # what was recorded may be taken back whatever follows
        found = tuple(each for each in found if isinstance(each.does, TakeBack))
        return found if ANSWER in letter.owed.facts else ()
    return tuple(each for each in found if _is_possible(each.does, letter, view))


def asked_to_sign(answers: Answers, view: View) -> tuple[Person, ...]:
    """Who is waited for with a signature that a letter of its ladder takes on a page."""
    binding = (
        ladder
        for ladder in view.workflow.state(view.dossier.state).ladders
        if is_running(ladder, view)
        and any(each.is_binding for rung in ladder.rungs for each in answers.of(rung.letter or ""))
    )
    return tuple(dict.fromkeys(each for ladder in binding for each in callees(ladder, view)))


def goes_alone(owed: LetterOwed) -> bool:
    """Whether nothing else goes in its message: it is an entry of a calendar, or it takes an answer
    back, so that a word in a reply to it is about that one.
    """
    return bool(owed.meeting) or ANSWER in owed.facts


def is_over(letter: Letter, view: View) -> bool:
    """Whether what a letter asks is asked no more: done, taken over, taken back from whoever was
    named to be asked (0065), or another stay by now.
    """
    is_past = view.dossier.stay != letter.stay or view.dossier.closed_at is not None
    return is_past or letter.is_off or bool(overtaken(letter, view))


def role_of(letter: Letter) -> str:
    """The role in which its reader was written to."""
    return letter.owed.audience.partition(".")[0]


def read_values(
    answer: Answer, written: Mapping[str, str], here: Here
) -> Mapping[str, object] | tuple[FieldProblem, ...]:
    """What somebody wrote into an answer, by what it fills; or everything wrong with it."""
    fields = {each.value.name: each.value for each in answer.asks}
    found: dict[str, object] = {name: text for name, text in written.items() if text.strip()}
    wrong: list[FieldProblem] = []
    for name, text in written.items():
        try:
            if name in fields and name in found:
                found[name] = fields[name].read(text, here)
        except ValueError as error:
            wrong.append(FieldProblem(name, f"cannot be read: {error}", "Write it anew."))
            del fields[name], found[name]
    wrong += problems(tuple(fields.values()), found, here.today)
    if wrong:
        return tuple(wrong)
    return {each.fills: found[n] for each in answer.asks if (n := each.value.name) in found}


def events_of(
    answer: Answer, letter: Letter, view: View, reader: Person, said: Mapping[str, object]
) -> tuple[Event, ...]:
    """The acts of an answer, in order: of several the first is the answer, the rest follow.

    Nothing for an answer that is passed on, since whoever runs the case acts upon it, nor for one
    that takes back another.
    """
    by, act = By(reader.key, role_of(letter)), answer.does
    match act:
        case FileRecord(record, given, then):
            content = {**_given(given, reader, view.today), **said}
            more = (Triggered(then, by),) if then else ()
            return (Filed(record, content, by), *more)
        case TakeStep(trigger, given):
            words = {**_given(given, reader, view.today), **said}
            note = str(words.pop(_NOTE, ""))
            return (Triggered(trigger, by, note, words),)
        case SignRecord(record):
            return (Signed(record, by.role, reader.name, view.today, by),)
        case SayDay(says):
            return (_on_day(says, letter, view, by, said),)
        case PassOn() | TakeBack():
            return ()


def _on_day(says: Day, letter: Letter, view: View, by: By, said: Mapping[str, object]) -> Amended:
    meeting = _meeting(letter, view)
    if meeting is None:  # `offered` has looked: nobody is offered a day of no meeting
        raise LookupError(letter.owed.letter)
    values: dict[str, object] = {}
    if says in {Day.YES, Day.NO}:
        values[meeting.answers[by.role]] = says is Day.YES
    times = next(iter(said.values()), None)
    if times is not None:
        values[meeting.times[by.role]] = times
    return Amended(meeting.record, Changes(values), by)


def _is_possible(act: Act, letter: Letter, view: View) -> bool:
    workflow, role = view.workflow, role_of(letter)
    match act:
        case FileRecord(record):
            return role in roles_for(workflow, Action(Verb.FILE, record))
        case TakeStep(trigger):
            here = view.dossier.state
            steps = (each for each in workflow.transitions if each.trigger == trigger)
            return any(here in each.sources and role in each.by for each in steps)
        case SignRecord(record):
            latest = view.latest(record)
            is_theirs = role in roles_for(workflow, Action(Verb.SIGN, record, role))
            return is_theirs and latest is not None and bool(unsigned(view.dossier, latest, role))
        case SayDay(says):
            return _may_say(says, letter, view, role)
        case TakeBack():
            return ANSWER in letter.owed.facts
        case PassOn():
            return True


def _may_say(says: Day, letter: Letter, view: View, role: str) -> bool:
    meeting = _meeting(letter, view)
    if meeting is None or role not in meeting.answers:
        return False
    proposed = is_proposed(view.dossier, meeting, view.today)
    if says is Day.CHOOSE:
        return bool(options(view, letter.owed.ladder, view.now))
    if says is Day.TIMES:
        return not proposed
    return proposed and None in answers_of(view.dossier, meeting, role).values()


def _meeting(letter: Letter, view: View) -> Meeting | None:
    """The meeting whose day the ladder of a letter seeks."""
    ladders = view.workflow.state(view.dossier.state).ladders
    ladder = next((each for each in ladders if each.name == letter.owed.ladder), None)
    return None if ladder is None else next(sought_by(ladder, view.workflow), None)


def _given(given: Mapping[str, object], reader: Person, today: date) -> dict[str, object]:
    """Words that stand in the definition: the day and the person are those of the answer."""
    known = {TODAY: today.isoformat(), SELF: reader.key}
    return {name: known.get(str(value), value) for name, value in given.items()}
