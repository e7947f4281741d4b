"""Values lie in columns so that text sorts as time does and equal values are equal bytes."""

from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database.columns import (
    from_day,
    from_instant,
    from_json,
    from_spans,
    to_instant,
    to_mapping,
    to_spans,
    to_words,
)
from storage.database.failpoints import install, reach
from storage.database.statements import Statement
from storage.errors import StorageError

moments = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - the zone is drawn beside it
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.timezones(),
)


@given(moments, moments)
def test_instants_come_back_and_sort_as_they_follow_each_other(
    one: datetime, two: datetime
) -> None:
    first, second = from_instant(one), from_instant(two)

    assert to_instant(first) == one.astimezone(UTC)
    assert len(first) == len("2026-11-24T12:00:00.000000Z")
    assert (first < second) == (one.astimezone(UTC) < two.astimezone(UTC))


def test_an_instant_is_written_in_utc() -> None:
    vienna = timezone(timedelta(hours=1))

    assert from_instant(datetime(2026, 11, 24, 13, tzinfo=vienna)) == "2026-11-24T12:00:00.000000Z"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(StorageError, match="has no zone"):
        from_instant(datetime(2026, 11, 24))  # noqa: DTZ001 - that is the point


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), json_values))
def test_json_comes_back_and_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))

    assert to_mapping(from_json(value)) == value
    assert from_json(backwards) == from_json(value)
    assert from_json(value).isascii()


def test_values_that_are_nearly_plain_are_written_plainly() -> None:
    value = {
        "proxy": MappingProxyType({"a": (1, 2)}),
        "day": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, tzinfo=UTC),
    }

    assert from_json(value) == (
        '{"at":"2026-03-02T00:00:00.000000Z","day":"2026-03-02","proxy":{"a":[1,2]}}'
    )


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), {1, 2}])
def test_values_that_are_not_plain_are_refused(value: object) -> None:
    with pytest.raises((StorageError, ValueError)):
        from_json({"a": value})


def test_columns_that_hold_something_else_are_refused() -> None:
    with pytest.raises(StorageError, match="something else"):
        to_mapping("[1]")


def test_words_and_spans_come_back() -> None:
    spans = ((date(2026, 7, 1), date(2026, 7, 14)), (date(2026, 8, 1), date(2026, 8, 1)))

    assert to_spans(from_spans(spans)) == spans
    assert to_spans(from_spans(())) == ()
    assert to_words(from_json(["et", "en"])) == ("et", "en")
    assert to_words("[]") == ()
    assert from_day(datetime(2026, 3, 2, 9, tzinfo=UTC)) == from_day(date(2026, 3, 2))


def test_each_database_is_given_its_own_words() -> None:
    statement = Statement[tuple[int]](
        """SELECT '100%', a FROM cases c
        WHERE b = :value FOR UPDATE OF c SKIP LOCKED"""
    )

    assert statement.sqlite == "SELECT '100%', a FROM cases c WHERE b = :value"
    assert statement.plain == "SELECT '100%%', a FROM cases c WHERE b = %(value)s"
    assert statement.locking == f"{statement.plain} FOR UPDATE OF c SKIP LOCKED"


def test_a_point_is_silent_until_somebody_watches() -> None:
    seen: list[str] = []
    reach("before")

    remove = install(seen.append)
    reach("while")
    remove()
    reach("after")

    assert seen == ["while"]
