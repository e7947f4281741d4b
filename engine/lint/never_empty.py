"""Words that a case, a centre, a person or a list is never without, whoever has entered it."""

from engine.lint.known_days import Sure, has_anchor
from engine.lint.presence import Presence

PARTNER = "partner"  # among the paths that are given: the partner of the case is there
_CENTRE = frozenset({"", "name", "short_name", "key"})  # no centre is entered without them
_OFFICE = frozenset({"name", "all"})  # for a role that is vacant the office itself stands
_PERSON = _OFFICE | {"email"}
_ASKED = frozenset({"what", "due_on", "first_on", "open_since", "working_days"})
_CALLEE = "callee.name"
_MONTH = "month"


def has_centre(given: Sure, rest: str) -> bool:
    """Whether a centre is there, and what is said of it with it: its city or a fact may be open."""
    side, _, word = rest.partition(".")
    return word in _CENTRE and _is_there(given, side)


def has_person(given: Sure, rest: str) -> bool:
    """Whether somebody plays a role, and says this of themselves: a telephone they may not."""
    role, _, word = rest.partition(".")
    known = _PERSON if role in given.definition.sides else _OFFICE
    return word in known and _is_there(given, role)


def has_word_of_case(given: Sure, rest: str) -> bool:
    """Whether it is known of a case itself: it has no month before it starts."""
    return rest != _MONTH or has_anchor(given, _start(given))


def has_list(given: Sure, rest: str) -> bool:
    """Whether a list surely has words: an imported one is empty until the office brings it."""
    name, _, inner = rest.partition(".")
    found = given.definition.lists.get(name)
    if found is None:
        above = given.above()
        return bool(above) and all(has_list(each, rest) for each in above)
    path = inner.partition(".")[2]
    return not found.imported and (not path or given.has(path))


def is_said_of_open_item(rest: str, *, is_asked: bool) -> bool:
    """Whether it is known of what a letter asks for; whom to call only where somebody is asked."""
    return rest in _ASKED or (is_asked and rest == _CALLEE)


def _start(given: Sure) -> str:
    above = given.above()
    return above[0].definition.start_anchor if above else given.definition.start_anchor


def _is_there(given: Sure, role: str) -> bool:
    """Whether a centre of this side, or a person of the office, is there."""
    workflow = given.definition
    partner = workflow.partnership
    if role not in workflow.sides or PARTNER in given.paths:
        return True
    if partner is None:
        return all(each.has(f"parties.{role}") for each in given.above())
    if role != partner.side:
        return True
    who = Presence(workflow)
    return bool(given.states) and all(who.is_there(state, role) for state in given.states)
