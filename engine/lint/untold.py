"""People of whom a letter says that they are told in a letter of their own, and who get none."""

from collections.abc import Iterator, Mapping

from engine.checks.hierarchy import lineage
from engine.letters.catalogue import Catalogue
from engine.letters.promise import Told
from engine.lint.findings import Problem
from engine.lint.sendings import sendings
from engine.model.definition import Workflow


def untold(
    workflows: Mapping[str, Workflow], letters: Catalogue, told: Mapping[str, Told]
) -> Iterator[Problem]:
    """Whom the texts of stages say to be told, held against who gets these letters."""
    goes: dict[str, set[str]] = {}
    lines = lineage(workflows)
    for workflow in workflows.values():
        for sending in sendings(workflow, lines):
            goes.setdefault(sending.letter, set()).update(sending.roles)
    for stage in sorted(told.keys() & goes.keys()):
        facts = (letters.facts[name] for name in told[stage].names if name in letters.facts)
        sources = (fact.source.split(".") for fact in facts)
        people = dict.fromkeys(source[1] for source in sources if source[0] == "people")
        for role in (role for role in people if role not in goes[stage]):
            sentence = f"letter {stage} says that {role} is told in a letter of their own, and "
            readers = " and ".join(sorted(goes[stage]))
            remedy = f"send it to {role} as well, or say who is told"
            yield Problem(told[stage].place, f"{sentence}it goes to {readers}", remedy)
