"""Lists of words: paths into them, and lists that nothing reads."""

from collections.abc import Iterable, Iterator

from engine.lint.findings import Problem, unknown
from engine.model.definition import Workflow
from engine.model.word_lists import WordList, list_of
from engine.places import Place

_HOLDERS = ("fact.", "parties.")


def list_path(
    family: Iterable[Workflow], rest: str, place: Place
) -> tuple[list[Problem], str | None]:
    """What is wrong with ``list.NAME`` or ``list.NAME.PART.PATH``; the path inside it, if any."""
    lists = {name: each for workflow in family for name, each in workflow.lists.items()}
    name, _, inner = rest.partition(".")
    if name not in lists:
        return [unknown(place, "list", name, lists)], None
    part, _, path = inner.partition(".")
    if not part:
        return [], None
    parts = lists[name].parts
    if part not in parts:
        return [unknown(place, f"part of list {name}", part, parts)], None
    if not path:
        remedy = f"add the path of a word of {name}, such as fact.domain"
        return [Problem(place, f"whose {part} are meant is not said", remedy)], None
    return [], path


def unread_lists(workflow: Workflow, read: Iterable[str]) -> Iterator[Problem]:
    """Lists without a field, a check or a holder; ``read`` are the paths that are."""
    used = {list_of(path) for path in read}
    for each in workflow.lists.values():
        if each.name not in used and not each.holds:
            yield Problem(each.place, f"nothing reads list {each.name}", "use it, or take it out")
        yield from _holders(workflow, each)


def _holders(workflow: Workflow, each: WordList) -> Iterator[Problem]:
    for path in each.holds:
        root, _, rest = path.partition(".")
        if f"{root}." not in _HOLDERS:
            remedy = "write fact.NAME or parties.SIDE.NAME"
            yield Problem(each.place, f"{path} is nothing that holds a word", remedy)
        elif root == "fact" and rest not in workflow.facts:
            yield unknown(each.place, "fact", rest, workflow.facts)
        elif root == "parties" and rest.partition(".")[0] not in workflow.sides:
            yield unknown(each.place, "side", rest.partition(".")[0], workflow.sides)
