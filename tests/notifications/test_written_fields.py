"""Whatever kind a field is of: a letter can write what it was and what it is now."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import pytest

from engine.checks.records import KINDS
from engine.decide.told_changes import told
from engine.letters.fact_types import FactType, read_value
from engine.model.differences import Difference
from notifications.sandbox import READER, Environment
from notifications.wording import Reader

VIENNA = Reader("Europe/Vienna", date(2026, 12, 4))
DAY = "2026-04-20"
SAYS = {
    "text": ("House 4", "House 4"),
    "choice": ("declined", "declined"),
    "country": ("AT", "AT"),
    "person": ("A Person", "A Person"),
    "file": ("minutes-2026-04-20.pdf", "minutes-2026-04-20.pdf"),
    "number": (2.5, "2.5"),
    "whole": (3, "3"),
    "version": (2, "2"),
    "date": (DAY, "Monday 20 April 2026"),
    "moment": ("2026-04-20T08:00:00+00:00", "Monday 20 April 2026, 10:00 (Vienna time)"),
    "yes_no": (False, "no"),
    "list": (["a", "b"], "a, b"),
    "rows": ({"what": "x", "due": DAY}, "what: x; due: Monday 20 April 2026"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("nothing", [None, "", []], ids=repr)
def test_a_field_of_any_kind_is_written(kind: str, nothing: object) -> None:
    value, text = SAYS[kind]
    changes = told([Difference(kind, nothing, value)])
    (item,) = cast("Sequence[object]", read_value(FactType.LIST_OF_ITEMS, changes))

    written, _ = Environment("en").compiled(
        "{{ each.before | written }}, {{ each.after | written }}"
    )

    assert "".join(written.generate({"each": item, READER: VIENNA})) == f"nothing, {text}"
