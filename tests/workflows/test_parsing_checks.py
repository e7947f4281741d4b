"""Every check of the vocabulary can be written in a definition, with its parameters in line."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields

import pytest

from engine.checks.case import (
    Children,
    FiledBy,
    Kept,
    NewerThan,
    NoneOverdue,
    PinnedTo,
    Reachable,
    SignedBy,
)
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.people import TakesPart
from engine.checks.programme import (
    AnyOf,
    ForecastBy,
    LoadWithin,
    OneAtATime,
    OneQuestion,
    WithinCapacity,
)
from engine.checks.values import Between, Count, Covers, EachHas, FactIs, Present, Same
from engine.checks.vocabulary import CHECKS
from engine.model.check import Check
from engine.time.spans import Span
from engine.time.windows import Later, When
from workflows.schema import checks
from workflows.schema.form import shape_of
from workflows.schema.parse import DefinitionProblemsError, parse_workflow
from workflows.schema.steps import RequirementForm, WatchShape

WRITTEN: Mapping[str, tuple[dict[str, object], Check]] = {
    "present": ({"of": "event.note"}, Present("event.note")),
    "is": (
        {"of": "fact.season", "one_of": ["spring", 4, True, 0.5], "not_in": ["no"]},
        FactIs("fact.season", ("spring", 4, True, 0.5), ("no",)),
    ),
    "same": ({"of": "fact.a", "other": "parent.fact.a"}, Same("fact.a", "parent.fact.a")),
    "between": (
        {"of": "fact.size", "at_least": 2, "at_most": 3.5, "more_than": "fact.before"},
        Between("fact.size", 2.0, 3.5, "fact.before"),
    ),
    "count": (
        {"of": "record.plan.beds", "at_least": 2, "at_most": 3, "where": {"kind": "short"}},
        Count("record.plan.beds", 2, 3, {"kind": "short"}),
    ),
    "each_has": (
        {"of": "record.plan.beds", "fields": ["title", "tools"]},
        EachHas("record.plan.beds", ("title", "tools")),
    ),
    "covers": ({"of": "fact.named", "wanted": "fact.needed"}, Covers("fact.named", "fact.needed")),
    "on_or_before": (
        {"of": "record.note.on", "day": "2026-12-14", "limit": {"later_of": ["T0 + P1M", "P5D"]}},
        OnOrBefore(
            "record.note.on",
            "2026-12-14",
            Later((When("T0", Span(months=1)), When("entry", Span(days=5)))),
        ),
    ),
    "to_come": ({"of": "event.until"}, ToCome("event.until")),
    "sent_before": (
        {"of": "record.plan.filed_at", "before": "visit", "by": "P14D"},
        SentBefore("record.plan.filed_at", "visit", Span(days=14)),
    ),
    "signed_by": ({"record": "lease", "roles": ["lead"]}, SignedBy("lease", ("lead",))),
    "filed_by": ({"record": "plan", "roles": ["gardener"]}, FiledBy("plan", ("gardener",))),
    "pinned_to": (
        {"of": "record.lease.plan", "record": "plan"},
        PinnedTo("record.lease.plan", "plan"),
    ),
    "newer_than": ({"record": "plan", "state": "asked"}, NewerThan("plan", "asked")),
    "kept": (
        {
            "record": "plan",
            "rows": "beds",
            "key": "title",
            "fields": ["helper"],
            "date": "until",
            "slip": 14,
            "since": "record.lease.plan",
        },
        Kept("plan", "beds", "title", ("helper",), "until", 14, "record.lease.plan"),
    ),
    "none_overdue": (
        {"of": "record.plan.beds", "date": "until", "grace": 7, "unless": {"state": "done"}},
        NoneOverdue("record.plan.beds", "until", 7, {"state": "done"}),
    ),
    "children": (
        {"workflow": "watering", "at_most": 0, "closed": False, "states": ["due", "late"]},
        Children("watering", 0, 0, closed=False, states=("due", "late")),
    ),
    "takes_part": ({"of": "event.owner", "office": True}, TakesPart("event.owner", office=True)),
    "reachable": ({"roles": ["lead", "gardener"]}, Reachable(("lead", "gardener"))),
    "within_capacity": ({"places": 14}, WithinCapacity(14)),
    "one_at_a_time": ({"side": "gardener"}, OneAtATime("gardener")),
    "one_question": ({"side": "gardener"}, OneQuestion("gardener")),
    "times_named": ({"meeting": "visit"}, TimesNamed("visit")),
    "day_fixed": ({"meeting": "visit", "grace": 5}, DayFixed("visit", 5)),
    "forecast_by": (
        {"state": "closed", "day": "2027-12-31", "months": 12, "slack": 30},
        ForecastBy("closed", "2027-12-31", 12, 30),
    ),
    "load_within": ({"role": "lead", "visits": 2, "meetings": 5}, LoadWithin("lead", 2, 5)),
    "any_of": (
        {
            "of": [
                {"check": "present", "of": "event.note"},
                {"check": "reachable", "roles": ["lead"]},
            ]
        },
        AnyOf((Present("event.note"), Reachable(("lead",)))),
    ),
}
ASKING = {"name": "asked", "says": "It is so.", "owner": "lead", "remedy": "Make it so."}


def definition(check: Mapping[str, object], when: Mapping[str, object] | None = None) -> str:
    """A workflow whose one requirement asks this check; `when` also guards an effect."""
    effect = {"flag": "F-01", **({"when": when} if when else {})}
    step = {"trigger": "go", "title": "Go", "from": "begun", "to": "ended", "by": ["lead"]}
    content = {
        "workflow": "small",
        "programme": "small",
        "title": "Small",
        "version": "1",
        "roles": ["lead"],
        "initial": "begun",
        "states": {"begun": {"title": "Begun"}, "ended": {"title": "Ended", "final": True}},
        "transitions": [{**step, "requires": [{**ASKING, **check}], "effects": [effect]}],
    }
    return json.dumps(content, indent=1)


def test_every_check_of_the_vocabulary_is_written_here() -> None:
    assert set(WRITTEN) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_built_with_all_its_parameters(name: str) -> None:
    written, meant = WRITTEN[name]
    check = {"check": name, **written}

    step = parse_workflow(definition(check, when=check), "small.yaml").transitions[0]

    assert step.requires[0].check == meant
    assert step.effects[0].when == meant


@pytest.mark.parametrize("name", CHECKS)
def test_parameters_left_out_keep_the_defaults_of_the_check(name: str) -> None:
    written, meant = WRITTEN[name]
    short = {key: value for key, value in written.items() if key in _needed(name)}

    step = parse_workflow(definition({"check": name, **short}), "small.yaml").transitions[0]

    given = {key: getattr(meant, key) for key in _needed(name)}
    assert step.requires[0].check == CHECKS[name](**given)


@pytest.mark.parametrize("name", CHECKS)
def test_a_parameter_that_is_needed_cannot_be_left_out(name: str) -> None:
    written, _ = WRITTEN[name]
    for key in _needed(name):
        short = {other: value for other, value in written.items() if other != key}

        with pytest.raises(DefinitionProblemsError, match=rf'"{key}" is missing: add a line'):
            parse_workflow(definition({"check": name, **short}), "small.yaml")


@pytest.mark.parametrize("name", CHECKS)
def test_a_parameter_of_another_check_is_unknown_to_this_one(name: str) -> None:
    written, _ = WRITTEN[name]

    with pytest.raises(DefinitionProblemsError) as refusal:
        parse_workflow(definition({"check": name, **written, "hours": 3}), "small.yaml")

    (sentence,) = refusal.value.sentences
    assert 'the key "hours" is not known' in sentence
    foreign = {key for other, _ in WRITTEN.values() for key in other} - set(written)
    assert not {f'"{key}"' for key in foreign - _parameters(name)} & set(sentence.split())


def test_checks_of_any_of_do_not_nest() -> None:
    inner = {"check": "any_of", "of": [{"check": "present", "of": "event.note"}]}

    with pytest.raises(DefinitionProblemsError, match='cannot be "any_of"'):
        parse_workflow(definition({"check": "any_of", "of": [inner]}), "small.yaml")


def test_no_parameter_of_a_check_is_called_like_a_key_that_stands_beside_it() -> None:
    beside = {*shape_of(RequirementForm).model_fields, *WatchShape.model_fields}

    assert {name: _parameters(name) & beside for name in CHECKS if _parameters(name) & beside} == {}


def test_a_parameter_of_a_new_type_asks_for_a_spelling() -> None:
    with pytest.raises(TypeError, match=r"no way to write a parameter of type .*bytes"):
        checks.spelt(bytes)


def test_what_is_said_of_a_part_that_a_class_does_not_have_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="Present has no part off"):
        checks.parts_of(Present, {"of": str, "off": str})


def _parameters(name: str) -> set[str]:
    return {each.name for each in _fields(name)}


def _needed(name: str) -> set[str]:
    return {
        each.name
        for each in _fields(name)
        if each.default is MISSING and each.default_factory is MISSING
    }


def _fields(name: str) -> tuple[Field[object], ...]:
    return fields(CHECKS[name])  # type: ignore[arg-type]  # every check is a dataclass
