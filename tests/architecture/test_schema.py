"""The schema is said once: outside its classes and the migrations nobody writes SQL."""

import ast
import re

from storage.schema.tables import METADATA
from tests.architecture.tree import ROOMS, modules, parsed

_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|JOIN)\b.*\b("
    + "|".join(table.name for table in METADATA.sorted_tables)
    + r")\b",
    re.DOTALL,
)


def test_no_statement_is_written_as_text_outside_the_migrations() -> None:
    found = [
        f"{module}:{node.lineno}: build it from storage.schema.tables"
        for module in modules(*ROOMS)
        if "migrations" not in module.parts
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _SQL.search(node.value)
    ]

    assert found == []
