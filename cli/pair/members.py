"""Who plays the roles of a side when nobody is named, and what a change of them lacks."""

from collections.abc import Mapping

from cli.shared.decision import Unmet
from engine.model.outcomes import Refusal
from engine.model.plan import Plan
from runtime.use_cases.directory import centres, people
from runtime.wiring import Runtime

Keys = tuple[str, ...]


def everybody(runtime: Runtime, parties: Mapping[str, Keys]) -> dict[str, Keys]:
    """Everybody of each centre plays the role of its side; who was entered first is main."""
    numbers = {each.key: each.id for each in centres(runtime)}
    found = {}
    for side, keys in parties.items():
        there = [p for key in keys for p in people(runtime) if p.centre_id == numbers.get(key, -1)]
        members = [p.key for p in sorted(there, key=lambda person: person.id)]
        if members:
            found[side] = tuple(members)
    return found


def unmet_of(outcome: Plan | Refusal) -> tuple[Unmet, ...]:
    if isinstance(outcome, Plan):
        return ()
    return tuple({name: getattr(u, name) for name in u.__slots__} for u in outcome.unmet)
