"""Whole journals folded at once, as the product never does: it follows them entry by entry."""

from collections.abc import Iterable

from storage.journal.replay import Folded, follow


def fold(entries: Iterable[str]) -> Folded:
    """What the entries, in their order, make of the case."""
    folded = Folded()
    for text in entries:
        follow(folded, text)
    return folded
