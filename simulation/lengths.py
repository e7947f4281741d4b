"""How long something lasts in a story: nothing lasts less than no time."""

from typing import Annotated

from pydantic import AfterValidator

from engine.time.spans import Span
from workflows.schema.settings import SpanText


def _forward(span: Span) -> Span:
    if min(span.months, span.days, span.working_days) < 0:
        raise ValueError(f"{span} lies in the past: write how long it lasts, such as P14D")
    return span


Length = Annotated[SpanText, AfterValidator(_forward)]
