"""The page of permissions says what ``can`` answers."""

from tests.support.permission_table import PAGE, renewed


def test_the_table_of_permissions_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert renewed(text) == text, "write it anew: python -m tests.support.permission_table"
