"""What one setting may be: a text, a word, a host, seconds, an address, a name."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from notifications.addresses import AddressError, checked_address, checked_name


def checked(fits: Callable[[str], bool], wanted: str) -> AfterValidator:
    """Build a validator that keeps the text, or says what it should be."""

    def check(text: str) -> str:
        if not fits(text):
            raise ValueError(wanted)
        return text

    return AfterValidator(check)


def matching(pattern: str, wanted: str) -> AfterValidator:
    return checked(lambda text: re.fullmatch(pattern, text) is not None, wanted)


def one_address(text: str) -> str:
    try:
        return checked_address(text)
    except AddressError as error:
        raise ValueError(str(error)) from None


def one_name(text: str) -> str:
    try:
        return checked_name(text)
    except AddressError as error:
        raise ValueError(str(error)) from None


Text = Annotated[str, Field(max_length=500), matching(r"[^\x00-\x1f]*", "it holds control marks")]
Word = Annotated[
    str, matching(r"[a-z][a-z0-9_-]{0,39}", "it should be a short word like wp6 (a-z, 0-9, -)")
]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Host = Annotated[str, matching(r"[A-Za-z0-9.:_-]{0,253}", "it is not the name of a host")]
Port = Annotated[int, Field(ge=1, le=65535)]
