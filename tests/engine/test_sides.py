"""The people of a side: of each centre apart, where it holds several."""

from dataclasses import replace

from engine.model.check import Lack
from engine.model.dossier import Dossier, Party, Person, PersonId, RecordVersion, Signature
from engine.model.sides import home, home_as, team_of, teams, unsigned
from tests.support.dossiers import OPENED, a_dossier, a_party, a_person, a_version

NORTH = replace(a_party("aspiring", zone="Europe/Helsinki"), key="north", name="North")
SOUTH = replace(a_party("aspiring", zone="Europe/Lisbon"), key="south", name="South")
PEOPLE = tuple(
    replace(a_person(number, "aspiring", main=main), centre=centre)
    for number, (centre, main) in enumerate(
        (("south", True), ("north", False), ("north", True), ("elsewhere", False)), start=1
    )
)


def _case(*centres: Party) -> Dossier:
    return a_dossier(parties={"aspiring": centres}, people=PEOPLE)


def _numbers(team: tuple[Person, ...]) -> list[int]:
    return [int(person.id) for person in team]


def test_the_people_of_a_side_of_one_centre_are_one_team() -> None:
    assert [_numbers(team) for team in teams(_case(NORTH), "aspiring")] == [[1, 3, 2, 4]]


def test_each_of_several_centres_has_a_team_and_the_first_takes_in_whoever_has_none() -> None:
    found = teams(_case(NORTH, SOUTH), "aspiring")

    assert [_numbers(team) for team in found] == [[3, 2, 4], [1]]


def test_whoever_belongs_to_no_side_is_one_team_and_at_home_in_the_office() -> None:
    case = a_dossier()
    facilitator = case.people_as("facilitator")[0]

    assert [len(team) for team in teams(case, "facilitator")] == [2]
    assert home(case, facilitator) == case.office


def test_whoever_stands_in_comes_from_the_same_centre() -> None:
    case = _case(NORTH, SOUTH)

    assert _numbers(team_of(case, "aspiring", PEOPLE[2].email)) == [3, 2, 4]
    assert _numbers(team_of(case, "aspiring", "gone@example.org")) == [1, 3, 2, 4]


def test_a_person_is_at_home_in_a_centre_of_their_own() -> None:
    case = _case(NORTH, SOUTH)

    assert [home(case, person).name for person in PEOPLE] == ["South", "North", "North", "North"]


def test_a_reader_is_at_home_where_they_come_from_and_a_stranger_where_the_role_does() -> None:
    case = _case(NORTH, SOUTH)

    assert home_as(case, "aspiring", PEOPLE[0].id) == SOUTH
    assert home_as(case, "aspiring", PersonId(99)) == NORTH


def test_a_side_has_signed_once_each_centre_that_stands_there_has() -> None:
    one, several = _case(NORTH), _case(NORTH, SOUTH)

    assert unsigned(one, _signed(), "aspiring") == (
        Lack("not signed by the aspiring side", "aspiring"),
    )
    assert unsigned(one, _signed(""), "aspiring") == ()
    assert unsigned(several, _signed("north", "gone"), "aspiring") == (
        Lack("not signed by the aspiring side (South)", "aspiring", "south"),
    )
    assert unsigned(several, _signed("north", "south"), "aspiring") == ()


def _signed(*centres: str) -> RecordVersion:
    on = OPENED.date()
    signatures = tuple(Signature("aspiring", "head", on, centre) for centre in centres)
    return replace(a_version(), signatures=signatures)
