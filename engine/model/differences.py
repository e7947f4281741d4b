"""What differs between two contents of a record, field by field and row by row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or row that is another, as `objectives.2.state`; None where there is nothing."""

    field: str
    before: object
    after: object


def differences(
    before: Mapping[str, object], after: Mapping[str, object], at: str = ""
) -> tuple[Difference, ...]:
    """All that differs, in the order of the fields as they were and then as they are."""
    return tuple(_fields(before, after, at))


def _fields(
    before: Mapping[str, object], after: Mapping[str, object], at: str
) -> Iterator[Difference]:
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if _is_list(old) and _is_list(new):
            yield from _rows(old, new, f"{at}{name}")
        else:
            yield Difference(f"{at}{name}", old, new)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _rows(old: object, new: object, at: str) -> Iterator[Difference]:
    """Rows that stand on both sides are found again wherever they stand."""
    before, after = _listed(old), _listed(new)
    written = [json.dumps(row, sort_keys=True, default=str) for row in before]
    then = [json.dumps(row, sort_keys=True, default=str) for row in after]
    steps = SequenceMatcher(None, written, then, autojunk=False).get_opcodes()
    for kind, first, last, begin, end in steps:
        if kind == "equal":
            continue
        for place in range(max(last - first, end - begin)):
            old_row = before[first + place] if first + place < last else None
            new_row = after[begin + place] if begin + place < end else None
            number = begin + place + 1 if new_row is not None else first + place + 1
            yield from _row(old_row, new_row, f"{at}.{number}")


def _row(old: object, new: object, at: str) -> Iterator[Difference]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _fields(old, new, f"{at}.")
    else:
        yield Difference(at, old, new)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
