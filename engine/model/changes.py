"""Changes of a record: the fields and rows that are named; all others stay as they are in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.model.dossier import EMPTY


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list as people count it, from 1 on, in the version in force."""

    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Added:
    """A new row at the end of a list: its fields, or the text where it is a list of texts."""

    field: str
    row: object


@dataclass(frozen=True, slots=True)
class RowChange:
    """The fields of a row that are another now; None takes one out."""

    row: Row
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be another in the next version of a record, in no order: no two may touch."""

    values: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    cleared: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()
    removed: tuple[Row, ...] = ()
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected version replaces: it counts from the moment at which that one was filed."""

    number: int
    reason: str
    filed_at: datetime
    centre: str
