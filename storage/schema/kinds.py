"""The kinds of columns; text sorts by code point in both databases."""

from sqlalchemy import LargeBinary, String

TEXT = String().with_variant(String(collation="C"), "postgresql")
BYTES = LargeBinary()
