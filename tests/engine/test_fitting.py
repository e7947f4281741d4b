"""Whether a case fits another version of its definition, and what is said where it does not."""

from dataclasses import replace

import pytest

from engine.decide.fitting import unfit, unread
from engine.model.adapting import ASKED, SETTINGS
from engine.model.definition import RecordType, State, Workflow
from engine.model.dossier import RecordVersion
from engine.model.evidence import Stay
from engine.model.fields import Field
from engine.model.partnership import Partnership
from engine.model.settings import Adapts, Setting
from tests.support.dossiers import OPENED, a_dossier, a_person
from tests.support.workflows import a_final_state, a_state, a_workflow

NOTE = RecordType("note", "Note", ("aspiring",), fields=(Field("summary", "text"),))
WAS = a_workflow(a_state("drafting"), a_state("resting"), a_final_state(), records={"note": NOTE})
FILED = RecordVersion(1, {"summary": "All is well."}, OPENED, "somebody")


def _of(now: Workflow, was: Workflow = WAS, **changed: object) -> list[str]:
    known = {"state": "drafting", "people": (), "parties": {}, **changed}
    return [f"{each.requirement}: {each.detail}" for each in unfit(was, now, a_dossier(**known))]


def _with(was: Workflow, **states: State | None) -> Workflow:
    every = {**was.states, **states}
    return replace(was, states={name: each for name, each in every.items() if each is not None})


def test_a_case_fits_what_is_the_same() -> None:
    assert _of(WAS, records={"note": (FILED,)}) == []


def test_a_state_that_is_gone_is_no_place_to_stand_in_unless_it_is_renamed() -> None:
    gone = _with(WAS, drafting=None, writing=a_state("writing"))

    assert _of(gone) == ["drafting: there is no state drafting any more"]
    assert _of(replace(gone, renamed={"drafting": "writing"})) == []


def test_a_pause_comes_back_to_a_state_that_is_there() -> None:
    gone = _with(WAS, drafting=None)
    stays = (Stay(1, "drafting", OPENED, OPENED), Stay(2, "resting", OPENED))

    told = _of(gone, state="resting", stay=2, stays=stays, earlier={1: ()})

    assert told == ["drafting: there is no state drafting any more"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (replace(WAS.states["drafting"], final=True), "drafting is an end"),
        (replace(WAS.states["drafting"], pauses=True), "drafting is a pause"),
    ],
)
def test_a_state_stays_what_it_is(state: State, said: str) -> None:
    now = _with(WAS, drafting=state)

    assert _of(now) == [f"drafting: {said}"]
    assert _of(WAS, now) == [f"drafting: {said} no more"]


def test_what_is_on_file_has_to_fit_the_record() -> None:
    counted = replace(NOTE, fields=(*NOTE.fields, Field("count", "whole")))
    now = replace(WAS, records={"note": counted})

    assert _of(now, records={"note": (FILED,)}) == ['note: version 1: "count" is missing']
    assert _of(now) == []


def test_what_was_wrong_before_is_no_hindrance_and_the_last_version_counts() -> None:
    odd = replace(FILED, content={"summary": 7})
    longer = replace(NOTE, fields=(*NOTE.fields, Field("count", "whole", optional=True)))

    assert _of(replace(WAS, records={"note": longer}), records={"note": (odd,)}) == []
    assert (
        _of(
            WAS, a_workflow(*WAS.states.values()), records={"note": (odd, replace(FILED, number=2))}
        )
        == []
    )


def test_what_no_record_reads_any_more_stays_on_file_and_is_told() -> None:
    now = replace(WAS, records={})

    assert _of(now, records={"note": (FILED,)}) == []
    (told,) = unread(now, a_dossier(records={"note": (FILED,)}))
    assert told.detail == "version 1 of it stays on file, and nothing reads it any more"


def test_who_takes_part_plays_a_role_that_is_there() -> None:
    now = replace(WAS, roles=("facilitator", "lead"))

    told = _of(now, people=(a_person(1, "aspiring"),))

    assert told == ["aspiring: somebody takes part as aspiring, and there is no such role any more"]


def test_a_partnership_that_goes_on_is_declared() -> None:
    was = replace(WAS, partnership=Partnership("aspiring", "ask", "pair", ("end",)))

    assert _of(WAS, was, partnership=1) == []
    assert _of(WAS, was, partnership=2) == [
        "partnership: partnership 2 goes on, and none is declared any more"
    ]


def test_what_was_adapted_stays_so() -> None:
    rows = [{"setting": "areas", "value": "5", "reason": "agreed"}]
    record = RecordType("adaptation", "Adaptation", ("lead",), adapts=Adapts())
    was = replace(WAS, records={"adaptation": record}, settings={"areas": Setting("areas", 3, ())})
    asked = [{"record": "plan", "before": "close"}]
    filed = {"adaptation": (replace(FILED, content={SETTINGS: rows}),)}
    adding = {"adaptation": (replace(FILED, content={ASKED: asked}),)}
    bound = replace(was, settings={"areas": Setting("areas", 3, (), lowest=1, highest=4)})

    assert _of(was, was, records=filed) == []
    assert _of(replace(was, settings={}), was, records=filed) == [
        "areas: it was adapted here, and is no setting now"
    ]
    assert _of(bound, was, records=filed) == ["areas: it is 5 here: from 1 to 4 is allowed"]
    assert _of(was, was, records=adding) == ["plan: it is asked for here, and is no record now"]
