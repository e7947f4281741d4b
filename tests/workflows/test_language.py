"""What people write, with its words and what it leaves out, is the workflow written in full."""

import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from engine.checks.values import Present
from tests.support.garden import TEXT
from workflows.registry import DefinitionProblemsError, load_programme, parse_workflow
from workflows.schema.digests import with_letters
from workflows.schema.letters import parse_letters

SHORT = Path(__file__).parent / "definitions" / "short"
# What the language always says and the full form may leave out.
_ALWAYS_SAID = {
    "{at: {later_of: [T0 + P3M": "{name: late, at: {later_of: [T0 + P3M",
    "forgotten:\n": "forgotten:\n        title: a plot nobody asked about\n",
    "flag: F-02, always": "flag: F-02, severity: info, always",
}


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHORT, tmp_path / "short"))


def test_a_definition_in_the_language_is_the_one_written_in_full() -> None:
    made = load_programme(SHORT).workflows["planting"]

    full = TEXT
    for left_out, said in _ALWAYS_SAID.items():
        assert left_out in full
        full = full.replace(left_out, said)
    assert _said(made) == _said(parse_workflow(full, "planting.yaml"))


def test_letters_take_what_they_leave_out_from_their_stage_their_letter_and_their_text() -> None:
    ask, nudge, _phone, lead = load_programme(SHORT).letters.stages()

    assert (ask.to, ask.urgency, ask.minutes) == (("mentor", "gardener"), "at_once", 5)
    assert (ask.act, ask.told) == ("sign the lease", "{{ gardener_name }}.")
    assert ask.reason == "you share a plot with {{ gardener_name }}."
    assert (nudge.to, nudge.urgency) == (("whose_turn",), "next_slot")
    assert (lead.to, lead.urgency, lead.minutes) == (("lead",), "digest_only", None)
    assert (lead.act, lead.told) == ("none", "nobody.")


def test_what_a_case_is_pinned_to_needs_no_other_file() -> None:
    programme = load_programme(SHORT)

    kept = parse_workflow(programme.text_of("planting"), "kept")

    letters = parse_letters(programme.letters_text, "letters")
    assert with_letters(kept, letters).digest == programme.workflows["planting"].digest
    assert _said(kept) == _said(programme.workflows["planting"])


def test_a_requirement_says_where_it_is_written_and_a_step_that_names_it_does_too(
    short: Path,
) -> None:
    dig = load_programme(short).workflows["planting"].transitions[0]

    declared = {each.name: each.place for each in dig.requires}

    text = (short / "planting.yaml").read_text(encoding="utf-8").splitlines()
    assert text[declared["size"].line - 1].startswith("  size: {between:")
    assert text[dig.place.line - 1].strip() == "to: digging"


REFUSED = {
    "requires: [lease_signed,": ("requires: [lease_sined,", 'did you mean "lease_signed"?'),
    "until: lease_signed": ("until: lease_sined", 'did you mean "lease_signed"?'),
    "weight: warning": ("weight: warnig", 'did you mean "warning"?'),
    "{count: record.plan.beds": ("{cuont: record.plan.beds", 'did you mean "count"?'),
    "{present: record.plan}": ("{presnt: record.plan}", 'did you mean "present"?'),
    "summary: text": ("summary: txt", 'did you mean "text"?'),
    "nudge: P5WD": ("nuge: P5WD", 'N-03 has no stage nuge: did you mean "nudge"?'),
    "ask: P0D": ("ask: P0D evry P5D", "P0D evry P5D"),
    "calendar: mentor": ("calender: mentor", 'did you mean "calendar"?'),
    "initial: asked": ("inital: asked", 'did you mean "initial"?'),
    "rest: {from: any_open_state": ("rst: {from: any_open_state", "nothing is said for rst"),
    "places: {within_capacity: 14": (
        "plots: {within_capacity: 15, owner: lead}\n  places: {within_capacity: 14",
        "nothing asks for plots",
    ),
    "still_wet: {children: watering,": (
        "still_wet: {children: watering, weight: never,",
        "nothing reads weight",
    ),
    "F-02: {severity: info,": ("F-02: {severity: inf,", 'did you mean "info"?'),
    "dig:\n            to: digging": (
        "dig:\n            from: [resting]\n            to: digging",
        "the step stands in asked: name it here as well",
    ),
    "filed: [{notify: N-01.filed, to: mentor.team}]": (
        "filed: [{notify: N-03.aks}]",
        'did you mean "N-03.ask"?',
    ),
    "rungs: {lead_again: {letter: N-03.lead, to: lead}}": (
        "rungs: {lead_again: {letter: N-03.laed}}",
        'did you mean "N-03.lead"?',
    ),
    ", fire: withdraw}}}": (
        "}}}",
        "the rung late sends nothing: write its letter, or what such a rung usually sends",
    ),
    "    note: {from: [asked, digging], to: stay}\n": ("", "each holds for nothing here"),
    "each: {by: mentor, then: [{set: last_answer, from: event.note}]}": (
        "each: [{by: mentor}]",
        "each is one mapping, not a list",
    ),
    "  never: {waived_by: []}": (
        "  never: {waived_by: []}\n  heavy: {waived_by: lead}",
        "nothing asks for heavy",
    ),
    "    by: gardener\n    readers:": (
        "    by: gardener\n    weight: never\n    readers:",
        "no step asks for record.plan",
    ),
    "forgotten: {rungs: {late: {at: {later_of: [T0 + P3M, visit + P1M]}, fire: withdraw}}}": (
        "waiting: {rungs: {late: {at: P3M, fire: withdraw}}}\n        waiting: {lead_again: P9D}",
        "the ladder waiting is written twice",
    ),
    "      closed: {final: true": ("      asked: {final: true", "the state asked already stands"),
}


