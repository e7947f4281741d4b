"""A side may hold several hospitals: each is written to, each signs, and one may lack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.model.dossier import CaseId
from engine.model.outcomes import By, Filed, Signed, Triggered
from runtime.queries.show_case import Whole, show_case
from runtime.use_cases.start_case import NewPair, Part, StartError, assign_party, start_pair
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.directory.rows import Centre, Contact
from storage.journal.lines import journal_lines
from storage.journal.verify import verify
from tests.support.exchange import STEWARD, Town, founded

TODAY = date(2026, 5, 11)
GUESTS = ("north", "south")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Two more hospitals, each with a person and a deputy of its own."""
    with founded(tmp_path) as made:
        with transaction(made.runtime.database) as session:
            for key, country, zone in (
                ("north", "FI", "Europe/Helsinki"),
                ("south", "PT", "Europe/Lisbon"),
            ):
                centre = Centre(key, f"Hospital {key}", key, "guest", country, zone)
                number = directory.add_centre(session, centre)
                for person in (key, f"{key}-deputy"):
                    mail = f"{person}@example.org"
                    contact = Contact(person, person.title(), mail, centre_id=number)
                    directory.add_person(session, contact)
        yield made


def _of_three(town: Town, *guests: str) -> CaseId:
    people = tuple(f"{key}{deputy}" for key in guests for deputy in ("", "-deputy"))
    sides = {"host": ("host",), "guest": guests}
    new = NewPair("TRIO", sides, {"host": ("host",), "guest": people}, workflow="exchange")
    return start_pair(town.runtime, new, STEWARD)


def _on_site(town: Town) -> CaseId:
    case = _of_three(town, *GUESTS)
    week = {"days": ["Ward", "Tumour board", "Nursing"]}
    for event in (
        Triggered("accept", By("north", "guest"), facts={"theme": "night shifts"}),
        Filed("programme_of_week", week, By("host", "host")),
        Triggered("travel", STEWARD),
        Filed("terms", {"until": "2026-09-01"}, STEWARD),
    ):
        assert town.does(case, event).accepted
    return case


def _signs(town: Town, case: CaseId, side: str, centre: str = "") -> list[str]:
    person = By(centre if centre in GUESTS else "host" if side == "host" else "north", side)
    signed = Signed("terms", side, f"Head of {centre or side}", TODAY, person, centre)
    return [str(each["detail"]) for each in town.does(case, signed).unmet]


def _lacks(town: Town, case: CaseId) -> list[str]:
    answer = town.does(case, Triggered("prolong", STEWARD))
    return [str(each["detail"]) for each in answer.unmet]


def _shown(town: Town, case: CaseId) -> Whole:
    return show_case(town.runtime, case)


def test_each_hospital_of_a_side_gets_the_letter_and_no_deputy_does(town: Town) -> None:
    _of_three(town, *GUESTS)

    town.days_go_by(1)

    assert sorted(each.recipient for each in town.mailbox.letters) == [
        "north@example.org",
        "south@example.org",
    ]


def test_a_record_is_signed_once_every_hospital_has_signed(town: Town) -> None:
    case = _on_site(town)

    assert _signs(town, case, "host") == []
    assert _signs(town, case, "guest", "host") == ["host is no centre of guest here"]
    assert _signs(town, case, "guest", "south") == []
    assert _signs(town, case, "guest", "south") == ["south has signed it already"]
    assert _lacks(town, case) == ["not signed by the guest side (Hospital north)"]
    assert _signs(town, case, "guest") == []  # in the name of north, where the signer comes from
    assert _lacks(town, case) == []

    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []


def test_a_record_keeps_for_which_hospital_it_was_filed(town: Town) -> None:
    case = _on_site(town)
    report = {"ended_on": "2026-05-10", "learned": "much"}

    for by, centre in ((By("north", "guest"), "north"), (STEWARD, "south"), (STEWARD, "")):
        assert town.does(case, Filed("stay_report", report, by, centre=centre)).accepted

    versions = _shown(town, case).dossier.records["stay_report"]
    assert [version.centre for version in versions] == ["north", "south", ""]
    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []


def test_a_step_that_stays_leaves_the_stay_as_it_is(town: Town) -> None:
    case = _on_site(town)
    for side, centre in (("host", ""), ("guest", "north"), ("guest", "south")):
        _signs(town, case, side, centre)
    before = _shown(town, case).dossier

    assert town.does(case, Triggered("prolong", STEWARD)).accepted

    after = _shown(town, case).dossier
    assert after.facts["theme"] == "prolonged"
    assert (after.state, after.stays) == ("on_site", before.stays)
    assert after.timers == before.timers


def test_the_hospitals_of_a_side_are_shown_in_the_order_they_were_named(town: Town) -> None:
    case = _of_three(town, "south", "north")

    whole = _shown(town, case)

    assert whole.line.centres == {"guest": "south north", "host": "host"}
    assert whole.dossier.party_of("guest").zone == "Europe/Lisbon"


def test_a_side_of_one_hospital_holds_one(town: Town) -> None:
    with transaction(town.runtime.database) as session:
        directory.add_centre(session, Centre("other", "Other", "other", "host", "PT", "UTC"))
    sides = {"host": ("host", "other"), "guest": ("north",)}
    twice = {"host": ("host",), "guest": ("north", "north")}

    with pytest.raises(StartError, match="the side host holds one centre"):
        start_pair(town.runtime, NewPair("DUO", sides, {}, workflow="exchange"), STEWARD)
    with pytest.raises(StartError, match="north is named twice"):
        start_pair(town.runtime, NewPair("DUO", twice, {}, workflow="exchange"), STEWARD)


def test_a_hospital_may_not_join_where_the_definition_does_not_say_so(town: Town) -> None:
    case = _of_three(town, "north")

    outcome = assign_party(town.runtime, case, Part("guest", "south"), STEWARD)

    assert [unmet.detail for unmet in getattr(outcome, "unmet", ())] == ["not in offered"]


def test_a_hospital_neither_signs_nor_reports_for_the_other_one(town: Town) -> None:
    case = _on_site(town)
    north = By("north", "guest")
    report = Filed("stay_report", {"ended_on": "2026-05-10", "learned": "much"}, north)

    signed = town.does(case, Signed("terms", "guest", "Head of south", TODAY, north, "south"))
    filed = town.does(case, replace(report, centre="south"))

    assert [each.unmet[0]["detail"] for each in (signed, filed)] == ["north is not of south"] * 2
    assert "Ask: South <south@example.org> (guest)." in str(signed.unmet[0]["remedy"])


def test_the_name_under_the_paper_stands_in_the_journal_beside_who_noted_it(town: Town) -> None:
    case = _on_site(town)
    heard = By("steward", "", "north", "paper")

    town.does(case, Signed("terms", "guest", "Prof. Dr. Head of North", TODAY, heard))

    with reading(town.runtime.database) as session:
        last = list(journal_lines(session, case, 0, 99))[-1]
    assert (last.by, last.entry["heard"]) == ("steward", ["north", "paper"])
    assert "Prof. Dr. Head of North" in str(last.entry["signatures"])
