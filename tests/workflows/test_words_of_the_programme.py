"""What the programme takes no free text for: domains, countries, levels, items and indicators."""

from dataclasses import replace

import pytest

from engine.checks.among import offered
from engine.checks.records import problems
from engine.model.word_lists import LISTS
from tests.support.dossiers import a_dossier, a_party, a_version
from tests.support.stories import a_view
from tests.support.world import wp6

PAIRING = wp6().workflows["pairing"]
OFFICE = replace(
    a_party("office"),
    facts={
        LISTS: {
            "maturity_scale": ["0", "5"],
            "readiness_items": ["A board exists"],
            "quality_indicators": ["Days until the board", "Share with a plan"],
        }
    },
)
FILED = {
    "indicators": (a_version({"indicators": ["Share with a plan"]}),),
    "memorandum": (a_version({"indicators": ["Share with a plan"]}),),
}
WRONG: dict[str, tuple[str, dict[str, object], str]] = {
    "domain Cooking": ("eoi", {"domain_interest": "Cooking"}, "Choose one of: Governance, Care"),
    "domain of a match": ("match", {"domain": "Preventoin"}, "Did you mean Prevention?"),
    "country Atlantis": ("eoi", {"country": "Atlantis"}, "a country by its code"),
    "score 222": ("maturity_baseline", {"overall_score": 222}, "Give at most 5."),
    "score of a domain": (
        "maturity_final",
        {"scores": [{"domain": "Care", "score": 6}]},
        "Give at most 5.",
    ),
    "scored domain": (
        "maturity_mid_term",
        {"scores": [{"domain": "Caer", "score": 4}]},
        "Did you mean Care?",
    ),
    "readiness item": (
        "readiness_monitoring",
        {"answers": [{"item": "A bord exists", "answer": "in_place"}]},
        "Did you mean A board exists?",
    ),
    "indicator of nobody": ("indicators", {"indicators": ["Beds"]}, "Choose one of: Days until"),
    "indicator never proposed": (
        "memorandum",
        {"indicators": ["Days until the board"]},
        "Choose one of: Share with a plan.",
    ),
    "indicator never agreed": (
        "indicators_final",
        {"measured": [{"indicator": "Days", "value": 3, "measured_on": "2027-01-02"}]},
        "Choose one of: Share with a plan.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_stands_in_no_list_of_the_programme_is_refused_at_entry(name: str) -> None:
    record, content, told = WRONG[name]
    view = a_view(a_dossier(office=OFFICE, records=FILED), PAIRING)

    found = problems(offered(PAIRING.records[record], view).fields, content)

    assert [each.remedy for each in found if not each.is_gap and told in each.remedy]


def test_every_domain_of_a_coordinator_has_departments_to_ask_for() -> None:
    rows = wp6().reference["coordinators"]["coordinators"]  # type: ignore[index]  # as the file stands
    domains = {row["domain"] for row in rows}

    assert domains == set(PAIRING.lists["domains"].entries)
    assert all(entry["departments"] for entry in PAIRING.lists["domains"].entries.values())
