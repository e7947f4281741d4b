"""Letters that tell one side of a case who its partner is, before the two are a pair."""

from collections.abc import Iterable, Iterator

from engine.letters.catalogue import Fact
from engine.lint.certainty import is_paired
from engine.lint.findings import Problem
from engine.lint.given import Given
from engine.lint.never_empty import PARTNER
from engine.lint.presence import not_yet_pairs
from engine.lint.sendings import Sending
from engine.lint.sequence import asked_in

_WHO = frozenset({"parties", "people"})
_PAIRED = "case.paired"


def given_away(sending: Sending, facts: Iterable[Fact]) -> Iterator[Problem]:
    """What may be missing is not looked at: a text that says it asks first whether it is there."""
    apart = None if is_paired(sending.when) else next(_apart(sending.given), None)
    if apart is None:
        return
    side, others, state = apart
    for fact in facts:
        if not fact.optional and _is_about(fact, side):
            for role in (role for role in sending.roles if role in others):
                yield Problem(
                    sending.place,
                    f"letter {sending.letter} tells {role} {fact.name} in {state}, "
                    f"where {side} and {role} may be no pair yet",
                    f"write to {side}, or send it `when` {{is_true: {_PAIRED}}}",
                )


def _apart(sent: Given) -> Iterator[tuple[str, frozenset[str], str]]:
    """The partner, the other sides, and a state in which they may be apart, here or above."""
    for given in (sent, *(() if PARTNER in sent.paths else sent.above())):
        workflow, partner = given.definition, given.definition.partnership
        for state in _states(given) if partner is not None else ():
            if partner is not None and state in not_yet_pairs(workflow):
                yield partner.side, frozenset(workflow.sides) - {partner.side}, state


def _states(given: Given) -> Iterable[str]:
    """Where a case stands; where a record is filed, the states that are left only with it."""
    records = (path.split(".")[1] for path in given.paths if path.startswith("record."))
    return given.states or [s for each in records for s in asked_in(given.definition, each)]


def _is_about(fact: Fact, side: str) -> bool:
    paths = (path.split(".") for path in fact.source.split(" or "))
    return any(path[0] in _WHO and path[1] == side for path in paths)
