"""Which records in force say a word of a list, and which only what was taken out of it."""

from dataclasses import replace

from engine.checks.words_in_use import words_in_use
from engine.model.definition import RecordType
from engine.model.fields import Field
from tests.support.dossiers import a_dossier, a_version
from tests.support.stories import a_state, a_workflow

INDICATORS = Field("indicators", "list", among="list.indicators")
WORKFLOW = a_workflow(
    a_state("first"),
    records={
        "indicators": RecordType("indicators", "Indicators", (), fields=(INDICATORS,)),
        "deed": RecordType(
            "deed", "Deed", (), fields=(replace(INDICATORS, among="record.indicators.indicators"),)
        ),
        "measured": RecordType(
            "measured",
            "Measured",
            (),
            fields=(Field("rows", "rows", rows=(Field("level", "number", among="list.scale"),)),),
        ),
        "note": RecordType("note", "Note", (), fields=(Field("indicators", "list"),)),
    },
)
SAID = {"indicators": ["Days", "Share"]}
CASE = a_dossier(
    records={
        "indicators": (a_version({"indicators": ["Beds"]}), a_version(SAID, number=2)),
        "deed": (a_version({"indicators": ["Share"]}),),
        "measured": (a_version({"rows": [{"level": 2}, {"level": 2.5}, {"level": None}]}),),
        "note": (a_version(SAID),),
    }
)


def test_a_word_is_in_use_where_it_was_taken_from_the_list_or_from_what_says_it() -> None:
    used = set(words_in_use(WORKFLOW, CASE, "indicators", ["Share", "Beds"]))

    assert used == {("Share", "indicators", 2), ("Share", "deed", 1)}


def test_a_level_is_in_use_however_its_number_is_written() -> None:
    used = set(words_in_use(WORKFLOW, CASE, "scale", ["2.0", "2.50", "3"]))

    assert used == {("2.0", "measured", 1), ("2.50", "measured", 1)}
