"""Another text under which people had signed: their signatures do not count for it.

They are asked again by a letter of its record, and what goes on asking begins anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from engine.decide.draft import Draft
from engine.decide.told_changes import told
from engine.letters.ladders import follows, rung_days, speaks_at
from engine.letters.rounds import signed_for
from engine.model.definition import RecordType
from engine.model.differences import differences
from engine.model.dossier import RecordVersion, Timer
from engine.model.letter_words import TEXT
from engine.model.partners import every_version

SIGNED_BEFORE = "signed_before"  # a word of the event: an earlier text was signed


def sign_again(draft: Draft, kind: RecordType, version: RecordVersion) -> None:
    """Say in the event whether an earlier text was signed, and what is another since."""
    before = [
        each
        for each in every_version(draft.dossier)[kind.name]
        if each.partnership == version.partnership and each.number != version.number
    ]
    if not any(each.signatures for each in before):
        return
    changes = told(differences(before[-1].content, version.content))
    words = {SIGNED_BEFORE: True, TEXT: version.number, "since": draft.view().today.isoformat()}
    draft.event = {**draft.event, **words, "changes": changes}
    ladders = draft.workflow.state(draft.dossier.state).ladders
    draft.ladder = next((each.name for each in ladders if kind.name in signed_for(each)), "")
    draft.anew = draft.ladder


def begun_anew(draft: Draft, wanted: Mapping[str, Timer]) -> dict[str, Timer]:
    """The timers of the ladder that asks anew, each as far from today as from its first rung.

    The letter that tells of the other text stands for the first one. Where a ladder counts from
    the day of that text, as it does once the step is taken, all of it is to come.
    """
    view = draft.view()
    ladders = view.workflow.state(view.dossier.state).ladders
    ladder = next((each for each in ladders if draft.anew and each.name == draft.anew), None)
    if ladder is None:
        return {}
    days, first = rung_days(view, ladder), "" if follows(ladder) else ladder.rungs[0].name
    since = view.today - days[first] if first in days else timedelta()
    known = {timer.key: timer for timer in view.dossier.timers}
    found = {}
    for key, timer in wanted.items():
        if timer.ladder == ladder.name and timer.rung != first:
            due_at = speaks_at(view, ladder, days[timer.rung] + since)
            there = known.get(key, timer)
            found[key] = replace(
                there, due_at=due_at, not_before=due_at, settled_at=None, outcome="", graced=False
            )
    return found
