"""An undo is no act that is undone, and what is undone counts no more, with its stay."""

from dataclasses import replace

import pytest

from engine.decide.past_acts import meant, taken_back_in
from engine.model.definition import SYSTEM
from engine.model.outcomes import Unmet
from engine.model.past import Happened
from engine.model.putting_right import Undone
from tests.support.dossiers import OPENED, a_dossier
from tests.support.stories import FACILITATOR, a_state, a_workflow

CASE = a_dossier()


def _happened(turn: int, kind: str, what: str, took_back: int | None = None) -> Happened:
    by = {"by": "north", "role": "facilitator", "at": OPENED}
    stood = {"left": "open", "entered": "open", "stay": 1, "version": turn + 1}
    known = {"turn": turn, "act": turn, "case": CASE.id, "kind": kind, "what": what}
    return Happened(**{**known, **by, **stood}, took_back=took_back)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("kind", "what", "command"),
    [
        ("filed", "note", "pairing pair fill PAIR-07 note"),
        ("triggered", "go", "pairing pair advance PAIR-07 go"),
        ("flag_raised", "F-1", "pairing flag raise PAIR-07 F-1 --reason ..."),
    ],
)
def test_an_undo_is_not_undone_and_says_what_does_it_again(
    kind: str, what: str, command: str
) -> None:
    events = (_happened(1, kind, what), _happened(2, "undone", what, took_back=1))

    found = meant(events, Undone("by mistake", FACILITATOR), CASE, a_workflow(a_state("open")))

    assert isinstance(found, Unmet)
    assert found.remedy == f"What was taken back is done again by its own command: {command}."


@pytest.mark.parametrize(
    ("kind", "gone"),
    [("undone", {1, 2}), ("voided", {1}), ("corrected", set()), ("triggered", set())],
)
def test_what_is_undone_or_void_counts_no_more_and_what_came_due_in_a_stay_goes_with_it(
    kind: str, gone: set[int]
) -> None:
    step = replace(_happened(1, "filed", "note"), stay=2, records=(("note", 1),))
    due = replace(_happened(2, "timers_due", ""), stay=2, by="clock", role=SYSTEM)
    then = _happened(3, kind, "note", took_back=None if kind == "triggered" else 1)
    again = replace(_happened(4, "triggered", "go"), stay=2)

    found = taken_back_in((step, due, then, again))

    assert set(found) == {(CASE.id, turn + 1) for turn in gone}