@pytest.mark.parametrize("right", REFUSED)
def test_a_mistake_is_refused_where_it_is_written(short: Path, right: str) -> None:
    wrong, said = REFUSED[right]
    path = short / "planting.yaml"
    text = path.read_text(encoding="utf-8")
    _change(path, right, wrong)

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(short)

    [first] = {each for each in refused.value.sentences if said in each} or {str(refused.value)}
    place, line, *_ = first.split(":")
    begins = text[: text.index(right)].count("\n") + 1
    assert said in first
    assert place == str(path)
    assert begins - 1 <= int(line) <= begins + wrong.count("\n"), first


def test_a_step_may_ask_for_a_record_itself_with_the_words_of_the_record(short: Path) -> None:
    _change(short / "planting.yaml", "beds_in_rule, size,", "beds_in_rule, record.plan, size,")
    _change(short / "planting.yaml", "    by: gardener\n", "    by: gardener\n    weight: never\n")
    _change(
        short / "words" / "en" / "planting.yaml",
        "  plan: Planting plan\n",
        "  plan: {title: Planting plan, says: It is in., remedy: File it., why_never: No plan.}\n",
    )

    dig = load_programme(short).workflows["planting"].transitions[0]

    asked = {each.name: each for each in dig.requires}["plan_filed"]
    assert asked.check == Present("record.plan")
    assert (asked.owner, asked.says, asked.remedy) == ("gardener", "It is in.", "File it.")
    assert (asked.no_waiver, asked.rule) == ("No plan.", ("A-01", "A-02"))


def test_one_step_may_lead_several_ways_and_a_state_may_name_its_step_differently(
    short: Path,
) -> None:
    _change(
        short / "planting.yaml",
        "      resting: {pauses: true, acts: lead}\n",
        "      resting:\n        pauses: true\n        acts: lead\n        steps:\n"
        "          withdraw: [{to: asked, requires: [size]}, {to: closed}]\n",
    )
    _change(short / "planting.yaml", "[asked, digging, resting], to: closed", "[asked], to: closed")
    _change(
        short / "words" / "en" / "planting.yaml",
        "  withdraw: Withdraw\n",
        "  withdraw: Withdraw\n  resting.withdraw: Give up the plot\n",
    )

    steps = load_programme(short).workflows["planting"].transitions

    ways = [(each.title, each.target) for each in steps if each.trigger == "withdraw"]
    assert ways == [
        ("Give up the plot", "asked"),
        ("Give up the plot", "closed"),
        ("Withdraw", "closed"),
    ]


def test_letters_may_say_nothing_of_what_a_stage_usually_is(short: Path) -> None:
    _change(short / "letters.yaml", "stages:\n  lead: {to: lead, urgency: digest_only}\n", "")

    *_, lead = load_programme(short).letters.stages()

    assert (lead.to, lead.urgency) == (("mentor", "gardener"), "at_once")


def test_a_text_that_leaves_out_a_line_which_is_not_usual_is_named(short: Path) -> None:
    _change(short / "words" / "en" / "letters.yaml", "act: none, ", "")

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(short)

    remedy = "write `Act: ...` above it, or `usual: act:` in the words of letters"
    text = short / "words" / "en" / "letters" / "N-03" / "lead.txt"
    assert f"{text}:1:1: the text has no line Act: {remedy}" in refused.value.sentences


def test_words_that_no_definition_has_are_refused(short: Path) -> None:
    stray = short / "words" / "en" / "plantign.yaml"
    stray.write_text("title: Planting\n", encoding="utf-8")

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(short)

    assert str(refused.value) == f"{stray}:1:1: nothing reads these words: remove the file"


def test_a_definition_without_its_words_says_where_they_belong(short: Path) -> None:
    words = short / "words" / "en" / "planting.yaml"
    words.unlink()

    with pytest.raises(DefinitionProblemsError, match="no words are there for planting") as refused:
        load_programme(short)

    assert str(words) in str(refused.value)


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _said(value: object) -> object:
    """A value of the engine by all it says, places and the hash of its text aside."""
    if is_dataclass(value):
        aside = ("place", "fact_places", "digest")
        named = {each.name: getattr(value, each.name) for each in fields(value)}
        said = {name: _said(each) for name, each in named.items() if name not in aside}
        return type(value).__name__, said
    if isinstance(value, Mapping):
        return {key: _said(each) for key, each in value.items()}
    return [_said(each) for each in value] if isinstance(value, (list, tuple)) else value
