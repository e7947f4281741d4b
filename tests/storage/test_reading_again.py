"""A family is read at each look: what did not change is the value it was, what did is another."""

from pathlib import Path

import pytest

from engine.model.family import Family, Letter
from storage.cases import load
from storage.cases.load import load_family
from storage.database.transactions import reading
from tests.storage.lives import DAY, Lives, lives
from tests.storage.rows import meddle
from tests.support.databases import Sqlite


def _letters(family: Family) -> tuple[Letter, ...]:
    return tuple(sorted(family.owed(), key=lambda letter: letter.number))


def _look(story: Lives) -> Family:
    case = story.opens()
    story.files(case)
    story.now += 6 * DAY
    story.fires()
    with reading(story.database) as session:
        return load_family(session, case, story.definitions, lock=False)


def test_what_was_filed_and_sent_is_put_together_once(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        before = _look(story)
        case = next(iter(before.cases))
        story.signs(case, "aspiring")
        story.files(case, "Another paper")
        with reading(story.database) as session:
            after = load_family(session, case, story.definitions, lock=False)
            again = load_family(session, case, story.definitions, lock=False)

    [first], [signed, second] = (each.whole(case).records["paper"] for each in (before, after))
    assert (first.signatures, len(signed.signatures)) == ((), 1)
    assert [second, signed] == [*reversed(again.whole(case).records["paper"])]
    assert again.whole(case).records["paper"][0] is signed
    assert second.content == {"title": "Another paper"}
    assert _letters(before) == _letters(after)
    assert all(one is two for one, two in zip(_letters(after), _letters(again), strict=True))


def test_a_family_that_did_not_change_is_the_value_it_was(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, known = _look(story).root, story.definitions
        with reading(story.database) as session:
            before = load_family(session, case, known, lock=False)
            again = load_family(session, case, known, lock=False)
            others = load_family(session, case, story.definitions, lock=False)

    assert again is before
    assert others is not before
    assert others == before


@pytest.mark.parametrize(
    "change",
    [
        'cases SET facts = \'{"domain": "Other"}\'',
        "stays SET entered_at = '2026-01-01T09:00:00.000000Z'",
        "records SET void = 'a mistake'",
        "timers SET due_at = '2031-01-01T09:00:00.000000Z'",
        "intents SET reason = 'not now'",
        "people SET reachable = FALSE",
        "people SET name = 'Somebody Else'",
        "centres SET short_name = 'Elsewhere'",
        "roles SET ends_on = '2020-01-01'",
    ],
)
def test_whatever_changed_is_read(migrated_url: str, change: str) -> None:
    with lives(migrated_url) as story:
        case, known = story.opens(), story.definitions
        story.now += 60 * DAY
        story.fires()
        story.files(case)
        with reading(story.database) as session:
            before = load_family(session, case, known, lock=False)
        assert meddle(story.database, f"UPDATE {change}")
        with reading(story.database) as session:
            after = load_family(session, case, known, lock=False)
            load._last.clear()
            anew = load_family(session, case, known, lock=False)

    assert after != before
    assert after == anew


def test_only_the_families_that_were_looked_at_last_are_kept(
    sqlite: Sqlite, tmp_path: Path
) -> None:
    with lives(sqlite.migrated(tmp_path)) as story:
        roots = [story.opens(f"PAIR-{number}") for number in range(load._MOST + 2)]
        with reading(story.database) as session:
            for root in roots:
                load_family(session, root, story.definitions, lock=False)

    assert {root for root, _ in load._last} == {*roots[2:]}
