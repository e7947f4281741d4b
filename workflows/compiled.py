"""Definitions kept as they were built, so that a command need not read and check them anew.

A kept file holds plain values and values of the engine, nothing that could act: reading builds
no other class. It is used only where nobody but its owner could have written it, and any doubt
means that the definitions are read again. What it is kept under says all it was built from: the
text, where the text stands, this program, this Python.
"""

import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from engine.model.settings import Figure, Measure
from workflows.programme import Programme

_LARGEST = 20_000_000  # bytes
_MOST = 32  # files kept; the oldest goes
_OTHERS_MAY_WRITE = 0o022
_ROOMS = ("engine", "workflows", "notifications", "runtime", "simulation")  # who finds and builds

T = TypeVar("T")


def kept(folder: Path | None, parts: Callable[[], Iterable[bytes]], build: Callable[[], T]) -> T:
    """What was built from these parts before, or what `build` builds now, and keeps.

    Without a folder, or with one that cannot be used, nothing is kept.
    """
    if folder is None:
        return build()
    key = _key(parts())
    found = _read(folder / f"{key}.kept")
    if found is None:
        found = build()
        if _key(parts()) == key:  # else the files were changed while they were read
            with suppress(OSError):
                _write(folder / f"{key}.kept", found)
    return cast("T", found)


def _key(parts: Iterable[bytes]) -> str:
    digest = sha256(_program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@cache
def _program() -> bytes:
    """This Python, and every file that builds definitions as it stands on disk."""
    rooms = [Path(__file__).parents[1] / name for name in _ROOMS]
    told = (
        f"{file.relative_to(room.parent)} {stat.st_size} {stat.st_mtime_ns}"
        for room in rooms
        for file in sorted(room.rglob("*.py"))
        for stat in [file.stat()]
    )
    return "\n".join([sys.version, *told]).encode()


def _read(place: Path) -> object | None:
    try:
        opened = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(opened, "rb") as stream:
            if not _is_ours(place.parent.stat()) or not _is_ours(os.fstat(opened)):
                return None
            found: object = _Reader(io.BytesIO(stream.read(_LARGEST))).load()
            return found
    except Exception:  # noqa: BLE001 - whatever a broken file does: the definitions are read again
        return None


def _is_ours(stat: os.stat_result) -> bool:
    return stat.st_uid == os.geteuid() and not stat.st_mode & _OTHERS_MAY_WRITE


def _write(place: Path, built: object) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(place.parent.stat()):
        return
    content = io.BytesIO()
    _Writer(content, pickle.HIGHEST_PROTOCOL).dump(built)
    opened, draft = tempfile.mkstemp(dir=place.parent)  # readable by its owner alone
    try:
        with os.fdopen(opened, "wb") as stream:
            stream.write(content.getvalue())
        Path(draft).replace(place)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    for old in sorted(place.parent.glob("*.kept"), key=_age)[_MOST:]:
        old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:  # another command took it away
        return 0


class _Writer(pickle.Pickler):
    """Writes a value of ours as the call that makes it, so that reading checks it as well."""

    def reducer_override(self, value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
        if isinstance(value, MappingProxyType):
            return _proxy, (dict(value),)
        if isinstance(value, Figure | Measure):
            return type(value), value.made_of
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(_values(value))
        return cast("tuple[Callable[..., object], tuple[object, ...]]", NotImplemented)


def _values(value: object) -> Iterator[object]:
    return (getattr(value, field.name) for field in fields(value))  # type: ignore[arg-type]  # a dataclass


def _proxy(values: dict[str, object]) -> object:
    return MappingProxyType(values)


class _Reader(pickle.Unpickler):
    """Builds plain values and values of the engine, and knows no other name."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        if module.startswith("engine."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing a definition is made of")


_KNOWN = {
    (each.__module__, each.__qualname__): each
    for each in (Programme, _proxy, date, time, Figure, Measure)
}
