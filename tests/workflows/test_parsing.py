"""Definition files become workflows: every construct of the grammar, at its place in the file."""

import json
from datetime import time

import pytest

from engine.checks import records
from engine.model.definition import Notify, SetFact
from engine.model.fields import Field
from engine.model.phase import Phase
from engine.places import Place
from engine.time.windows import Source
from tests.support.garden import PLANTING, TEXT, place, workflow
from workflows.schema.digests import digest_of
from workflows.schema.parse import build_workflow, parse_workflow
from workflows.yaml.reading import read_file

PLANTED = workflow("planting")
WATERED = workflow("watering")


def test_the_head_of_a_file_names_the_workflow() -> None:
    assert (PLANTED.name, PLANTED.programme, PLANTED.version) == ("planting", "garden", "1.0")
    assert PLANTED.title == "Planting a shared plot"
    assert PLANTED.source == "Rules of the allotment, part 2"
    assert PLANTED.roles == ("facilitator", "mentor", "gardener", "lead")
    assert PLANTED.sides == ("mentor", "gardener")
    assert PLANTED.initial == "asked"
    assert (PLANTED.start_anchor, PLANTED.months) == ("T0", 12)
    assert PLANTED.sends_at == time(7, 30)
    assert PLANTED.phases["growing"] == Phase("growing", "Growing")
    assert dict(PLANTED.facts) == {
        "season": "spring",
        "crates": 4,
        "shaded": False,
        "share": 0.5,
        "last_answer": None,
    }


def test_what_is_left_out_of_a_file_has_its_default() -> None:
    assert (WATERED.start_anchor, WATERED.months) == ("", 0)
    assert (WATERED.flag_workflow, WATERED.sends_at) == ("", time(8))
    assert WATERED.states["due"].phase == ""
    assert not WATERED.facts
    assert not WATERED.records


def test_an_anchor_has_one_source_the_first_of_several_or_the_latest() -> None:
    anchors = PLANTED.anchors

    assert anchors["T0"].sources == (Source("entered", "digging"),)
    assert anchors["visit"].sources == (
        Source("actual", "visit_note.held_on"),
        Source("planned", "visit_dates.ends_on"),
        Source("forecast", "digging"),
    )
    assert not anchors["visit"].latest
    assert anchors["last_contact"].sources[2] == Source("child", "watering.held_on")
    assert anchors["last_contact"].latest
    assert anchors["next_step"].sources == (
        Source("earliest", "plan.beds.until", {"state": "done"}),
    )
    assert anchors["review"].sources == (Source("fact", "review_on"),)
    assert WATERED.anchors["last_contact"].sources == (Source("parent", "last_contact"),)


def test_a_record_says_who_gives_it_who_reads_it_and_what_follows() -> None:
    plan, lease = PLANTED.records["plan"], PLANTED.records["lease"]

    assert (plan.title, plan.by, plan.readers) == (
        "Planting plan",
        ("gardener",),
        ("mentor", "facilitator"),
    )
    assert plan.rule == ("A-01", "A-02")
    assert plan.effects == (Notify("N-01.filed", ("mentor.team",), None, place("N-01.filed")),)
    assert (lease.signatories, lease.contact) == (("mentor", "gardener"), True)
    assert isinstance(lease.signed[0], SetFact)
    assert [each.name for each in PLANTED.records.values() if each.after_end] == ["visit_note"]


def test_a_field_is_written_short_or_in_full() -> None:
    summary, size, beds = PLANTED.records["plan"].fields

    assert _plain(summary) == Field("summary", "text")
    assert _plain(size) == Field("size", "number", at_least=1.5, at_most=40)
    assert (beds.kind, beds.at_least, len(beds.rows)) == ("rows", 1, 5)
    assert _plain(beds.rows[1]) == Field("kind", "choice", choices=("short", "long"))
    assert _plain(beds.rows[3]) == Field("helper", "person", optional=True)


@pytest.mark.parametrize("kind", sorted(records.KINDS))
def test_every_kind_of_field_can_be_written(kind: str) -> None:
    needed: dict[str, dict[str, object]] = {
        "choice": {"choices": ["one"]},
        "rows": {"rows": {"name": "text"}},
    }
    more = needed.get(kind, {})
    text = TEXT.replace("summary: text", f"summary: {json.dumps({'kind': kind, **more})}")

    assert parse_workflow(text, "x.yaml").records["plan"].fields[0].kind == kind


def test_a_flag_has_a_severity_and_may_be_hidden() -> None:
    unsigned, bare = PLANTED.flags["F-01"], PLANTED.flags["F-02"]

    assert (unsigned.title, unsigned.severity) == ("Lease unsigned", "amber")
    assert (unsigned.hidden_from, unsigned.rule) == (("gardener",), ("F-01",))
    assert bare.effects == (Notify("N-02.flag", ("facilitator",), None, place("N-02.flag", 62)),)


def test_every_part_knows_where_it_is_written() -> None:
    assert PLANTED.place == Place(str(PLANTING), 2, 1)
    assert PLANTED.states["digging"].place == place("digging:\n", 3)
    assert PLANTED.records["lease"].place == place("lease:\n", 3)
    assert PLANTED.anchors["visit"].place == place("visit: {first_of", 3)
    assert PLANTED.states["asked"].ladders[1].place == place("forgotten:", 7)
    assert PLANTED.transitions[1].place == place("trigger: rest", 5)
    assert PLANTED.transitions[0].requires[0].place == place("name: lease_signed", 9)


def test_layout_comments_and_order_do_not_change_the_digest() -> None:
    document = read_file(PLANTING)
    text = json.dumps(dict(reversed(document.content.items())))  # type: ignore[union-attr]  # a mapping

    same = parse_workflow(text, "elsewhere.yaml")

    assert same.digest == build_workflow(document).digest
    assert len(same.digest) == 64


def test_any_word_or_number_changes_the_digest() -> None:
    text = TEXT
    changed = [text.replace("P14D", "P15D", 1), text.replace("Send it again", "Send it", 1)]

    digests = {parse_workflow(each, "x.yaml").digest for each in changed}

    assert len(digests | {PLANTED.digest}) == 3
    assert digest_of({"a": [1, 2]}) != digest_of({"a": [2, 1]})


def test_a_workflow_cannot_be_changed() -> None:
    for mapping in (PLANTED.states, PLANTED.facts, PLANTED.anchors, PLANTED.notices):
        with pytest.raises(TypeError):
            mapping["new"] = None  # type: ignore[index]  # this is what must fail


def test_bytes_are_read_as_text_is() -> None:
    assert parse_workflow(PLANTING.read_bytes(), "x.yaml").digest == PLANTED.digest


def _plain(field: Field) -> Field:
    return Field(
        field.name,
        field.kind,
        field.optional,
        field.choices,
        at_least=field.at_least,
        at_most=field.at_most,
    )
