"""The partnerships of a case that have ended, as its row and its journal hold them."""

import json
from collections.abc import Iterable
from typing import cast

from engine.model.evidence import Ended
from storage.database.columns import from_instant, from_json, to_instant

NONE = "[]"


def from_ended(ended: Iterable[Ended]) -> str:
    return from_json([ended_row(each) for each in ended])


def ended_row(ended: Ended) -> list[object]:
    return [ended.number, " ".join(ended.centres), ended.by, from_instant(ended.at)]


def to_rows(text: str) -> list[list[object]]:
    return cast("list[list[object]]", json.loads(text))


def to_ended(text: str) -> tuple[Ended, ...]:
    return tuple(_ended(*row) for row in to_rows(text))


def _ended(number: object, centres: object, by: object, at: object) -> Ended:
    return Ended(int(str(number)), tuple(str(centres).split()), str(by), to_instant(str(at)))
