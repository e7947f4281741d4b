"""Who may do what: the role a person acts in, or who may and how to ask them."""

from dataclasses import replace

import pytest

from engine.decide.acts import Action, Verb, roles_for
from engine.decide.permissions import Allowed, Circle, can
from engine.model.definition import RecordType
from engine.model.dossier import Dossier, Person, PersonId
from engine.model.outcomes import By, Triggered, Unmet
from tests.support.dossiers import a_dossier
from tests.support.stories import Story, a_state, a_step, a_workflow

DEED = RecordType("deed", "Deed", by=("aspiring",), signatories=("coordinator", "aspiring"))
WORKFLOW = a_workflow(
    a_state("first"),
    a_state("second"),
    steps=(a_step("go", "first", "second"), a_step("end", "first", "second", by=("lead",))),
    records={"deed": DEED},
)


def _person(number: int, key: str, role: str, *, general: bool = False) -> Person:
    mail = f"{key}@example.org"
    return Person(PersonId(number), key.title(), mail, role, key=key, general=general)


NORTH = _person(1, "north", "facilitator", general=True)
SOUTH = _person(2, "south", "facilitator")
TOP = _person(3, "top", "lead", general=True)
BOTH = (_person(4, "both", "facilitator", general=True), _person(4, "both", "lead", general=True))
HEAD = _person(5, "head", "aspiring")
OTHER = _person(6, "other", "coordinator")
CIRCLE = Circle(WORKFLOW, (SOUTH, HEAD, OTHER, NORTH, TOP, *BOTH))
GO, END = Action(Verb.STEP, "go"), Action(Verb.STEP, "end")
FILE, SIGN = Action(Verb.FILE, "deed"), Action(Verb.SIGN, "deed", "aspiring")


@pytest.mark.parametrize(
    ("by", "action", "role"),
    [
        (By("south", ""), GO, "facilitator"),
        (By("both", ""), END, "lead"),
        (By("both", "facilitator"), Action(Verb.MOVE, "first"), "facilitator"),
        (By("head", ""), FILE, "aspiring"),
        (By("head", ""), SIGN, "aspiring"),
        (By("north", "", "head", "phone"), FILE, "facilitator"),
        (By("top", "", "head", "paper"), SIGN, "lead"),
    ],
)
def test_a_person_acts_in_the_role_that_fits(by: By, action: Action, role: str) -> None:
    answer = can(by, action, CIRCLE)

    assert isinstance(answer, Allowed)
    assert answer.role == role


@pytest.mark.parametrize(
    ("by", "action", "detail", "remedy"),
    [
        (By("nobody", ""), GO, "nobody plays no role here", "Ask: South <south@example.org>"),
        (By("head", ""), GO, "aspiring may not do it", "Ask: South <south@example.org>"),
        (By("south", "lead"), END, "south is not lead here, but facilitator", "Ask: Top <top@"),
        (By("south", "lead"), GO, "south is not lead", "Leave --as out, or write --as facilitator"),
        (By("south", ""), FILE, "facilitator may not file it", "--for head --heard phone"),
        (By("other", ""), SIGN, "coordinator may not sign it", "Ask: Head <head@example.org>"),
        (By("both", ""), Action(Verb.MOVE, "first"), "both is facilitator and lead", "Say --as"),
        (By("north", "", "other", "phone"), FILE, "coordinator may not file it", "Ask: Head"),
        (By("north", "", "head", "phone"), END, "end is the office's own", "Ask: Top <top@"),
        (By("other", "", "head", "phone"), FILE, "coordinator notes nothing for another", "Ask"),
        (By("head", "", "head", "phone"), FILE, "aspiring notes nothing", "Leave --for out: Head"),
        (By("gone", "", "head", "phone"), FILE, "gone plays no role here", "Ask: South"),
        (By("north", "", "head", "rumour"), FILE, "heard by rumour", "Say how: --heard phone"),
        (By("north", "", "head", "phone"), Action(Verb.MOVE, "first"), "nobody does it", ""),
    ],
)
def test_who_may_not_is_told_who_may_and_how_to_ask(
    by: By, action: Action, detail: str, remedy: str
) -> None:
    answer = can(by, action, CIRCLE)

    assert isinstance(answer, Unmet)
    assert detail in answer.detail
    assert remedy in answer.remedy


@pytest.mark.parametrize("verb", [Verb.GIVE, Verb.SUBSTITUTE])
@pytest.mark.parametrize(
    ("by", "role", "allowed"),
    [
        ("south", "lead", False),
        ("head", "lead", False),
        ("head", "facilitator", False),
        ("south", "facilitator", True),
        ("top", "lead", True),
        ("top", "facilitator", True),
    ],
)
def test_a_role_of_the_office_is_given_by_who_holds_it_or_stands_above(
    verb: Verb, by: str, role: str, *, allowed: bool
) -> None:
    answer = can(By(by, ""), Action(verb, role), CIRCLE)

    assert isinstance(answer, Allowed) is allowed


def test_where_nobody_may_yet_somebody_is_to_be_named() -> None:
    answer = can(By("south", ""), END, replace(CIRCLE, people=(SOUTH,)))

    assert isinstance(answer, Unmet)
    assert answer.remedy == "Nobody is lead yet: name somebody first."


@pytest.mark.parametrize(
    ("record", "side", "roles"),
    [("deed", "aspiring", ("aspiring",)), ("deed", "lead", ()), ("dead", "aspiring", ())],
)
def test_a_record_is_signed_by_its_signatories_alone(
    record: str, side: str, roles: tuple[str, ...]
) -> None:
    assert roles_for(WORKFLOW, Action(Verb.SIGN, record, side)) == roles


def test_what_one_side_said_takes_no_step_of_the_other() -> None:
    """Two moves of one trigger, a side each: the one who was heard takes theirs."""
    sides = a_workflow(
        *(a_state(name) for name in ("first", "second", "third")),
        steps=(
            a_step("answer", "first", "second", by=("coordinator",)),
            a_step("answer", "first", "third", by=("aspiring",)),
        ),
    )
    heard = By("north", "", "head", "phone")

    said = can(heard, Action(Verb.STEP, "answer"), replace(CIRCLE, workflow=sides))

    assert isinstance(said, Allowed)
    by = replace(heard, role=said.role, heard_as=said.heard_as)
    story = Story(sides)
    story.starts()
    assert story.goes(Triggered("answer", by)).entered == "third"


def test_to_note_what_was_heard_is_another_act_than_to_do_it() -> None:
    answer = can(By("head", "", "head", "phone"), FILE, CIRCLE)

    assert isinstance(answer, Unmet)
    assert answer.says == "To note what was heard is up to: facilitator or lead."


def test_a_role_on_pairs_alone_is_none_in_the_whole_programme() -> None:
    office = Circle(WORKFLOW, (NORTH, TOP), "in the whole programme")

    answer = can(By("south", ""), Action(Verb.CLOCK), office)

    assert isinstance(answer, Unmet)
    assert answer.detail == "south plays no role in the whole programme"


def test_the_people_of_a_case_stand_before_those_of_the_programme_even_who_are_both() -> None:
    south = replace(SOUTH, general=True)

    case: Dossier = a_dossier(people=(NORTH, south, SOUTH, TOP))

    assert [each.key for each in case.people_as("facilitator")] == ["south", "north"]
