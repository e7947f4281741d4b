"""Why a flag is up: each reason with what it waits for, as the facts of the flag's case hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

SEVERITIES = ("info", "amber", "red")
REASONS, NEWS = "reasons", "news"  # a fact of the case of a flag, and what it is told


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for which it is up."""

    words: str
    severity: str
    until: str = ""  # what is to be met again; empty: only a person knows when it is over

    def plain(self) -> dict[str, str]:
        return {"words": self.words, "severity": self.severity, "until": self.until}


def rank(severity: object) -> int:
    """How grave a severity is, for comparing two."""
    return SEVERITIES.index(str(severity)) if severity in SEVERITIES else -1


def reasons_of(facts: Mapping[str, object]) -> tuple[Reason, ...]:
    """The reasons that stand; a flag of old says only one, and not what it waits for."""
    rows = facts.get(REASONS)
    if not isinstance(rows, Iterable):
        return (Reason(str(facts.get("cause", "")), str(facts.get("severity", ""))),)
    return tuple(Reason(**row) for row in rows if isinstance(row, Mapping))


def with_reason(standing: tuple[Reason, ...], new: Reason) -> tuple[Reason, ...]:
    """The reasons and one more; what is waited for already, or said already, is no second one."""
    for old in standing:
        if old.until == new.until and (new.until or old.words == new.words):
            graver = max(old.severity, new.severity, key=rank)
            now = replace(new, severity=graver)
            return tuple(now if each is old else each for each in standing)
    return (*standing, new)


def facts_of(reasons: tuple[Reason, ...]) -> dict[str, object]:
    """What the case of a flag says of itself: how grave it is, and why."""
    severity = max((each.severity for each in reasons), key=rank)
    return {
        "severity": severity,
        "cause": _joined(each.words for each in reasons if each.severity == severity),
        REASONS: [each.plain() for each in reasons],
    }


def _joined(words: Iterable[str]) -> str:
    said = ""
    for each in dict.fromkeys(words):
        said += f"{' ' if said.endswith('.') else '; ' if said else ''}{each}"
    return said
