"""Date rules as definitions write them: ``T0 + P3M``, ``target - P30D``, ``P5D``, the later of two.

DefinitionError
└── RuleError   a date rule cannot be read
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from engine.errors import DefinitionError, quoted
from engine.suggestions import suggestion
from engine.time.spans import Span, parse_span
from engine.time.windows import DateRule, Later, When

ENTRY = "entry"  # the anchor of a bare span: the day the state was entered
OWN_DAYS = frozenset({ENTRY, "opens", "target", "ends"})  # what a state itself gives to hang on
_LONGEST = 120
_SUM = re.compile(
    r"(?P<anchor>[A-Za-z][A-Za-z0-9_]*)"
    r" *(?:(?P<sign>[+-]) *(?P<span>P[0-9A-Z]+|[a-z][A-Za-z0-9_]*))?"
)
_SPAN = re.compile(r"[+-]?PT?[0-9]\S*")
_EXAMPLES = "write such as T0 + P3M, target - P30D, visit_1 or P5D"
_NO_SPANS: Mapping[str, Span] = MappingProxyType({})


class RuleError(DefinitionError):
    """What is written is no date rule; the message says what would be one."""


def parse_rule(written: object, spans: Mapping[str, Span] = _NO_SPANS) -> DateRule:
    """Read a rule: an anchor with or without a span, a bare span, or ``later_of`` several.

    A bare span counts from the entry of the state, so it cannot go back. ``spans`` are those that
    stand for their name. Raises RuleError, or SpanError when it is the span that is wrong.
    """
    if isinstance(written, str):
        return parse_when(written, spans)
    if not isinstance(written, Mapping):
        raise RuleError(f"a date is an anchor and a span: {_EXAMPLES}")
    if list(written) != ["later_of"]:
        raise RuleError("a date of several is written {later_of: [T0 + P12M, visit_1 + P8M]}")
    several = written["later_of"]
    if not isinstance(several, list | tuple) or len(several) < len(("one", "other")):
        raise RuleError("later_of takes a list of two dates or more")
    return Later(tuple(parse_when(each, spans) for each in several))


def parse_when(written: object, spans: Mapping[str, Span] = _NO_SPANS) -> When:
    """Read one date hung on one anchor."""
    if not isinstance(written, str):
        raise RuleError(f"a date is an anchor and a span: {_EXAMPLES}")
    text = written.strip()
    found = _SUM.fullmatch(text) if len(text) <= _LONGEST else None
    if _SPAN.fullmatch(text):
        return _from_entry(text)
    if found is None:
        raise RuleError(f"{quoted(text)} is not a date: {_EXAMPLES}")
    if found["span"] is None:
        bare = found["anchor"]
        return When(ENTRY, spans[bare]) if bare in spans else When(bare)
    return When(found["anchor"], _span(found["span"], found["sign"], spans))


def _span(written: str, sign: str, spans: Mapping[str, Span]) -> Span:
    back = "-" if sign == "-" else ""
    if written[0].isupper():
        return parse_span(f"{back}{written}")
    if written not in spans:
        known = suggestion(written, sorted(spans)) if spans else _EXAMPLES
        raise RuleError(f"no setting {quoted(written)} is a span of time: {known}")
    return spans[written].back() if back else spans[written]


def _from_entry(text: str) -> When:
    if text.startswith("-"):
        raise RuleError(
            f"{quoted(text)} goes back from the entry of the state: "
            f"name the anchor, such as target - {text[1:]}"
        )
    return When(ENTRY, parse_span(text))
