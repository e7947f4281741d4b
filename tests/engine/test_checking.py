"""A sound programme is taken, an unsound one is refused at once, in the order of its files."""

from engine.checks.values import FactIs
from engine.lint.findings import Problem, unknown
from engine.lint.lint import problems
from engine.lint.silence import silences
from engine.model.definition import Notify, OpenCase, SetFact, Workflow
from engine.model.phase import Phase
from engine.places import Place
from tests.support.workflows import (
    FILE,
    LETTERS,
    a_final_state,
    a_letter,
    a_programme,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
    at,
    with_effects,
    with_requirements,
)
from workflows.registry import built_in, load_programme


def test_a_sound_programme_has_no_problems() -> None:
    goes_on = FactIs("parent.case.state", one_of=("drafting",))
    child = with_effects(
        a_workflow(name="visiting"),
        OpenCase("visiting", under_parent=True, when=goes_on),
        SetFact("done", 1),
    )
    parent = with_effects(a_workflow(), OpenCase("visiting"), a_letter())

    assert list(map(str, problems(a_programme(parent, child), LETTERS))) == []


def test_letters_are_not_looked_up_without_a_catalogue() -> None:
    workflow = with_effects(a_workflow(), Notify("N-77.unheard", ("facilitator",)))

    assert problems(a_programme(workflow), None) == ()


def test_the_same_requirement_word_for_word_may_stand_twice() -> None:
    workflow = with_requirements(a_workflow(), a_requirement(line=4), a_requirement(line=5))

    assert problems(a_programme(workflow)) == ()


def test_a_problem_prints_its_place_a_sentence_and_a_remedy() -> None:
    problem = Problem(Place(FILE, 3, 7), "nobody acts in state drafting", "say who `acts`")

    assert str(problem) == "small.yaml:3:7: nobody acts in state drafting; say who `acts`"


def test_problems_come_in_the_order_of_the_file() -> None:
    workflow = a_workflow(
        a_state("drafting", line=9, acts=()), a_final_state(), initial="drafting", sides=("left",)
    )

    found = problems(a_programme(workflow))

    assert [each.place.line for each in found] == [1, 9]


def test_a_name_that_is_near_nothing_is_answered_with_what_there_is() -> None:
    few = unknown(at(1), "role", "xyz", ["lead", "aspiring"])
    many = unknown(at(1), "role", "xyz", [f"role_{letter}" for letter in "abcdefgh"])
    none = unknown(at(1), "role", "xyz", [])

    assert few.remedy == "declare it, or use one of: aspiring, lead"
    assert many.remedy.endswith("role_f, ...")
    assert none.remedy == "declare it first, or leave it out"


def test_ten_thousand_states_are_refused_for_that_alone() -> None:
    states = [a_state(f"state_{number}") for number in range(10_000)]
    leave = a_step("leave", tuple(state.name for state in states), "closed")
    workflow = a_workflow(*states, a_final_state(), steps=(leave,))

    found = problems(a_programme(workflow))

    assert {each.sentence for each in found} == {
        "pairing has 10001 states, at most 500 are read",
        "pairing has 10000 rungs, at most 5000 are read",
    }


def test_as_many_states_as_are_read_are_checked() -> None:
    names = [f"state_{number}" for number in range(499)]
    steps = [a_step(f"go_{n}", names[n], names[n + 1]) for n in range(498)]
    workflow = a_workflow(
        *map(a_state, names),
        a_final_state(),
        steps=(a_step("leave", tuple(names), "closed"), *steps),
    )

    assert problems(a_programme(workflow)) == ()


def test_states_need_no_phase_where_no_phase_is_declared() -> None:
    states = (a_state("drafting", phase=""), a_final_state(phase=""))
    plain: Workflow = a_workflow(*states, phases={})
    phased = a_workflow(*states, phases={"work": Phase("work", "Work")})

    assert problems(a_programme(plain)) == ()
    assert [each.sentence for each in problems(a_programme(phased))] == ["no phase ''"]


def test_the_programme_that_is_shipped_has_no_problems_and_no_endless_silence() -> None:
    programme = load_programme(built_in("wp6"))

    assert list(map(str, problems(programme.workflows, programme.letters))) == []
    assert all(silence.days is not None for silence in silences(programme.workflows))
