"""People of whom a letter says that they are told in a letter of their own, and who get none."""

from collections.abc import Iterator, Mapping

from engine.checks.hierarchy import lineage
from engine.letters.catalogue import Catalogue
from engine.lint.findings import Problem
from engine.lint.sendings import sendings
from engine.model.definition import Workflow
from engine.places import Place

# By stage: the file, the line, and the facts with which the line names people.
Told = Mapping[str, tuple[str, int, list[str]]]


def untold(workflows: Mapping[str, Workflow], letters: Catalogue, told: Told) -> Iterator[Problem]:
    goes: dict[str, set[str]] = {}
    for workflow in workflows.values():
        for sending in sendings(workflow, lineage(workflows)):
            goes.setdefault(sending.letter, set()).update(sending.roles)
    for stage in sorted(told.keys() & goes.keys()):
        file, line, names = told[stage]
        sources = (letters.facts[name].source.split(".") for name in names if name in letters.facts)
        people = dict.fromkeys(source[1] for source in sources if source[0] == "people")
        for role in (role for role in people if role not in goes[stage]):
            sentence = f"letter {stage} says that {role} is told in a letter of their own, and "
            readers = " and ".join(sorted(goes[stage]))
            remedy = f"send it to {role} as well, or say who is told"
            yield Problem(Place(file, line, 1), f"{sentence}it goes to {readers}", remedy)
