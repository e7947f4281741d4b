"""Letters that tell one side of a case who its partner is, before the two are a pair."""

from collections.abc import Iterable, Iterator

from engine.checks.values import FactIs
from engine.letters.catalogue import Fact
from engine.lint.findings import Problem
from engine.lint.presence import not_yet_pairs
from engine.lint.sendings import Sending
from engine.model.check import Check

_WHO = frozenset({"parties", "people"})
_PAIRED = "case.paired"


def given_away(sending: Sending, facts: Iterable[Fact]) -> Iterator[Problem]:
    """What may be missing is not looked at: a text that says it asks first whether it is there."""
    workflow = sending.given.definition
    partner, early = workflow.partnership, not_yet_pairs(workflow)
    if partner is None or _is_of_a_pair(sending.when):
        return
    apart = [state for state in sending.given.states if state in early]
    others = frozenset(workflow.sides) - {partner.side}
    told = [role for role in sending.roles if role in others]
    for fact in facts if apart else ():
        if not fact.optional and _is_about(fact, partner.side):
            for role in told:
                yield Problem(
                    sending.place,
                    f"letter {sending.letter} tells {role} {fact.name} in {apart[0]}, "
                    f"where {partner.side} and {role} may be no pair yet",
                    f"write to {partner.side}, or send it `when` {{is_true: {_PAIRED}}}",
                )


def _is_about(fact: Fact, side: str) -> bool:
    paths = (path.split(".") for path in fact.source.split(" or "))
    return any(path[0] in _WHO and path[1] == side for path in paths)


def _is_of_a_pair(check: Check | None) -> bool:
    return isinstance(check, FactIs) and check.of == _PAIRED and check.one_of == (True,)
