"""The kinds of columns as migrations write them; changing one here would change the past."""

from sqlalchemy import Boolean, Integer, LargeBinary, String

TEXT = String().with_variant(String(collation="C"), "postgresql")
INTEGER = Integer()
BOOLEAN = Boolean()
BYTES = LargeBinary()
