"""The rows of a record out of a table, as people typed them."""

from collections.abc import Mapping
from pathlib import Path

from engine.model.fields import Field


def table_rows(path: Path, field: Field) -> tuple[Mapping[str, str], ...]:
    """The rows of a table, its columns the fields of a row; what is empty is left out.

    ImportProblemsError lists everything that is wrong with the file.
    """
    from imports.table import Column, read_table  # noqa: PLC0415 - late: few calls read a table

    columns = [Column(each.name, required=not each.optional) for each in field.rows]
    rows = read_table(path, columns).rows
    return tuple(
        {name: str(value) for name, value in row.values.items() if value is not None}
        for row in rows
    )
