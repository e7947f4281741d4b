"""The checks on signatures, versions, kept rows, overdue rows, children and people."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.checks.ask import lacks
from engine.checks.case import Children, Kept, NewerThan, NoneOverdue, PinnedTo, Reachable, SignedBy
from engine.model.check import Check
from engine.model.definition import RecordType
from engine.model.dossier import Dossier, Parent, RecordVersion, Stay
from tests.support.dossiers import a_child, a_dossier, a_person, a_version, moment
from tests.support.stories import a_state, a_view, a_workflow, details

ROW = {"title": "Tumour board", "owner": "clinic", "milestone": "2026-09-01"}
KEPT = Kept("roadmap", "objectives", "title", ("owner",), "milestone", slip=60)


def _roadmap(number: int, *rows: Mapping[str, object]) -> RecordVersion:
    return a_version({"objectives": list(rows)}, number=number)


def _with(**records: tuple[RecordVersion, ...]) -> Dossier:
    return a_dossier(records=records)


def test_a_record_signed_by_all_lacks_nothing() -> None:
    dossier = _with(memorandum=(a_version(signed=("coordinator", "aspiring")),))

    lacks = SignedBy("memorandum", ("coordinator", "aspiring")).lacks(a_view(dossier))

    assert lacks == ()


def test_a_missing_signature_is_the_turn_of_whoever_has_not_signed() -> None:
    dossier = _with(memorandum=(a_version(signed=("coordinator",)),))

    lacks = SignedBy("memorandum", ("coordinator", "aspiring")).lacks(a_view(dossier))

    assert [(lack.detail, lack.owner) for lack in lacks] == [
        ("not signed by the aspiring side", "aspiring")
    ]


def test_signatures_under_an_earlier_version_do_not_count() -> None:
    signed = a_version(signed=("coordinator", "aspiring"))
    dossier = _with(memorandum=(signed, a_version(number=2)))

    assert len(SignedBy("memorandum", ("coordinator", "aspiring")).lacks(a_view(dossier))) == 2


def test_a_record_never_filed_is_not_signed_nor_pinned_nor_new() -> None:
    view = a_view(a_dossier())

    checks: tuple[Check, ...] = (
        SignedBy("roadmap", ("aspiring",)),
        PinnedTo("fact.version", "roadmap"),
        NewerThan("roadmap", "first"),
    )

    assert [details(lacks(check, view)) for check in checks] == [
        ["nobody has filed the roadmap yet"],
        ["nobody has filed the roadmap yet"],
        ["no version of the roadmap was filed since: First"],
    ]


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        (2, []),
        (1, ["the version is 1; the latest version of the roadmap is 2"]),
        (None, ["the version is not known yet; the latest version of the roadmap is 2"]),
    ],
)
def test_a_pin_names_the_latest_version(named: object, missing: list[str]) -> None:
    dossier = replace(_with(roadmap=(_roadmap(1), _roadmap(2))), facts={"version": named})

    assert details(PinnedTo("fact.version", "roadmap").lacks(a_view(dossier))) == missing


@pytest.mark.parametrize(("filed", "lacking"), [("2026-05-03", 1), ("2026-05-04", 0)])
def test_a_version_is_new_when_filed_since_the_state_was_first_entered(
    filed: str, lacking: int
) -> None:
    stays = (Stay(1, "first", moment("2026-05-04")), Stay(2, "first", moment("2026-06-01")))
    dossier = replace(_with(roadmap=(a_version(filed=filed),)), stays=stays)

    lacks = NewerThan("roadmap", "first").lacks(a_view(dossier))

    assert len(lacks) == lacking


def test_a_version_is_new_enough_while_the_state_was_never_entered() -> None:
    dossier = _with(roadmap=(_roadmap(1),))

    assert NewerThan("roadmap", "first").lacks(a_view(dossier)) == ()


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        ([ROW], []),
        ([{**ROW, "milestone": "2026-10-31"}], []),
        (
            [{**ROW, "milestone": "2026-11-01"}],
            ['"Tumour board": milestone slips from 2026-09-01 to 2026-11-01'],
        ),
        (
            [{**ROW, "owner": "ward"}],
            ['"Tumour board": owner changed from clinic to ward'],
        ),
        (
            [{**ROW, "milestone": ""}],
            ['"Tumour board": milestone was 2026-09-01 and is missing now'],
        ),
        ([{"title": "Other"}], ['"Tumour board" was dropped']),
        ([{"title": ["a", "list"]}], ['"Tumour board" was dropped']),
    ],
)
def test_rows_agreed_are_kept_within_the_slip(
    now: list[Mapping[str, object]], missing: list[str]
) -> None:
    dossier = _with(roadmap=(_roadmap(1, ROW), _roadmap(2, *now)))

    assert details(KEPT.lacks(a_view(dossier))) == missing


def test_a_pinned_version_is_what_was_agreed_not_the_one_before() -> None:
    slow = {**ROW, "milestone": "2026-10-20"}
    slower = {**ROW, "milestone": "2026-12-15"}
    versions = (_roadmap(1, ROW), _roadmap(2, slow), _roadmap(3, slower))
    dossier = replace(_with(roadmap=versions), facts={"agreed": 1})

    pinned = replace(KEPT, since="fact.agreed").lacks(a_view(dossier))
    before = KEPT.lacks(a_view(dossier))

    assert details(pinned) == ['"Tumour board": milestone slips from 2026-09-01 to 2026-12-15']
    assert before == ()


@pytest.mark.parametrize("agreed", [None, 2, 9])
def test_nothing_is_broken_while_nothing_or_the_latest_is_agreed(agreed: object) -> None:
    dossier = replace(_with(roadmap=(_roadmap(1, ROW), _roadmap(2))), facts={"agreed": agreed})

    assert replace(KEPT, since="fact.agreed").lacks(a_view(dossier)) == ()


def test_a_first_version_breaks_nothing() -> None:
    assert KEPT.lacks(a_view(_with(roadmap=(_roadmap(1, ROW),)))) == ()
    assert KEPT.lacks(a_view(a_dossier())) == ()


@pytest.mark.parametrize(("grace", "late_rows"), [(0, 1), (1, 1), (2, 0)])
def test_a_row_is_overdue_once_its_grace_is_over(grace: int, late_rows: int) -> None:
    late = {"title": "Data", "due": "2026-02-28"}
    done = {"title": "Board", "due": "2026-01-01", "state": "done"}
    dossier = _with(roadmap=(_roadmap(1, late, done, {"title": "Someday"}),))

    check = NoneOverdue("record.roadmap.objectives", "due", grace, {"state": "done"})

    found = details(lacks(check, a_view(dossier)))
    assert found == ['"Data" was due on 2026-02-28'] * late_rows


def test_children_are_counted_by_workflow_state_and_facts() -> None:
    children = (
        a_child(1, "check_in", "2026-03-01", kind="first"),
        a_child(2, "check_in", "2026-03-02", kind="second"),
        a_child(3, "check_in"),
        a_child(4, "red_flag", title="Silent"),
    )
    view = a_view(a_dossier(children=children))

    met: tuple[Check, ...] = (
        Children("check_in", at_least=2),
        Children("check_in", at_least=1, where={"kind": "second"}),
        Children("check_in", at_most=0, closed=False, states=("held",)),
        Children("check_in", at_least=1, at_most=1, closed=False),
    )
    unmet: tuple[Check, ...] = (
        Children("check_in", at_least=3),
        Children("red_flag", at_most=0, closed=False),
        Children("check_in", at_most=1),
    )

    assert [lacks(check, view) for check in met] == [(), (), (), ()]
    assert [details(lacks(check, view)) for check in unmet] == [
        ["check in: 2 so far, asked: at least 3"],
        ["red flag still open: Silent"],
        ["check in still closed: closed, closed"],
    ]


def test_a_role_is_reachable_when_anybody_in_it_is() -> None:
    people = (
        a_person(1, "aspiring", reachable=False),
        a_person(2, "aspiring", main=False),
        a_person(3, "coordinator", reachable=False),
    )
    view = a_view(a_dossier(people=people))

    lacks = Reachable(("aspiring", "coordinator", "lead")).lacks(view)

    assert details(lacks) == ["nobody reachable as coordinator", "nobody reachable as lead"]


def test_a_child_case_looks_at_the_records_of_its_parent() -> None:
    kinds = {"roadmap": RecordType("roadmap", "Roadmap", ("aspiring",))}
    parents = a_workflow(a_state("first"), records=kinds)
    versions = (_roadmap(1, ROW), a_version(number=2, signed=("aspiring",)))
    parent = Parent(parents, _with(roadmap=versions))
    view = a_view(a_dossier(parent=parent, facts={"version": 2}))

    assert SignedBy("roadmap", ("aspiring",)).lacks(view) == ()
    assert PinnedTo("fact.version", "roadmap").lacks(view) == ()
    assert details(KEPT.lacks(view)) == ['"Tumour board" was dropped']


def test_every_check_of_a_case_names_the_paths_it_reads() -> None:
    assert SignedBy("roadmap", ()).paths() == ("record.roadmap",)
    assert PinnedTo("fact.v", "roadmap").paths() == ("fact.v", "record.roadmap")
    assert NewerThan("roadmap", "first").paths() == ("record.roadmap",)
    assert KEPT.paths() == ("record.roadmap.objectives",)
    assert NoneOverdue("record.roadmap.objectives", "due").paths() == ("record.roadmap.objectives",)
    assert Children("check_in").paths() == Reachable(()).paths() == ()
