"""Settings, from the language to the full form; those of another workflow as it has them."""

from workflows.language.nodes import Node
from workflows.language.scope import Scope

_BORROWED = ("is", "within", "by", "rule")


def written_settings(scope: Scope) -> Node:
    """Every setting in full."""
    settings: dict[str, Node] = {}
    for name, node in scope.root.under("settings"):
        of = node.get("of")
        whole = node if of is None else _of_another(name, node, of, scope)
        if whole is not None:
            settings[name] = whole.saying(_parts(name, whole, scope))
    return scope.part("settings").saying(settings)


def _of_another(name: str, node: Node, of: Node, scope: Scope) -> Node | None:
    """What another workflow says of a setting, said where this one names it."""
    others = {each: root for each, root in scope.around.roots.items() if root.get("settings")}
    if of.text not in others:
        scope.unknown(of, "workflow with settings", list(others))
        return None
    known = dict(others[of.text].under("settings"))
    if name not in known:
        scope.unknown(Node(name, node.named, node.named), f"setting of {of.text}", list(known))
        return None
    usual = others[of.text].get("defaults")
    by = usual.get("by") if usual else None
    own = {key: each for key, each in known[name].items() if key in _BORROWED}
    return node.saying({**({"by": by} if by else {}), **own, "of": of})


def _parts(name: str, node: Node, scope: Scope) -> dict[str, Node]:
    parts = dict(node.items())
    if by := node.get("by") or scope.default("by"):
        parts["by"] = by.listed()
    if rule := node.get("rule"):
        parts["rule"] = rule.listed()
    if "of" not in parts:
        parts["title"] = scope.words.say(node, "settings", name)
    return parts
