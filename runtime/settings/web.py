"""Where pages can be reached from outside: without it letters name no link."""

from collections.abc import Iterator
from typing import Annotated, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from runtime.settings.account import LOOPBACK
from runtime.settings.values import Section

_LONGEST = 120  # characters: an address in a letter is never folded
_WRITE = "write it like https://pairing.example.org"


def _address(text: str) -> str:
    if not text:
        return ""
    parts = _parts(text)
    if parts is None or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(f"it is no address of a page: {_WRITE}")
    if "@" in parts.netloc or "?" in text or "#" in text:
        raise ValueError(f"it holds more than host and path: {_WRITE}")
    return text.rstrip("/")


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        found = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port or a bracket
        return None
    return parts if found else None


class WebSettings(Section):
    """The address that links in letters begin with, and how long one works."""

    public_address: Annotated[str, Field(max_length=_LONGEST), AfterValidator(_address)] = ""
    on_this_machine: bool = False
    link_days: Annotated[int, Field(ge=1, le=730)] = 60

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for key, wrong in _contradictions(self):
            raise PydanticCustomError("contradiction", "{wrong}", {"key": key, "wrong": wrong})
        return self


def _contradictions(web: WebSettings) -> Iterator[tuple[str, str]]:
    if not web.public_address or web.on_this_machine:
        return
    parts = urlsplit(web.public_address)
    if parts.hostname in LOOPBACK:
        yield "public_address", "it is this machine: nobody who reads a letter could open it"
    if parts.scheme != "https":
        yield "public_address", f"what somebody answers would go in the clear: {_WRITE}"
