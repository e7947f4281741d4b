"""What people write, with its words and what it leaves out, is the workflow written in full."""

import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from tests.support.garden import TEXT
from workflows.registry import DefinitionProblemsError, load_programme, parse_workflow

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

    assert kept.digest == programme.workflows["planting"].digest
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
    "      closed: {final: true": ("      asked: {final: true", "the state asked already stands"),
}


@pytest.mark.parametrize("right", REFUSED)
def test_a_mistake_is_refused_where_it_is_written(short: Path, right: str) -> None:
    wrong, said = REFUSED[right]
    path = short / "planting.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(short)

    lines = text.replace(right, wrong, 1).splitlines()
    [first] = {each for each in refused.value.sentences if said in each} or {"nothing"}
    place, number, column, *_ = first.split(":")
    assert place == str(path), refused.value
    assert wrong.split("\n")[0].split()[0].strip("{") in lines[int(number) - 1] or wrong.count("\n")
    assert 0 < int(column) <= len(lines[int(number) - 1])


def _said(value: object) -> object:
    """A value of the engine by all it says, places and the hash of its text aside."""
    if is_dataclass(value):
        aside = ("place", "digest")
        named = {each.name: getattr(value, each.name) for each in fields(value)}
        said = {name: _said(each) for name, each in named.items() if name not in aside}
        return type(value).__name__, said
    if isinstance(value, Mapping):
        return {key: _said(each) for key, each in value.items()}
    return [_said(each) for each in value] if isinstance(value, (list, tuple)) else value
