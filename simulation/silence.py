"""The longest silence seen: days in which nobody of a pair was told anything or did anything."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from engine.time.zones import local_day
from simulation.recorder import PairSeen


@dataclass(frozen=True, slots=True)
class SilenceSeen:
    """So many calendar days without a word, from a moment on, in a state of a pair."""

    state: str
    days: int
    pair: str
    since: datetime


def silences(
    pairs: Iterable[PairSeen], open_states: frozenset[str], end: datetime, zone: str
) -> Mapping[str, SilenceSeen]:
    """The longest of each open state, over all pairs; a silence has the state it began in."""
    longest: dict[str, SilenceSeen] = {}
    for pair in pairs:
        for seen in _of_pair(pair, open_states, end, zone):
            known = longest.get(seen.state)
            if known is None or seen.days > known.days:
                longest[seen.state] = seen
    return dict(sorted(longest.items()))


def _of_pair(
    pair: PairSeen, open_states: frozenset[str], end: datetime, zone: str
) -> Iterable[SilenceSeen]:
    entered = [at for at, _ in pair.states]
    closed = [at for at, state in pair.states if state not in open_states]
    last = min([*closed[-1:], end]) if pair.closed else end
    moments = sorted({*pair.did, *pair.told, last})
    for began, ended in pairwise(moment for moment in moments if moment <= last):
        state = pair.states[max(bisect_right(entered, began) - 1, 0)][1]
        if state in open_states:
            days = (local_day(ended, zone) - local_day(began, zone)).days
            yield SilenceSeen(state, days, pair.reference, began)
