"""When people are written to, as ``letters.yaml`` says it by their role."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import PlainValidator, model_validator

from engine.letters.attention import Attention
from engine.time.slots import Slot, read_slot
from workflows.schema.spelling import Clock, LetterId, Listed, Name, Shape, Some


def _slot(written: object) -> Slot:
    return read_slot(written if isinstance(written, str) else repr(written))


WrittenSlot = Annotated[Slot, PlainValidator(_slot, json_schema_input_type=str)]


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
