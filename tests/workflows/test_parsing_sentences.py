"""What is wrong with a definition is said in a sentence: where, what, and what would be right."""

import pytest

from tests.support.garden import PLANTING, TEXT, place
from workflows.schema.parse import DefinitionProblemsError, parse_workflow

# What stands in planting.yaml, what stands there instead, and what is said about it.
MISTAKES = (
    ("at_least: 2\n", "atleast: 2\n", 'the key "atleast" is not known: did you mean "at_least"?'),
    (
        "at_least: 2\n",
        "places: 2\n",
        'the key "places" is not known: known here: at_least, at_most',
    ),
    ("record: lease\n", "recrd: lease\n", 'the key "recrd" is not known: did you mean "record"?'),
    ("record: lease\n", "recrd: lease\n", '"record" is missing: add a line `record: ...`'),
    ("check: between", "check: betwen", 'cannot be "betwen": did you mean "between"?'),
    ("check: between, ", "", "does not say its kind: add 'check'"),
    ("P5WD", "P5X", "'P5X' is not a span; write such as P3M"),
    ("P5WD", "-P5D", "name the anchor, such as target - P5D"),
    ("T0 + P3M, ends", "T0 + 3M, ends", "is not a date: write such as T0 + P3M"),
    ("{later_of: [T0 + P3M, visit + P1M]}", "{later_of: [T0]}", "a list of two dates or more"),
    ("every: P10WD", "every: P0D", "every P0D never comes again: write such as P7D"),
    ("every: P10WD", "every: -P7D", "every -P7D never comes again"),
    ("by: P14D", "by: 14", "a span is written such as P3M, P14D or P10WD"),
    ("asked:\n", "so asked:\n", "'so asked' is not a name: write letters a to z, digits and _"),
    ("asked:\n", "__class__:\n", "'__class__' is not a name"),
    ("asked:\n", "\u0430sked:\n", "'\\u0430sked' is not a name"),
    ("  F-01: {", "  F 01: {", "'F 01' is not an id: write such as F-08"),
    ("- {notify: N-04.begin", "- {notifi: N-04.begin", "one of notify, open, tell, set, flag"),
    ("notify: N-04.begin", "notify: N-04", "'N-04' is not a letter: write its name and stage"),
    ("to: [whose_turn]", "to: [whose turn]", "'whose turn' is not an audience: write a role"),
    ("to: [whose_turn]", "to: whose_turn", '"to" should be a list (`- ` before each item)'),
    ("to: [whose_turn]", "to: []", "nothing stands in it: write at least one"),
    (
        "N-03.nudge, to: [whose_turn]",
        "N-03.nudge",
        "a letter has readers: write letter and to together",
    ),
    ("letter: N-03.nudge, to: [whose_turn]", "above: true", "has a letter, a flag, or a trigger"),
    ("flag: F-01, severity: amber", "severity: amber", "a severity belongs to a flag"),
    ("severity: red}\n", "severity: rad}\n", '"severity" cannot be "rad": did you mean "red"?'),
    ("pause, children: all", "pause", "tell whom? write children: all, children: a workflow"),
    ("pause, children: all", "pause, children: all, parent: true", "tell whom?"),
    ("season, value: summer", "season", "set to what? write value: ..., or from: a path"),
    ("season, value: summer", "season, value: summer, from: fact.a", "set to what?"),
    ("kind: number, ", "kind: numbr, ", '"kind" cannot be "numbr": did you mean "number"?'),
    ("hours: whole", "hours: hole", '"kind" cannot be "hole": did you mean "whole"?'),
    ("held_on: date", "held_on: choice", "choices belong to kind choice"),
    ("held_on: date", "held_on: rows", "rows: {field: kind} belongs to kind rows"),
    ("held_on: date", "held_on: {kind: date, at_least: 2}", "at_least and at_most bound only"),
    ("at_least: 1.5", "at_least: 50", "at_least is more than at_most: nothing could fit"),
    ("signatories: [mentor, gardener]\n", "readers: []\n", "signed: needs signatories"),
    ("T0: {entered: digging}", "T0: {}", "a date comes from exactly one of entered, actual"),
    ("T0: {entered: digging}", "T0: {entered: digging, fact: x}", "exactly one of"),
    ("{actual: visit_note.held_on}, {planned", "{actual: note}, {planned", "names record.field"),
    ("fact: review_on", "fact: review_on, without: {a: b}", "without belongs to earliest"),
    ("T0: {entered: digging}", "T0: {first_of: [{fact: x}], fact: x}", "stands alone"),
    ("title: Resting, ", "title: Resting, final: true, ", "a final state cannot pause"),
    ("title: Resting, ", "title: '', ", "the text is empty: write it, or remove the line"),
    ("title: Resting, ", "title: Resting, window: , ", "nothing is written here: write a value"),
    ("months: 12", "months: '12'", '"months" should be a whole number, not "12"'),
    ("months: 12", "months: -1", "-1 is out of bounds: write a whole number from 0 to"),
    (
        'sends_at: "07:30"',
        'sends_at: "7:30"',
        'a time of day is written in quotes, such as "08:00"',
    ),
    ('version: "1.0"', "version: 1.0", '"version" should be text, not the number 1.0: put it in'),
    ("facts: {season: spring", "facts: {season: [spring]", "a single text, number, true or false"),
    ("from: asked", "from: 3", "should be text, not the number 3"),
    ("from: {phase: growing}", "from: {phase: growin}", 'did you mean "growing"?'),
    ("from: {phase: growing}", "from: {phas: growing}", 'the key "phas" is not known'),
    ("from: {phase: growing}", "from: {phase: other}", "declared are: asking, growing"),
    ("from: asked", "from: [asked, any_open_state]", 'the state "asked" stands here twice'),
    ("from: [asked, digging, resting]", "from: [asked, asked]", "stands here twice: remove one"),
    ("        waiver: [lead]", "        no_waiver: Never.\n        waiver: [lead]", "keep one"),
    ("filed: [plan], left: [asked]", "always: false", "when is it looked at? write filed: [...]"),
    ("name: size,", "name: places,", '"places" is the name of another requirement in line'),
    ("name: still_wet,", "name: places,", '"places" is the name of another requirement in line'),
    ("watches:\n", "watchs:\n", 'the key "watchs" is not known: did you mean "watches"?'),
    ("check: present, of: event.note}, {", "check: any_of, of: []}, {", 'cannot be "any_of"'),
)


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_remedy(right: str, wrong: str, said: str) -> None:
    assert right in TEXT

    with pytest.raises(DefinitionProblemsError) as refusal:
        parse_workflow(TEXT.replace(right, wrong, 1), "planting.yaml")

    assert any(said in sentence for sentence in refusal.value.sentences), str(refusal.value)
    for sentence in refusal.value.sentences:
        assert sentence.startswith("planting.yaml:")
        assert "Input should" not in sentence
        assert "validation" not in sentence


