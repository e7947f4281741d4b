"""What an entry changed is told in words that people use."""

from runtime.queries.journal_changes import Change, Telling
from tests.support.stories import a_state, a_workflow

WAITED = {"words": "One signature is open.", "severity": "amber", "until": "memorandum/unsigned"}


def test_the_reasons_of_a_flag_are_told_without_the_names_of_what_ends_them() -> None:
    telling = Telling(a_workflow(a_state("first")), {})

    (change,) = telling.changes({"facts": {"reasons": [WAITED]}})

    assert change == Change("reasons", None, ["One signature is open. (amber)"])


def test_reasons_that_are_gone_are_told_in_words_too() -> None:
    telling = Telling(a_workflow(a_state("first")), {})
    telling.changes({"facts": {"reasons": [WAITED]}})

    (change,) = telling.changes({"dropped": ["reasons"]})

    assert change == Change("reasons", ["One signature is open. (amber)"], None)
