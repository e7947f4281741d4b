"""Facts of letters whose paths lead nowhere, from whichever workflow one looks."""

from collections.abc import Collection, Iterable, Iterator

from engine.checks.hierarchy import Lineage
from engine.letters.catalogue import Fact
from engine.lint.findings import Problem, unknown
from engine.lint.names import Scope
from engine.lint.occasions import EVERY
from engine.lint.paths import leads_nowhere, used_of

_PERSON = frozenset({"name", "email", "phone", "languages", "hours", "all"})
_WORDS = {
    "person": frozenset({"name", "email", "language"}),
    "letter": frozenset({"minutes", "reference", "also", "copied_from", "words", "done", "ahead"}),
    "ask": frozenset(
        {
            "what",
            "all",
            "others",
            "due_on",
            "lead_on",
            "lead_told",
            "first_on",
            "open_since",
            "working_days",
            "dates",
            "tried",
            "waits",
            *("options", "named", "common", "fixes", "places", "offers"),  # of a day sought
        }
    )
    | {f"callee.{word}" for word in ("name", "phone", "languages", "hours")},
}
_NAMED = {"person": "reader", "letter": "letter", "ask": "item that is open"}
_CENTRE = frozenset({"name", "short_name", "country", "city", "key"})


def lost_facts(lines: Lineage, facts: Iterable[Fact]) -> Iterator[tuple[str, Problem]]:
    events = _told(lines)
    centres = _CENTRE | _of_centres(lines)
    for fact in facts:
        for path in fact.source.split(" or "):
            for problem in _lost(lines, fact, path, events, centres):
                yield fact.name, problem


def _lost(
    lines: Lineage, fact: Fact, path: str, events: frozenset[str], centres: frozenset[str]
) -> Iterator[Problem]:
    root, _, rest = path.partition(".")
    first, _, last = rest.partition(".")
    roles = {role for each in lines.workflows.values() for role in each.roles}
    match root:
        case "overview" | "digest" | "receipt":
            return  # of letters that no definition sends
        case "ask" if first == "open":
            yield from _one(fact, "ladder", last, _ladders(lines))
        case "person" | "letter" | "ask":
            yield from _one(fact, f"word about the {_NAMED[root]}", rest, _WORDS[root])
        case "people":
            yield from _one(fact, "role", first, roles)
            yield from _one(fact, "word about a person", last, _PERSON)
        case "event":
            yield from _one(fact, "word about what just happened", first, events)
        case _:
            found = [
                list(leads_nowhere(Scope(each, lines), path, fact.place))
                for each in lines.workflows.values()
            ]
            if all(found):
                yield from min(found, key=lambda each: "did you mean" not in each[0].remedy)
            elif root == "parties":
                yield from _one(fact, "word about a centre", last, centres)


def _one(fact: Fact, what: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        yield unknown(fact.place, what, name, known)


def _ladders(lines: Lineage) -> frozenset[str]:
    """Each by its state, as letters ask whether it asks."""
    states = (state for each in lines.workflows.values() for state in each.states.values())
    return frozenset(f"{state.name}.{each.name}" for state in states for each in state.ladders)


def _told(lines: Lineage) -> frozenset[str]:
    """What may be said of what just happened: by the program, or by who takes a step."""
    return EVERY | _read(lines, "event.")


def _of_centres(lines: Lineage) -> frozenset[str]:
    return frozenset(path.partition(".")[2] for path in _read(lines, "parties."))


def _read(lines: Lineage, root: str) -> frozenset[str]:
    return frozenset().union(*(used_of(each, root) for each in lines.workflows.values()))
