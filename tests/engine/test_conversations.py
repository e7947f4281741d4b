"""A letter is of the conversation about its matter, found by what it speaks of."""

from dataclasses import replace
from datetime import datetime

import pytest

from engine.checks.meetings import TimesNamed
from engine.dates.view import View
from engine.letters.conversations import conversation_of
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier, Parent, Stay
from engine.model.family import Letter as Owed
from engine.model.meetings import Letter, Meeting
from engine.model.outcomes import LetterOwed
from engine.model.partnership import Partnership
from tests.support.dossiers import a_dossier, moment
from tests.support.workflows import a_ladder, a_rung, a_state, a_step, a_workflow

BEGUN, FORMED, LEFT = (moment(day) for day in ("2026-03-02", "2026-04-01", "2026-09-01"))
LATER = moment("2026-10-01")
STAYS = (
    Stay(1, "asking", BEGUN, FORMED),
    Stay(3, "working", FORMED, LEFT),
    Stay(5, "asking", LEFT, None, 2),
)
MEETING = Meeting(
    *("visit", "Visit", "visit_date", "on", "record.visit.held_on"),
    invitation=Letter("N-09.invitation", ("aspiring",)),
    moved="N-24.moved",
    cancelled="N-24.cancelled",
)
WORKFLOW = a_workflow(
    a_state("asking", a_ladder(a_rung(letter="N-03.ask"), name="answer")),
    a_state(
        "working",
        a_ladder(a_rung(letter="N-22.fix"), name="fix", unmet=TimesNamed("visit")),
        a_ladder(a_rung(letter="N-22.waiting"), name="waits"),
        a_ladder(a_rung(letter=None), a_rung(letter="N-06.ask"), name="list"),
    ),
    a_state("visiting", actual="record.visit.held_on"),
    steps=(
        a_step("ask", "asking", "asking"),
        a_step("form", "asking", "working"),
        a_step("leave", "working", "asking"),
        a_step("visit", "working", "visiting"),
    ),
    meetings={"visit": MEETING},
    partnership=Partnership("coordinator", "ask", "form", ("leave",)),
    roles=("facilitator", "coordinator", "aspiring", "lead"),
    sides=("coordinator", "aspiring"),
)


def _view(workflow: Workflow = WORKFLOW, **changed: object) -> View:
    former = replace(a_dossier().former, stays=STAYS[:2])
    known = {"stays": STAYS[2:], "former": former, "partnership": 2, "state": "asking"}
    return View(workflow, a_dossier(**{**known, **changed}), LATER)


def _of(
    letter: str,
    audience: str = "aspiring",
    ladder: str = "",
    stay: int = 3,
    **facts: object,
) -> Owed:
    owed = LetterOwed(letter, audience, None, ladder, facts)
    return Owed(1, CaseId(7), stay, owed, LATER, audience)


@pytest.mark.parametrize(
    ("letter", "conversation"),
    [
        (_of("N-06.ask", ladder="list"), "7/1/N-06"),
        (_of("N-22.waiting", ladder="list"), "7/1/N-06"),
        (_of("N-25.away", "facilitator", "list"), "7/1/N-06"),
        (_of("N-22.waiting", ladder="waits"), "7/1/N-22/3/waits"),
        (_of("N-22.fix", ladder="fix"), "7/1/N-09"),
        (_of("N-24.moved", meeting="visit"), "7/1/N-09"),
        (_of("N-24.window_moved", milestone="visiting"), "7/1/N-09"),
        (_of("N-24.window_moved", milestone="working"), "7/1/N-06"),
        (_of("N-24.window_moved", milestone="gone"), "7/1/N-24"),
        (_of("N-24.pair_changed"), "7/1/N-24"),
        (_of("N-24.pair_changed", ladder="gone"), "7/1/N-24"),
        (_of("N-24.pair_changed", stay=5), "7/2/N-24"),
        (_of("N-24.pair_changed", stay=0), "7/2/N-24"),  # before any stay that is known
        (_of("N-03.ask", "coordinator.team", "answer", stay=1), "7/coordinator"),
        (_of("N-24.pair_changed", "coordinator", stay=1), "7/coordinator"),
        (_of("N-24.pair_changed", "coordinator"), "7/1/N-24"),
        (_of("N-03.ask", "coordinator", "answer", stay=5), "7/coordinator"),
        (_of("N-03.phone", "facilitator", "answer", stay=5), "7/2/N-03"),
    ],
)
def test_a_letter_is_of_the_conversation_about_what_it_speaks_of(
    letter: Owed, conversation: str
) -> None:
    assert conversation_of(_view(), letter, "N-22") == conversation


@pytest.mark.parametrize(
    ("stay", "at", "audience", "conversation"),
    [
        (3, FORMED, "coordinator", "7/coordinator"),
        (5, LEFT, "coordinator", "7/1/N-24"),
        (5, LEFT, "aspiring", "7/1/N-24"),
        (1, BEGUN, "aspiring", "7/1/N-24"),
    ],
)
def test_what_a_step_tells_is_of_the_stay_that_it_ends(
    stay: int, at: datetime, audience: str, conversation: str
) -> None:
    letter = replace(_of("N-24.pair_changed", audience, stay=stay), owed_at=at)

    assert conversation_of(_view(), letter, "N-22") == conversation


def test_all_that_is_said_of_a_case_below_another_is_one_conversation() -> None:
    above: Dossier = _view().dossier
    view = _view(parent=Parent(WORKFLOW, above), id=CaseId(9))

    found = {conversation_of(view, _of(name), "N-22") for name in ("N-12.ask", "N-22.waiting")}

    assert found == {"9"}


def test_without_a_partner_to_come_each_kind_is_a_conversation() -> None:
    view = _view(replace(WORKFLOW, partnership=None))

    assert conversation_of(view, _of("N-03.ask", "coordinator", stay=1), "") == "7/1/N-03"
