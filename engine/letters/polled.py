"""The meeting whose day a ladder seeks: what is offered to the sides, what they named, how it is
fixed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from engine.dates.anchors import day_of
from engine.dates.polls import Option, named_by_all, offered, times_of
from engine.dates.view import View
from engine.letters.rounds import sought_by
from engine.model.meetings import Meeting
from engine.time.moments import moment_of
from engine.time.zones import local_day

_GIVEN = "..."  # by whoever types the command


def meeting_sought(view: View, ladder: str) -> Meeting | None:
    """The meeting whose day a ladder of this state seeks."""
    ladders = view.workflow.state(view.dossier.state).ladders
    found = (each for each in ladders if each.name == ladder)
    return next((m for each in found for m in sought_by(each, view.workflow)), None)


def options(view: View, ladder: str, at: datetime) -> tuple[Option, ...]:
    """The options that a letter of a ladder asks about, as it was written at a moment."""
    meeting = meeting_sought(view, ladder)
    return () if meeting is None else offered(view.dossier, meeting, at)


def poll_words(view: View, ladder: str) -> Mapping[str, object]:
    """The same as plain values, for the paths of letters; nothing where no day is sought."""
    meeting = meeting_sought(view, ladder)
    if meeting is None:
        return {}
    suiting = [(each, _off_at(view, each)) for each in named_by_all(view.dossier, meeting)]
    suiting.sort(key=lambda each: bool(each[1]))  # what is a working day of all comes first
    shared = [each for each, _ in suiting]
    on_offer = offered(view.dossier, meeting, view.now)
    until = {each.begins: each.until for each in on_offer if each.until}
    begins = shared[0] if shared else _GIVEN
    return {
        "options": [each.words() for each in on_offer],
        "named": list(_named(view, meeting)),
        "common": [{"when": each, "off_at": off} for each, off in suiting],
        "fixes": fixing(
            view,
            meeting,
            begins,
            until.get(begins, _GIVEN),
            accepts=meeting.times if shared else (),
        ),
        "places": ", ".join(_open_places(view, meeting)) or None,
        "offers": f"{_record(view, meeting)} --add {meeting.options} {meeting.begins}=...",
    }


def fixing(
    view: View, meeting: Meeting, begins: str, ends: str, *, accepts: Iterable[str] = ()
) -> str:
    """The command that fixes the day of a meeting; dots stand for what its writer is to give.

    ``accepts`` are the sides that named the day themselves: where a yes is needed, it is theirs.
    """
    values = {meeting.begins: begins, **({meeting.ends: ends} if meeting.ends else {})}
    if meeting.needs_yes:
        values |= {meeting.answers[side]: "yes" for side in accepts if side in meeting.answers}
    given = " ".join(f"--set {name}={value}" for name, value in values.items())
    meant = " --odd-day" if _off_at(view, begins) else ""
    return f"{_record(view, meeting)} {given}{meant}"


def _record(view: View, meeting: Meeting) -> str:
    return f"pairing pair record {view.dossier.reference} {meeting.record}"


def _off_at(view: View, begins: str) -> str:
    """The centres that do not work on a day that is named, by name."""
    at, day = moment_of(begins), day_of(begins)
    parties = (each for side in view.workflow.sides for each in view.dossier.parties_of(side))
    days = ((each, local_day(at, each.zone) if at is not None else day) for each in parties)
    rests = (c for c, on in days if on is not None and not c.workdays.is_working_day(on))
    return ", ".join(each.short_name for each in rests)


def _open_places(view: View, meeting: Meeting) -> Iterator[str]:
    """The fields of the place of a meeting that hold nothing yet."""
    latest = view.dossier.latest(meeting.record)
    return (n for n in meeting.places if latest is None or not latest.content.get(n))


def _named(view: View, meeting: Meeting) -> Iterator[Mapping[str, str]]:
    """What each centre that is asked has named, in its own words."""
    for side in meeting.times:
        said = times_of(view.dossier, meeting, side)
        for party in view.dossier.parties_of(side):
            words = said.get(party.key, said.get(side))
            if words:
                yield {"who": party.short_name, "words": str(words)}
