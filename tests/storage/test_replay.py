"""Journals written by earlier versions fold as the rows that an upgrade makes of theirs."""

import json
from collections.abc import Iterator

from storage.database.statements import Statement
from storage.database.transactions import reading
from tests.storage.folded import fold
from tests.storage.lives import lives

_ENTRIES = Statement[tuple[str]]("SELECT entry FROM journal WHERE case_id = :case ORDER BY seq")


def test_entries_from_before_they_named_a_centre_fold_as_rows_that_name_none(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.files(case)
        story.signs(case, "coordinator")
        with reading(story.database) as session:
            entries = [row[0] for row in session.all(_ENTRIES, case=case)]

    told, before = fold(entries), fold(_without_centres(entries))

    assert [key[3] for key in told.signatures if isinstance(key, tuple)] == ["coordinator-PAIR-1"]
    assert [key[3] for key in before.signatures if isinstance(key, tuple)] == [""]
    assert [row[-1] for row in before.records.values()] == [""]


def _without_centres(entries: list[str]) -> Iterator[str]:
    for text in entries:
        entry = json.loads(text)
        for part in ("records", "signatures"):
            entry[part] = [row[:-1] for row in entry.get(part, [])]
        yield json.dumps(entry)
