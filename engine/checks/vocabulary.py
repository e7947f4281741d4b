"""The closed vocabulary by name: the checks a definition may ask for."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.checks.case import (
    Children,
    FiledBy,
    Kept,
    NewerThan,
    NoneOverdue,
    PinnedTo,
    Reachable,
    SignedBy,
)
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.people import TakesPart
from engine.checks.programme import (
    AnyOf,
    ForecastBy,
    LoadWithin,
    OneAtATime,
    OneQuestion,
    WithinCapacity,
)
from engine.checks.values import Between, Count, Covers, EachHas, FactIs, Present, Same
from engine.model.check import Check

CHECKS: Mapping[str, type[Check]] = MappingProxyType(
    {
        "present": Present,
        "is": FactIs,
        "same": Same,
        "between": Between,
        "count": Count,
        "each_has": EachHas,
        "covers": Covers,
        "on_or_before": OnOrBefore,
        "to_come": ToCome,
        "sent_before": SentBefore,
        "signed_by": SignedBy,
        "filed_by": FiledBy,
        "pinned_to": PinnedTo,
        "newer_than": NewerThan,
        "kept": Kept,
        "none_overdue": NoneOverdue,
        "children": Children,
        "reachable": Reachable,
        "takes_part": TakesPart,
        "within_capacity": WithinCapacity,
        "one_at_a_time": OneAtATime,
        "one_question": OneQuestion,
        "times_named": TimesNamed,
        "day_fixed": DayFixed,
        "forecast_by": ForecastBy,
        "load_within": LoadWithin,
        "any_of": AnyOf,
    }
)
