"""Settings as definition files declare them, and what may name one: numbers, spans and dates."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Self, cast

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from engine.errors import DefinitionError, quoted
from engine.model.settings import Figure, Measure, Setting, Value, in_words
from engine.suggestions import suggestion
from engine.time.date_rules import parse_rule
from engine.time.spans import Span, parse_span
from engine.time.windows import DateRule
from workflows.schema.spelling import Ids, Listed, Name, Names, Shape, Single, Some, Text, bounded
from workflows.yaml.spot import Spot

KEY = "settings"
_TWO = 2


class SettingShape(Shape):
    """A setting: its value, its bounds, who changes it for one case."""

    title: Text = ""
    value: Single = Field(alias="is")
    within: Listed[Single] = ()
    by: Some[Names]
    of: Name | None = None
    rule: Ids = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        bounds = tuple(map(_value, self.within))
        value = _value(self.value)
        if isinstance(value, bool) and bounds:
            raise ValueError("yes or no has no bounds: remove within")
        if not isinstance(value, bool) and len(bounds) != _TWO:
            raise ValueError("between which two bounds? write such as within: [P1M, P4M]")
        if any(isinstance(value, Span) != isinstance(bound, Span) for bound in bounds):
            raise ValueError("its bounds are of another kind than its value: write both alike")
        return self


def build_setting(shape: SettingShape, spot: Spot) -> Setting:
    bounds = tuple(map(_value, shape.within))
    setting = Setting(
        name=spot.name,
        value=_named(spot.name, _value(shape.value)),
        by=shape.by,
        title=shape.title,
        lowest=bounds[0] if bounds else None,
        highest=bounds[1] if bounds else None,
        of=shape.of or "",
        rule=shape.rule,
        place=spot.named,
    )
    if setting.is_sound:
        return setting
    lowest, highest = map(in_words, bounds)
    raise ValueError(f"its value is not within {lowest} and {highest}: mend one of them")


def declared(content: object) -> dict[str, object]:
    """What a file is read with: the value of each setting by its name, as far as they are right.

    Of a setting that another file has, nothing is known yet but that it is there.
    """
    settings = content.get(KEY) if isinstance(content, dict) else None
    found: dict[str, Value | None] = {}
    for name, written in settings.items() if isinstance(settings, dict) else ():
        if isinstance(written, dict):
            try:
                found[name] = _named(name, _value(written["is"])) if "is" in written else None
            except ValueError:
                continue  # what is wrong with it is said where it stands
    return {KEY: MappingProxyType(found)}


def _named(name: str, value: Value) -> Value:
    match value:
        case bool():
            return value
        case int():
            return Figure(value, name)
        case float():
            return Measure(value, name)
        case Span():
            return replace(value, setting=name)


def _value(written: object) -> Value:
    if isinstance(written, bool | int | float):
        return written
    return said_span(str(written))


def _known(around: ValidationInfo) -> Mapping[str, Value | None]:
    context = around.context if isinstance(around.context, dict) else {}
    return cast("Mapping[str, Value | None]", context.get(KEY, {}))


def _asked(name: str, around: ValidationInfo, kinds: tuple[type, ...], wanted: str) -> object:
    """The value of the setting that is named where such a value should stand."""
    known = _known(around)
    if name not in known:
        near = suggestion(name, sorted(known)) if known else f"write {wanted}"
        raise ValueError(f"no setting {quoted(name)} is declared: {near}")
    value = known[name]
    if value is None or (isinstance(value, kinds) and not isinstance(value, bool)):
        return value
    raise ValueError(f"the setting {name} is {in_words(value)}; {wanted} should stand here")


def _unfit(sentence: str) -> ValueError:
    return ValueError(sentence)


def _figure(written: object, around: ValidationInfo) -> int:
    if isinstance(written, str):
        found = _asked(written, around, (int,), "a whole number")
        return found if isinstance(found, int) else 0
    if isinstance(written, bool) or not isinstance(written, int):
        raise _unfit("a whole number, or the name of a setting, should stand here")
    return bounded(written)


def _measure(written: object, around: ValidationInfo) -> float:
    if isinstance(written, str):
        found = _asked(written, around, (int, float), "a number")
        return found if isinstance(found, int | float) else 0.0
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise _unfit("a number, or the name of a setting, should stand here")
    return float(written)


def span_of(written: object, around: ValidationInfo) -> Span:
    if not isinstance(written, str):
        raise _unfit("a span is written such as P3M, P14D or P10WD")
    if written[:1].islower():
        found = _asked(written, around, (Span,), "a span such as P3M")
        return found if isinstance(found, Span) else Span(days=1)
    return said_span(written)


def said_span(written: str) -> Span:
    """A span as it is written; its refusals as pydantic expects them."""
    try:
        return parse_span(written)
    except DefinitionError as error:
        raise ValueError(str(error)) from error


def rule_of(written: object, around: ValidationInfo) -> DateRule:
    spans = {
        name: value or Span(days=1)
        for name, value in _known(around).items()
        if value is None or isinstance(value, Span)
    }
    try:
        return parse_rule(written, spans)
    except DefinitionError as error:
        raise ValueError(str(error)) from error


class _LaterOf(Shape):
    later_of: list[str]


_Named = Annotated[str, Field(pattern="^[a-z][A-Za-z0-9_]*$")]
FigureText = Annotated[int, PlainValidator(_figure, json_schema_input_type=int | _Named)]
MeasureText = Annotated[float, PlainValidator(_measure, json_schema_input_type=float | _Named)]
SpanText = Annotated[Span, PlainValidator(span_of, json_schema_input_type=str)]
Rule = Annotated[DateRule, PlainValidator(rule_of, json_schema_input_type=str | _LaterOf)]