def test_the_place_is_where_the_mistake_stands() -> None:
    broken = TEXT.replace("severity: red}\n", "severity: rad}\n", 1)

    with pytest.raises(DefinitionProblemsError) as refusal:
        parse_workflow(broken, str(PLANTING))

    line = place("{flag: F-02, severity: red}").line
    (sentence,) = refusal.value.sentences
    assert sentence.startswith(
        f"{PLANTING}:{line}:{broken.splitlines()[line - 1].index('rad') + 1}:"
    )


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    broken = TEXT
    for right, wrong in (("months: 12", "months: no"), ("P5WD", "P5X"), ("from: asked", "from: 3")):
        broken = broken.replace(right, wrong, 1)
    broken = broken.replace("months: no", "months: twelve")

    with pytest.raises(DefinitionProblemsError) as refusal:
        parse_workflow(broken, "planting.yaml")

    lines = [int(sentence.split(":")[1]) for sentence in refusal.value.sentences]
    assert len(lines) == 3
    assert lines == sorted(lines)
    assert str(refusal.value) == "\n".join(refusal.value.sentences)


def test_one_requirement_may_stand_twice_in_the_same_words() -> None:
    words = next(line for line in TEXT.splitlines() if "name: places" in line)

    twice = parse_workflow(
        f"{TEXT}  no_contact_left: []\n".replace(
            "to: resting, by: [lead]}",
            f"to: resting, by: [lead], requires: [{words.strip(' -')}]}}",
        ),
        "planting.yaml",
    )

    assert [each.name for each in twice.requirements()].count("places") == 2


def test_a_file_that_is_no_yaml_is_refused_in_the_same_way() -> None:
    with pytest.raises(DefinitionProblemsError, match=r"^x.yaml:1:1: .*save it as UTF-8"):
        parse_workflow("a: 1".encode("utf-16"), "x.yaml")


def test_a_phase_whose_states_all_end_or_pause_is_no_source() -> None:
    broken = TEXT.replace("phases: {", "phases: {winter: Winter, ", 1)

    with pytest.raises(DefinitionProblemsError, match="no state is left open there"):
        parse_workflow(broken.replace("{phase: growing}", "{phase: winter}"), "x.yaml")
