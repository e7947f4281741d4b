"""Letters that would say what nobody has filed by then, or what leads nowhere at all."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from engine.checks.hierarchy import lineage
from engine.letters.catalogue import Catalogue, Fact
from engine.lint.fact_paths import lost_facts
from engine.lint.findings import Problem, of_kind
from engine.lint.given_away import given_away
from engine.lint.never_empty import is_said_of_open_item
from engine.lint.readers import Readers
from engine.lint.sendings import Sending, sendings
from engine.lint.unread import unread
from engine.lint.unsent import unsent
from engine.model.definition import Workflow

Used = Mapping[str, Collection[str]]  # the facts that the text of each stage uses

_MINUTES = "letter.minutes"
_ASK = "ask."


def letter_facts(
    workflows: Mapping[str, Workflow], letters: Catalogue, used: Used
) -> Iterator[Problem]:
    lines = lineage(workflows)
    said = frozenset(name for names in used.values() for name in names)
    lost = dict(lost_facts(lines, [letters.facts[name] for name in sorted(said)]))
    yield from lost.values()
    yield from _without_minutes(letters, used)
    sent = {each: sendings(each, lines) for each in workflows.values()}
    yield from of_kind("unread", unread(lines, letters))
    yield from of_kind("never_sent", unsent(letters, chain(*sent.values()), used))
    for workflow, told in sent.items():
        readers = Readers(workflow, lines)
        for sending in told:
            names = sorted(used.get(sending.letter, ()))
            facts = [letters.facts[name] for name in names if name not in lost]
            yield from of_kind("not_there_yet", _unsaid(sending, facts))
            yield from of_kind("closed_record", readers.shown(sending, facts))
            yield from of_kind("given_away", given_away(sending, facts))


def _unsaid(sending: Sending, facts: Iterable[Fact]) -> Iterator[Problem]:
    for fact in facts:
        paths = fact.source.split(" or ")
        if not fact.optional and not any(_has(sending, path) for path in paths):
            yield Problem(
                sending.place,
                f"letter {sending.letter} says {fact.name}, and {' or '.join(paths)} "
                "may not be there by then",
                "require it before, send it `when` that is there, or let the fact be optional",
            )


def _has(sending: Sending, path: str) -> bool:
    """Whether a path surely leads somewhere."""
    if path.startswith(_ASK):
        return is_said_of_open_item(path.removeprefix(_ASK), is_asked=sending.is_asked)
    return sending.given.has(path)


def _without_minutes(letters: Catalogue, used: Used) -> Iterator[Problem]:
    """Stages whose text says how long the act takes, and which give no minutes."""
    says = {fact.name for fact in letters.facts.values() if fact.source == _MINUTES}
    for stage in letters.stages():
        named = sorted(says.intersection(used.get(stage.id, ())))
        if named and stage.minutes is None:
            yield Problem(
                letters.facts[named[0]].place,
                f"letter {stage.id} says {named[0]}, and its stage gives no minutes",
                f"write {stage.name}: 10 in its letter, or take {named[0]} out of the text",
            )
