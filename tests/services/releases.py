"""Made-up releases: for every package of a lock a higher one, in a folder that pip looks into."""

import re
import zipfile
from importlib import metadata
from pathlib import Path

_PIN = re.compile(r"^([a-z0-9._-]+)==(\d+)(\S*)", re.MULTILINE)


def release_all(lock: Path, folder: Path) -> dict[str, str]:
    """Write a wheel for each package of the lock; the answer names their versions."""
    releases = {}
    for name, major, rest in _PIN.findall(lock.read_text(encoding="utf-8")):
        version = f"{int(major) + 1}{rest}"
        _write(folder, name, version)
        releases[name] = version
    return releases


def _write(folder: Path, name: str, version: str) -> None:
    stem = f"{re.sub(r'[-_.]+', '_', name)}-{version}"
    facts = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" + "".join(
        f"Provides-Extra: {extra}\n" for extra in _extras(name)
    )
    kind = "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", facts)
        wheel.writestr(f"{stem}.dist-info/WHEEL", kind)
        wheel.writestr(
            f"{stem}.dist-info/RECORD",
            "".join(f"{stem}.dist-info/{file},,\n" for file in ("METADATA", "WHEEL", "RECORD")),
        )


def _extras(name: str) -> list[str]:
    try:
        return metadata.metadata(name).get_all("Provides-Extra") or []
    except metadata.PackageNotFoundError:  # of another platform
        return []
