"""Lists of words, those of a file beside the definition written into it; what is compared."""

from collections.abc import Mapping

from workflows.language.nodes import Node
from workflows.language.scope import Scope

_ROWS_BELOW = "words"
_BESIDE_THEM = frozenset({"source", "accepted"})
_LISTED = frozenset({"rule", "holds", "also"})


def written_lists(scope: Scope) -> Node:
    """Every list in full, with the words of the file that it names."""
    lists = {name: _list(name, node, scope) for name, node in scope.root.under("lists")}
    return scope.part("lists").saying(lists)


def written_comparisons(scope: Scope) -> Node:
    found = {}
    for name, node in scope.root.under("comparisons"):
        parts = {key: n.listed() if key in _LISTED else n for key, n in node.items()}
        found[name] = node.saying({"title": scope.words.say(node, "comparisons", name), **parts})
    return scope.part("comparisons").saying(found)


def _list(name: str, node: Node, scope: Scope) -> Node:
    files = scope.around.roots
    parts = {k: n.listed() if k in _LISTED else n for k, n in node.items() if k != "file"}
    parts["title"] = scope.words.say(node, "lists", name)
    if named := node.get("file"):
        file = files.get(named.text)
        words = file.get(_ROWS_BELOW) if file else None
        if words is not None:
            parts["words"] = words
        elif file is None or file.get("workflow"):
            scope.unknown(named, "list of words", sorted(_with_words(files)))
        else:
            scope.problems.append(_without_words(file, name))
    return node.saying(parts)


def _without_words(file: Node, name: str) -> str:
    """The complaint about a file of words that stand below another key."""
    place = next((n.named for key, n in file.items() if key not in _BESIDE_THEM), file.place)
    return f"{place}: list {name} takes its words from here: write them below `words:`"


def _with_words(files: Mapping[str, Node]) -> list[str]:
    return [name for name, file in files.items() if file.get(_ROWS_BELOW)]
