"""Every check on values says what is missing, or nothing at all."""

import pytest

from engine.checks.ask import lacks
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.values import Between, Count, Covers, EachHas, FactIs, Present, Same
from engine.checks.wording import noun, said
from engine.model.check import Check
from engine.model.dossier import Dossier
from engine.time.date_rules import parse_rule
from engine.time.spans import parse_span
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, a_version
from tests.support.stories import a_state, a_view, a_workflow, details

ROADMAP = {
    "objectives": [
        {"title": "Tumour board", "horizon": "short", "actor": "clinic", "milestone": "2026-09-01"},
        {"title": "Data", "horizon": "mid", "actor": "", "milestone": ""},
    ],
    "departments": ["surgery", "nursing"],
    "wanted": ["surgery", "nursing", "quality_team"],
    "score": 4,
    "before": 4,
    "sent_on": "2026-05-18",
    "consent": False,
}
FACTS = {
    "country": "Northland",
    "domain": "care",
    "held_on": "2026-06-01",
    "began_on": "2026-01-01",
    "answers": ["yes"],
}
WORKFLOW = a_workflow(
    a_state("first"),
    anchors={"visit": Anchor("visit", (Source("fact", "held_on"),)), "never": Anchor("never", ())},
)


def _case() -> Dossier:
    return a_dossier(
        records={"roadmap": (a_version(ROADMAP),), "bare": (a_version(),)}, facts=FACTS
    )


@pytest.mark.parametrize(
    "check",
    [
        Present("record.roadmap"),
        Present("record.bare"),
        Present("record.roadmap.consent"),
        Present("event.note"),
        FactIs("fact.country", one_of=("Northland", "Southland")),
        FactIs("fact.country", not_in=("Westland",)),
        FactIs("fact.country"),
        FactIs("record.roadmap.consent", one_of=(False,)),
        Same("fact.domain", "event.domain"),
        Between("record.roadmap.score", at_least=4, at_most=4),
        Between("record.roadmap.score", more_than="fact.unknown"),
        Count("record.roadmap.objectives", at_least=1, at_most=1, where={"horizon": "short"}),
        Count("record.roadmap.objectives", at_most=1, unless={"horizon": "mid"}),
        Count("record.roadmap.departments", at_least=2),
        Count("record.roadmap.departments", at_most=0, where={"title": "nothing"}),
        EachHas("record.roadmap.objectives", ("title", "horizon")),
        EachHas("record.roadmap.unknown", ("title",)),
        Covers("record.roadmap.wanted", "record.roadmap.departments"),
        OnOrBefore("fact.held_on", day="2026-06-01"),
        OnOrBefore("fact.held_on", limit=parse_rule("P3M")),
        OnOrBefore("fact.held_on", limit=parse_rule("never")),
        ToCome("fact.held_on"),
        SentBefore("record.roadmap.sent_on", "visit", parse_span("P14D")),
        SentBefore(
            "record.roadmap.sent_on", "visit", parse_span("P9WD")
        ),  # a holiday at the office
    ],
    ids=repr,
)
def test_a_check_that_is_met_lacks_nothing(check: Check) -> None:
    view = a_view(_case(), WORKFLOW, note="we met", domain="care")

    assert lacks(check, view) == ()


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        (Present("record.deck"), ["nobody has filed the deck yet"]),
        (Present("record.deck.pages"), ["nobody has filed the deck yet"]),
        (Present("event.note"), ["no reason is given in the note"]),
        (
            FactIs("fact.country", one_of=("Eastland", "Westland")),
            ["the country is Northland; Eastland or Westland is needed"],
        ),
        (
            FactIs("fact.status", one_of=("pilot",)),
            ["the status is not known yet; pilot is needed"],
        ),
        (
            FactIs("record.roadmap.consent", one_of=(True,)),
            ['the roadmap answers "consent" with no; yes is needed'],
        ),
        (FactIs("fact.country", not_in=("Northland",)), ["the country is Northland"]),
        (Same("fact.domain", "fact.country"), ["the domain is care, the country is Northland"]),
        (Same("fact.one", "fact.other"), ["the one is not known, the other is not known"]),
        (Between("fact.country"), ["the country is not known yet"]),
        (Between("record.roadmap.consent", at_least=0), ['the roadmap leaves "consent" empty']),
        (
            Between("record.roadmap.score", at_least=5),
            ['"score" in the roadmap is 4; at least 5 is needed'],
        ),
        (
            Between("record.roadmap.score", at_most=3),
            ['"score" in the roadmap is 4; at most 3 is allowed'],
        ),
        (
            Between("record.roadmap.score", more_than="record.roadmap.before"),
            ['"score" in the roadmap is 4, it was 4 before'],
        ),
        (
            Count("record.roadmap.objectives", at_least=2, at_most=3, where={"horizon": "short"}),
            ["the roadmap lists 1 objectives (short); 2 to 3 are needed"],
        ),
        (
            Count("record.roadmap.none", at_least=1),
            ['the roadmap leaves "none" empty; at least 1 is needed'],
        ),
        (
            Count("record.roadmap.objectives", at_least=1, at_most=1),
            ["the roadmap lists 2 objectives; exactly 1 is needed"],
        ),
        (
            EachHas("record.roadmap.objectives", ("actor", "milestone")),
            ['number 2 of "objectives" in the roadmap ("Data") has no actor and no milestone'],
        ),
        (
            Covers("record.roadmap.departments", "record.roadmap.wanted"),
            ["nobody named for quality team"],
        ),
        (
            Covers("record.roadmap.objectives", "record.roadmap.departments"),
            ["nobody named for surgery", "nobody named for nursing"],
        ),
        (Covers("record.deck.people", "record.roadmap.wanted"), ["nobody has filed the deck yet"]),
        (OnOrBefore("fact.none", day="2026-06-01"), ["the none is not known yet"]),
        (
            OnOrBefore("fact.held_on", day="2026-05-31"),
            ['"held on" is 2026-06-01; the last day is 2026-05-31'],
        ),
        (
            OnOrBefore("fact.held_on", day="2026-06-02", limit=parse_rule("P2M")),
            ['"held on" is 2026-06-01; the last day is 2026-05-02'],
        ),
        (ToCome("fact.none"), ["the none is not known yet"]),
        (ToCome("fact.country"), ["the country is not known yet"]),
        (
            ToCome("fact.began_on"),
            ['"began on" is 2026-01-01, a day gone by: today is 2026-03-02'],
        ),
        (SentBefore("fact.none", "visit", parse_span("P14D")), ["the none is not known yet"]),
        (
            SentBefore("record.roadmap.sent_on", "never", parse_span("P14D")),
            ["the day of never is not known"],
        ),
        (
            SentBefore("record.roadmap.sent_on", "visit", parse_span("P15D")),
            ["it was sent 14 days before, 15 days before are asked"],
        ),
        (
            SentBefore("record.roadmap.sent_on", "visit", parse_span("P10WD")),
            ["it was sent 14 days before, 10 working days before are asked"],
        ),
        (
            SentBefore("event.sent_on", "visit", parse_span("P1D")),
            ["it was sent 2 days after, 1 day before are asked"],
        ),
    ],
    ids=repr,
)
def test_a_check_that_is_not_met_says_what_is_missing(check: Check, missing: list[str]) -> None:
    view = a_view(_case(), WORKFLOW, note=" ", sent_on="2026-06-03")

    assert details(lacks(check, view)) == missing


