"""Windows and the anchors they hang on: opens, target, tolerance end, each a date rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.places import NOWHERE, Place
from engine.time.spans import Span

NO_SPAN = Span()


@dataclass(frozen=True, slots=True)
class When:
    """A date hung on an anchor: ``T0 + P3M``."""

    anchor: str
    span: Span = NO_SPAN


@dataclass(frozen=True, slots=True)
class Later:
    """The later of several dates, those that are known (Q-04)."""

    of: tuple[When, ...]


DateRule = When | Later


@dataclass(frozen=True, slots=True)
class Window:
    """Opens, target and tolerance end of a state; dates warn, they never block (B-13)."""

    target: DateRule
    opens: DateRule | None = None
    ends: DateRule | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place an anchor's date may come from.

    ``kind`` is one of ``entered`` (a state), ``actual`` and ``planned`` (a date field of a record),
    ``forecast`` (the target of a state), ``fact`` (a date among the facts), ``child`` (a date
    fact of children of a workflow, written ``workflow.fact``), ``parent`` (an anchor of the parent)
    and ``earliest`` (the earliest date in a list of a record, ``where`` a word of it is not done).
    """

    kind: str
    of: str
    where: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named date that windows and rungs hang on: the first source known, or the latest of all."""

    name: str
    sources: tuple[Source, ...]
    latest: bool = False
    place: Place = NOWHERE
