"""The calendar item of a letter that speaks of a meeting: what stands in the reader's calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.dates.view import View
from engine.model.dossier import CaseId
from engine.model.family import Letter
from engine.model.letter_words import PARTNERSHIP
from engine.model.meetings import CANCELLED, Meeting
from notifications.addresses import Correspondent
from notifications.calendar import Item, Method, written
from notifications.calendar_words import titled
from notifications.languages import language_of
from notifications.parts import Invitation
from notifications.wording import Reader
from runtime.letter_facts import Addressee
from runtime.wiring import Runtime

_FRAME = "\n----\n"  # what follows stands in every letter, and in no calendar


@dataclass(frozen=True, slots=True)
class Told:
    """To whom, by which clocks, in which language and words the letter tells it.

    ``answered_at`` is where their calendar sends a yes or no, and ``is_read`` whether it is read.
    """

    whom: Addressee
    reader: Reader
    text: str
    answered_at: Correspondent
    is_read: bool


def invitation_of(
    runtime: Runtime, letters: Iterable[tuple[Letter, View]], told: Told
) -> Invitation | None:
    """What goes into the calendar of who reads these letters in one, each with its own view."""
    items = (item_of(runtime, letter, view, told) for letter, view in letters)
    item = next((each for each in items if each is not None), None)
    return None if item is None else Invitation(item.method, written(item))


def item_of(runtime: Runtime, letter: Letter, view: View, told: Told) -> Item | None:
    """The meeting that a letter invites to, moves or calls off; nothing of any other letter.

    ``view`` is the case of the letter at the moment of composition, with what made it owed.
    """
    meeting = view.workflow.meetings.get(letter.owed.meeting)
    if meeting is None:
        return None
    facts = letter.owed.facts
    is_off = facts["call"] == CANCELLED
    begins, ends = _bounds(facts, "old" if is_off else "new", meeting)
    name = view.value("event.parted.name") or view.value("case.name")
    texts = runtime.texts(view.dossier.digest)
    language = texts.understood(told.reader, letter.owed.letter).language
    return Item(
        method=Method.CANCEL if is_off else Method.REQUEST,
        uid=uid_of(runtime, letter.case_id, meeting.name, _partnership(letter, view)),
        sequence=int(str(facts["sequence"])),
        stamped_at=view.now,
        title=titled(texts.named(str(facts["title"]), language), str(name), language_of(language)),
        begins=begins,
        ends=ends,
        zone=told.reader.zone,
        organiser=told.answered_at,
        attendee=Correspondent(told.whom.name, told.whom.email),
        place=str(facts.get("old_place" if is_off else "new_place") or ""),
        description=told.text.partition(_FRAME)[0].strip(),
        wants_answer=not is_off and told.is_read,
    )


def uid_of(runtime: Runtime, case: CaseId, meeting: str, partnership: int) -> str:
    """What a meeting is called in every calendar, for ever; the next partner's is another one."""
    return f"{runtime.programme.name}.{runtime.token}.{case}.{meeting}.{partnership}"


def _partnership(letter: Letter, view: View) -> int:
    return int(str(letter.owed.facts.get(PARTNERSHIP, view.dossier.partnership)))


def _bounds(facts: Mapping[str, object], which: str, meeting: Meeting) -> tuple[date, date]:
    """From when to when: two moments, or the first and the last day."""
    until = str(facts.get(f"{which}_until") or "")
    if at := facts.get(f"{which}_at"):
        begins = datetime.fromisoformat(str(at))
        ends = datetime.fromisoformat(until) if until else begins
        is_told = ends.tzinfo is not None and ends > begins
        return begins, ends if is_told else begins + timedelta(minutes=meeting.lasts)
    first = date.fromisoformat(str(facts[f"{which}_on"]))
    return first, date.fromisoformat(until[: len("2026-12-31")]) if until else first
