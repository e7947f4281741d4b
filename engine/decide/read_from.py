"""From which record a path is read: the one it names, or the one that a fact was noted from."""

from collections.abc import Iterator

from engine.checks.hierarchy import effects
from engine.model.definition import SetFact, Workflow


def read_from(workflow: Workflow, path: str) -> Iterator[tuple[str, str]]:
    """Each record with the field that a path leads to; a fact may be noted from several."""
    root, _, rest = path.partition(".")
    if root == "record":
        record, _, field = rest.partition(".")
        yield record, field
    elif root == "fact":
        for each in effects(workflow):
            if isinstance(each, SetFact) and each.fact == rest:
                noted = each.path or ""
                yield from read_from(workflow, noted) if noted.startswith("record.") else ()