def test_blank_text_is_not_given() -> None:
    view = a_view(a_dossier(facts={"said": "  \n"}), note="")

    assert Present("fact.said").lacks(view)
    assert Present("event.note").lacks(view)


def test_every_check_names_the_paths_it_reads() -> None:
    checks: tuple[Check, ...] = (
        Present("fact.a"),
        FactIs("fact.a"),
        Between("fact.a"),
        Count("fact.a"),
        EachHas("fact.a", ()),
        OnOrBefore("fact.a"),
        ToCome("fact.a"),
        SentBefore("fact.a", "visit", parse_span("P1D")),
    )

    assert {check.paths() for check in checks} == {("fact.a",)}
    assert Same("fact.a", "fact.b").paths() == ("fact.a", "fact.b")
    assert Covers("fact.a", "fact.b").paths() == ("fact.a", "fact.b")
    assert Between("fact.a", more_than="fact.b").paths() == ("fact.a", "fact.b")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("record.roadmap.objectives", '"objectives" in the roadmap'),
        ("fact.held_on", '"held on"'),
        ("date.first_visit.target", 'the day of "first visit"'),
        ("record", "the record"),
    ],
)
def test_a_path_is_said_as_a_person_would_say_it(path: str, words: str) -> None:
    assert noun(a_view(_case(), WORKFLOW), path) == words


def test_a_value_is_said_as_a_person_would_say_it() -> None:
    assert [said(value) for value in (None, True, False, "short_term", 3)] == [
        "not known",
        "yes",
        "no",
        "short term",
        "3",
    ]
