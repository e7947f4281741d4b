"""What a facilitator met on the command line: each test has the name of a symptom."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.commands import Ended, is_clear, pairing
from tests.support.databases import lay_tables

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CENTRES = """\
key,name,short_name,side,country,zone,facts
VIE,Medical University of Vienna,Vienna,coordinator,AT,Europe/Vienna,domain=Education and Training
OSL,Oslo University Hospital,Oslo,coordinator,NO,Europe/Oslo,domain=Governance
BIR,Birchwater Cancer Hospital,Birchwater,aspiring,EE,Europe/Tallinn,teaming=no
"""
PEOPLE = """\
key,name,email,centre,roles
north,Facilitator North,facilitator.north@example.org,,facilitator
lead,CBG lead,lead@example.org,,lead
vie_1,Coordinator Vienna,coordinator.vienna@example.org,VIE,
osl_1,Coordinator Oslo,coordinator.oslo@example.org,OSL,
bir_team,Team lead Birchwater,team.birchwater@example.org,BIR,
bir_nurse,Nurse Birchwater,nurse.birchwater@example.org,BIR,
"""
HEARD = ("--for", "bir_team", "--heard", "mail")  # what a centre wrote to the office
FIRST = ("person", "first", "lead", "--set", "name=CBG lead", "--set", "email=lead@example.org")
EOI = (
    *("pair", "record", "BIR", "eoi", "--set", "received_on=2026-03-02", "--set", "country=EE"),
    *("--set", "status=pilot", "--set", "domain_interest=Governance"),
    *("--set", "country_without_ccc=yes", "--set", "judged_on=2026-03-02"),
    *("--set", "source=list of the CBG", *HEARD),
)


@dataclass(frozen=True)
class Office:
    """A folder with a rehearsal in it, and the commands typed there."""

    folder: Path

    def types(self, *words: str) -> Ended:
        return pairing(*words, folder=self.folder, PAIRING_DATABASE__URL="sqlite:///day.db")

    def does(self, *words: str) -> Ended:
        ended = self.types(*words)
        assert ended.code == 0, ended
        return ended

    def begins(self, moment: str = "2026-03-02T09:00Z") -> None:
        (self.folder / "centres.csv").write_text(CENTRES, encoding="utf-8")
        (self.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
        lay_tables(f"sqlite:///{self.folder}/day.db")
        self.does("db", "create", "--rehearsal", "--at", moment)
        self.does(*FIRST)
        self.does("centre", "import", "centres.csv")
        self.does("person", "import", "people.csv")
        self.does("pair", "new", "BIR", "--centre", "aspiring=BIR")

    def letters(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("letters/**/*.eml"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _goes_to_the_proposal(office: Office, coordinator: str, domain: str) -> None:
    office.does(*EOI)
    office.does("pair", "advance", "BIR", "accept_eoi")
    done = ("answered=31", "completed_on=2026-03-02", "infrastructure_note=one linac")
    office.does(
        "pair", "record", "BIR", "readiness", *HEARD, *(w for d in done for w in ("--set", d))
    )
    scores = ("domain_score=2", "overall_score=2", "measured_on=2026-03-02")
    office.does(
        *("pair", "record", "BIR", "maturity_baseline", *HEARD),
        *(w for s in scores for w in ("--set", s)),
    )
    office.does("pair", "advance", "BIR", "finish_diagnostic")
    _proposes(office, coordinator, domain)


def _proposes(office: Office, coordinator: str, domain: str) -> None:
    office.does("pair", "assign", "BIR", "coordinator", coordinator)
    reasons = ("maturity_reason=a", "configuration_reason=b", "similarity_reason=c")
    words = (*reasons, f"domain={domain}")
    office.does("pair", "record", "BIR", "match", *(w for r in words for w in ("--set", r)))
    office.does("pair", "advance", "BIR", "send_proposal")


def test_the_call_closes_on_the_day_of_the_call_not_some_days_after_the_letter(
    office: Office,
) -> None:
    office.begins("2026-03-10T09:00Z")
    office.does("clock", "advance", "P20D")

    shown = office.does("mail", "list", "--json").body["letters"]
    assert isinstance(shown, list)
    subjects = [each["subject"] for each in shown if each["letter"].startswith("N-01.closing")]

    assert len(subjects) == 2
    assert all("1 April" in subject for subject in subjects)


def test_the_person_entered_first_is_the_one_who_is_written_to(office: Office) -> None:
    office.begins()
    office.does(*EOI)
    office.does("mail", "send")

    (letter,) = office.letters()
    assert "team.birchwater@example.org" in letter


def test_what_is_owed_goes_out_on_its_own_day_when_the_clock_moves_on(office: Office) -> None:
    office.begins()
    office.does(*EOI)
    office.does("clock", "advance", "P10D")

    assert office.letters()[0].startswith("20260302T090000Z_team.birchwater")


def test_the_letter_that_a_step_asks_for_goes_out_with_the_next_sending(office: Office) -> None:
    office.begins()
    office.does(*EOI)
    office.does("mail", "send")
    office.does("pair", "advance", "BIR", "accept_eoi")

    sent = office.does("mail", "send", "--json")

    assert sent.body["accepted"] == 1


def test_another_coordinator_can_be_named_after_a_decline_and_only_then(office: Office) -> None:
    office.begins()
    _goes_to_the_proposal(office, "VIE", "Education and Training")

    too_early = office.types("pair", "assign", "BIR", "coordinator", "OSL")
    answer = ("answer=declined", "reason=no capacity", "answered_on=2026-03-02")
    heard = ("--for", "vie_1", "--heard", "phone")
    words = (w for a in answer for w in ("--set", a))
    office.does("pair", "record", "BIR", "match_answer", *words, *heard)
    office.does("pair", "advance", "BIR", "decline_match")
    _proposes(office, "OSL", "Governance")
    office.does("mail", "send")

    assert too_early.code == 1
    assert "First take the step recall_proposal or decline_match." in too_early.err
    assert "coordinator.oslo" in " ".join(office.letters())


def test_a_form_says_what_belongs_into_a_record_and_can_be_filed_back(office: Office) -> None:
    office.begins()
    form = office.does("pair", "form", "BIR", "contacts")
    content = json.loads(form.out)
    content["departments"][0].update(department="Nursing", name="Nurse", function="nurse")
    (office.folder / "contacts.json").write_text(json.dumps(content), encoding="utf-8")

    filed = office.types("pair", "record", "BIR", "contacts", "--from", "contacts.json", *HEARD)
    without = office.types("pair", "record", "BIR", "contacts")

    assert filed.code == 0, filed
    assert "physician, health_professional, quality" in form.err
    assert "pairing pair form BIR contacts" in without.err


def test_a_pair_that_has_ended_offers_only_what_it_still_takes_in(office: Office) -> None:
    office.begins()
    office.does(*EOI)
    office.does("pair", "advance", "BIR", "end", "--note", "They merge.", "--by", "lead")

    why, form = office.does("pair", "why", "BIR"), office.does("pair", "form", "BIR", "--json")
    again = office.types(*EOI)

    kept = office.does("pair", "form", "BIR", "eoi")
    assert "BIR has ended: it takes in no version more" in kept.err
    assert "no step leads on; pairing pair form BIR shows whether records still come in" in why.out
    offered = [each["record"] for each in json.loads(form.out)["records"]]
    assert {"label", "lessons"} <= set(offered)
    assert "eoi" not in offered
    assert again.code == 1
    assert "BIR has ended: Ended by the CBG, since 2026-03-02" in again.err
    assert ", ".join(offered) in " ".join(again.err.split())


def test_closing_a_flag_never_closes_a_pair(office: Office) -> None:
    office.begins()

    ended = office.types("flag", "close", "BIR", "--outcome", "done")

    assert is_clear(ended, [3]), ended


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pair", "new", "a b", "--centre", "aspiring=BIR"), "is no reference"),
        (("pair", "new", "a/b", "--centre", "aspiring=BIR"), "is no reference"),
        (("pair", "new", "12", "--centre", "aspiring=BIR"), "is no reference"),
        (("pair", "new", "X", "--centre", "aspiring=VIE"), "for the side coordinator"),
        (("pair", "assign", "BIR", "coordinator", "BIR"), "for the side aspiring"),
        (("pair", "list", "--state", "diagnostik"), 'did you mean "diagnostic"'),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_remedy(
    words: tuple[str, ...], said: str, office: Office
) -> None:
    office.begins()

    ended = office.types(*words)

    assert is_clear(ended, [2]), ended
    assert said in ended.err


def test_a_date_is_not_moved_into_the_past(office: Office) -> None:
    office.begins()

    ended = office.types("pair", "move", "BIR", "first_visit", "1999-05-01", "--reason", "x")

    assert ended.code == 1
    assert "1999-05-01 has gone by" in ended.err


def test_upgrading_a_database_that_is_not_there_makes_none(office: Office) -> None:
    ended = office.types("db", "upgrade", "--database", "tpyo.db")

    assert is_clear(ended, [5]), ended
    assert not (office.folder / "tpyo.db").exists()


def test_the_example_of_running_pairs_can_be_adopted_with_its_centres_and_people(
    office: Office,
) -> None:
    office.does("db", "create", "--rehearsal", "--at", "2027-11-15T09:00Z")
    office.does(*FIRST)
    office.does("centre", "import", str(EXAMPLES / "centres.csv"))
    office.does("person", "import", str(EXAMPLES / "people.csv"))

    table = str(EXAMPLES / "adoption.csv")
    adopted = office.does("pair", "adopt", table, "--go-live", "2027-11-22", "--json")

    pairs = adopted.body["pairs"]
    assert isinstance(pairs, list)
    assert len(pairs) == 8
    assert office.letters() == []
    assert "since 2027-10-28" in office.does("pair", "show", "NDS-FER").out
