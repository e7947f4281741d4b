"""When people are written to, as ``letters.yaml`` says it by their role."""

import re
from collections.abc import Mapping
from datetime import time
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import PlainValidator, model_validator

from engine.errors import DefinitionError, quoted
from engine.letters.attention import Attention, Slot
from workflows.schema.spelling import Clock, LetterId, Listed, Name, Shape, Some, said

_DAILY = "daily"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SLOT = re.compile(r"([a-z]+) ((?:[01][0-9]|2[0-3]):[0-5][0-9])")


def _slot(written: object) -> Slot:
    text = written if isinstance(written, str) else repr(written)
    found = _SLOT.fullmatch(text)
    if found is None or found[1] not in (_DAILY, *_DAYS):
        raise DefinitionError(f"{quoted(text)} is no slot: write thursday 13:00, or daily 09:00")
    weekday = None if found[1] == _DAILY else _DAYS.index(found[1])
    return Slot(time.fromisoformat(found[2]), weekday)


WrittenSlot = Annotated[Slot, PlainValidator(said(_slot), json_schema_input_type=str)]


class AttentionShape(Shape):
    """When people in a role are written to."""

    opens: Clock
    closes: Clock
    slots: Some[Listed[WrittenSlot]]
    merged: LetterId

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(f"closes {self.closes:%H:%M} is not after opens: swap the two")
        for slot in self.slots:
            if not self.opens <= slot.at < self.closes:
                raise ValueError(
                    f"the slot at {slot.at:%H:%M} is outside of the hours: "
                    f"name one from {self.opens:%H:%M} and before {self.closes:%H:%M}"
                )
        return self


Attentions = dict[Name, AttentionShape]


def attention_of(written: Attentions) -> Mapping[str, Attention]:
    """By role, as the engine takes it."""
    return MappingProxyType(
        {
            role: Attention(each.opens, each.closes, each.slots, each.merged)
            for role, each in written.items()
        }
    )
