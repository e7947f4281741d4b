"""Settings of a definition: named where their value stands, refused where that makes no sense."""

import shutil
from pathlib import Path

import pytest

from engine.lint.lint import problems
from engine.model.adapting import Adaptation, adapted
from engine.model.definition import Workflow
from engine.model.settings import Value
from engine.time.spans import Span
from tests.support.orchard import in_english
from workflows.registry import DefinitionProblemsError, built_in, load_programme, parse_workflow

SHORT = Path(__file__).parent / "definitions" / "short"
DECLARED = """settings:
  grace: {is: P14D, within: [P7D, P28D], by: lead, rule: Q-01}
  beds_at_least: {is: 2, within: [1, 3], by: lead}
  wet: {is: true, by: lead}
"""
WORDS = "settings: {grace: days to sign, beds_at_least: beds, wet: whether it may be wet}\n"
NAMED = {
    "source: ": f"{DECLARED}source: ",
    "phone: {at: P14D": "phone: {at: grace",
    "limit: visit + P14D": "limit: visit - grace",
    "at_least: 2, at_most: 3, weight": "at_least: beds_at_least, at_most: 3, weight",
    "{is: fact.season, one_of: [spring, 4, true]}": "{is_true: setting.wet}",
    "    rule: [A-01, A-02]\n    by: gardener": "    rule: A-01\n    by: gardener",
}


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SHORT, tmp_path / "short"))
    _change(folder / "planting.yaml", **NAMED)
    _change(folder / "words" / "en" / "planting.yaml", **{"phases:": f"{WORDS}phases:"})
    return folder


def _change(path: Path, **changes: str) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def _phone(workflow: Workflow) -> Span:
    rungs = workflow.states["asked"].ladders[0].rungs
    return next(rung.at.span for rung in rungs if rung.name == "phone")  # type: ignore[union-attr] # no later_of


def test_a_setting_stands_wherever_its_value_may(garden: Path) -> None:
    programme = load_programme(garden)
    planting = programme.workflows["planting"]

    again = parse_workflow(programme.text_of("planting"), "kept")
    other = adapted(again, Adaptation((("grace", Span(days=20)), ("beds_at_least", 1))))

    assert (_phone(planting), _phone(again), _phone(other)) == (
        Span(days=14),
        Span(days=14),
        Span(days=20),
    )
    checks = {each.name: each.check for each in other.requirements()}
    assert checks["dug_in_time"].limit.span == Span(days=-20)  # type: ignore[attr-defined] # of this kind
    assert checks["beds_in_rule"].at_least == 1  # type: ignore[attr-defined] # of this kind
    assert other.settings["grace"].value == Span(days=20)
    assert adapted(other, Adaptation()) is again


REFUSED = {
    "phone: {at: T0 + grcae": ("phone: {at: grace", 'did you mean "grace"?'),
    "phone: {at: T0 + beds_at_least": ("phone: {at: grace", "is a span of time"),
    "every: garce": ("every: P10WD", 'did you mean "grace"?'),
    "every: beds_at_least": ("every: P10WD", "a span such as P3M should stand here"),
    "at_least: bed_at_least": ("at_least: beds_at_least", 'did you mean "beds_at_least"?'),
    "at_least: grace": ("at_least: beds_at_least", "a whole number should stand here"),
    "within: [P15D, P28D]": ("within: [P7D, P28D]", "is not within 15 days and 28 days"),
    "within: [7, 28]": ("within: [P7D, P28D]", "of another kind"),
    "wet: {is: true, within: [1, 2], by: lead}": ("wet: {is: true, by: lead}", "no bounds"),
    "grace: {within": ("grace: {is: P14D, within", "what is it?"),
    "{of: plantation": ("{is: P14D, within: [P7D, P28D]", "no workflow with settings"),
    "wat: {is: true": ("wet: {is: true", "nothing is said for wat"),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_setting_that_makes_no_sense_is_refused_where_it_stands(garden: Path, wrong: str) -> None:
    right, said = REFUSED[wrong]
    path = garden / "planting.yaml"
    text = path.read_text(encoding="utf-8")
    _change(path, **{right: wrong})

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(garden)

    first = next((each for each in refused.value.sentences if said in each), str(refused.value))
    assert said in first
    assert first.split(":")[1] == str(text[: text.index(right)].count("\n") + 1)


def test_what_nothing_uses_or_changes_is_found(tmp_path: Path) -> None:
    folder = in_english(built_in("wp6"), tmp_path / "wp6")
    pairing = folder / "pairing.yaml"
    _change(pairing, **{"slip: slip_of_objectives": "slip: 60", "    adapts: true\n": ""})
    _change(pairing, **{"within: [P4M, P6M], by: lead": "within: [P4M, P6M], by: leed"})

    programme = load_programme(folder)
    found = {each.sentence for each in problems(programme.workflows, programme.letters)}

    assert "nothing uses the setting slip_of_objectives" in found
    assert "no record of pairing changes the setting check_in_opens" in found
    assert any(each.startswith("no role of the office") and "leed" in each for each in found)


@pytest.mark.parametrize("bound", ["lowest", "highest"])
def test_at_the_bounds_of_all_its_settings_the_programme_is_sound(bound: str) -> None:
    programme = load_programme(built_in("wp6"))
    known = programme.workflows["pairing"].settings.values()
    wanted: dict[str, Value | None] = {each.name: getattr(each, bound) for each in known}
    # Yes and no have no bounds: there is the other one.
    given = [(s.name, not s.value if (to := wanted[s.name]) is None else to) for s in known]

    at_bounds = {
        name: adapted(each, Adaptation(tuple(given))) for name, each in programme.workflows.items()
    }

    assert problems(at_bounds, programme.letters) == ()
