"""What a preview notes is told in words: answers, and why a flag is up."""

from engine.model.reasons import Reason, facts_of
from runtime.queries.notes import noted
from tests.support.dossiers import a_dossier


def test_a_fact_is_noted_as_people_read_it() -> None:
    before = a_dossier(version=1, facts={"memorandum_complete": True, "seen": "by nobody"})
    reasons = (Reason("Seen on a call", "red"), Reason("the report is late", "amber", "late"))
    after = a_dossier(version=2, facts={"memorandum_complete": False, **facts_of(reasons)})

    found = {each.which: each.detail for each in noted(before, after) if each.what == "fact"}

    assert found["memorandum_complete"] == "no"
    assert found["reasons"] == "Seen on a call (red), the report is late (amber)"
    assert found["seen"] == "taken away"
