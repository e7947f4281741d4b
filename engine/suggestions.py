"""The known word that somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST_NAMED = 30
_LONGEST_READ = 80


def suggestion(word: object, known: list[str]) -> str:
    """Return `did you mean "x"?`, or what is known when nothing is near."""
    near = nearest(word, known)
    if near:
        return f'did you mean "{near}"?'
    if not known:
        return "remove it"
    more = ", ..." if len(known) > _MOST_NAMED else ""
    return f"known here: {', '.join(known[:_MOST_NAMED])}{more}"


def choice_of(word: object, known: Iterable[str], here: Iterable[str] | None = None) -> str:
    """The remedy of a refusal: what may be meant of all that is known, and what fits here."""
    names = list(known)
    near, fits = nearest(word, names), names if here is None else list(here)
    meant = f"Did you mean {near}? " if near else ""
    return f"{meant}Choose one of: {', '.join(fits) or 'none here'}."


def nearest(word: object, known: list[str]) -> str:
    """The known word nearest to this one whatever its capitals; empty when none is near."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(str(word)[:_LONGEST_READ].casefold(), folded, n=1)
    return folded[near[0]] if near else ""


def folded(text: str) -> str:
    """A word as it counts among others: capitals, spaces, hyphens, underlines make no other."""
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split())


def alike(left: object, right: object) -> bool:
    """Whether two values agree; of words capitals and spaces make no difference."""
    if isinstance(left, str) and isinstance(right, str):
        return folded(left) == folded(right)
    return left == right
