"""Effects as definition files write them, told apart by their first word."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from engine.model.definition import Notify, OpenCase, RaiseFlag, SetFact, Tell
from workflows.schema.form import Form
from workflows.schema.spelling import LetterId, Listed, Name, Shape, Single, Text, Then


class _Addressed(Shape):
    @model_validator(mode="after")
    def _is_addressed(self) -> Self:
        if len({"workflow", "to_parent"} & self.model_fields_set) != 1:
            raise ValueError(
                "tell whom? write children: all, children: a workflow, or parent: true"
            )
        return self


class _Set(Shape):
    may_be_null: ClassVar[frozenset[str]] = frozenset({"value"})

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if len({"value", "path"} & self.model_fields_set) != 1:
            raise ValueError("set to what? write value: ..., or from: a path, and not both")
        return self


def _children(named: str) -> str | None:
    return None if named == "all" else named


NotifyForm = Annotated[Notify, Form(letter=Annotated[LetterId, Field(alias="notify")])]
OpenForm = Annotated[OpenCase, Form(workflow=Annotated[Name, Field(alias="open")])]
TellForm = Annotated[
    Tell,
    Form(
        _Addressed,
        trigger=Annotated[Name, Field(alias="tell")],
        workflow=Annotated[Name, Then(_children), Field(alias="children")],
        to_parent=Annotated[Literal[True], Field(alias="parent")],
    ),
]
SetForm = Annotated[
    SetFact,
    Form(
        _Set,
        fact=Annotated[Name, Field(alias="set")],
        value=Single,
        path=Annotated[Text, Field(alias="from")],
    ),
]
FlagForm = Annotated[RaiseFlag, Form()]

# The tags stand in error paths only; they must not be keys of an effect.
_TAGS: Mapping[str, str] = {
    "notify": "<letter>",
    "open": "<case>",
    "tell": "<trigger>",
    "set": "<fact>",
    "flag": "<flag>",
}


def _kind(written: object) -> str | None:
    if not isinstance(written, dict):
        return None
    return next((tag for word, tag in _TAGS.items() if word in written), None)


Effects = Listed[
    Annotated[
        Annotated[NotifyForm, Tag("<letter>")]
        | Annotated[OpenForm, Tag("<case>")]
        | Annotated[TellForm, Tag("<trigger>")]
        | Annotated[SetForm, Tag("<fact>")]
        | Annotated[FlagForm, Tag("<flag>")],
        Discriminator(
            _kind,
            custom_error_type="effect",
            custom_error_message="an effect begins with one of notify, open, tell, set, flag",
        ),
    ]
]
