"""Parts of the docs that follow from the definitions, and what puts them in their places.

``python -m tests.support.pictures`` renews them.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.lint.silence import Silence, silences
from engine.model.definition import State, Workflow
from engine.model.diagram import mermaid
from engine.time.date_rules import ENTRY
from engine.time.windows import DateRule, Later, Window
from tests.architecture.tree import ROOT
from tests.support.longest import longest_silence
from tests.support.world import wp6

PAGES = (ROOT / "README.md", ROOT / "docs" / "lifecycle.md")

_PLACE = re.compile(
    r"(?P<opening><!-- made from the definitions: (?P<what>\w+) ?(?P<of>\w*) -->\n)"
    r"(?P<made>.*?)"
    r"(?P<closing><!-- end -->)",
    re.DOTALL,
)
_NOTHING = "\N{EN DASH}"

Workflows = Mapping[str, Workflow]


def workflows() -> Workflows:
    """The workflows that come with the package."""
    return wp6().workflows


def renewed(page: str, found: Workflows) -> str:
    """The page with every made part as the definitions give it now."""

    def made(place: re.Match[str]) -> str:
        text = _MADE[place["what"]](found, place["of"])
        return f"{place['opening']}{text}{place['closing']}"

    return _PLACE.sub(made, page)


def made_parts(page: str) -> list[str]:
    """What is made in a page, such as "picture pairing"."""
    return [f"{place['what']} {place['of']}".strip() for place in _PLACE.finditer(page)]


def _picture(found: Workflows, name: str) -> str:
    return f"```mermaid\n{mermaid(found[name])}```\n"


def _states(found: Workflows, name: str) -> str:
    quiet = {each.state: each for each in silences(found) if each.workflow == name}
    lines = [
        "| state | opens, **target**, ends | who acts | longest silence |",
        "|---|---|---|---|",
    ]
    for state in found[name].states.values():
        cells = (_named(state), _window(state.window), _acts(state), _silence(quiet, state))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _longest(found: Workflows, _: str) -> str:
    longest = longest_silence(found)
    title = found[longest.workflow].state(longest.state).title
    return (
        f"The longest of all is {longest.days} days, in `{longest.workflow}.{longest.state}` "
        f"({title.lower()}).\n"
    )


_MADE: Mapping[str, Callable[[Workflows, str], str]] = {
    "picture": _picture,
    "states": _states,
    "longest": _longest,
}


def _named(state: State) -> str:
    return f"{state.title} (`{state.name}`)"


def _acts(state: State) -> str:
    return ", ".join(state.acts) or _NOTHING


def _silence(quiet: Mapping[str, Silence], state: State) -> str:
    if state.name not in quiet:
        return "the end"
    days, who = quiet[state.name].days, quiet[state.name].who
    if days is None:
        return "for ever"
    return f"{days} days, then {', '.join(who) or 'the end'}"


def _window(window: Window | None) -> str:
    if window is None:
        return _NOTHING
    target = f"**{date_in_words(window.target)}**"
    bounds = (
        window.opens and date_in_words(window.opens),
        target,
        window.ends and date_in_words(window.ends),
    )
    return "; ".join(bound for bound in bounds if bound)


def date_in_words(rule: DateRule) -> str:
    if isinstance(rule, Later):
        return f"the later of {' and '.join(date_in_words(each) for each in rule.of)}"
    words = rule.span.in_words()
    if words == "0 days":
        return f"`{rule.anchor}`"
    if rule.anchor == ENTRY:
        return f"{words} after entry"
    sign = "\N{MINUS SIGN}" if words.endswith(" before") else "+"
    return f"`{rule.anchor}` {sign} {words.removesuffix(' before')}"


def _renew(page: Path) -> None:
    page.write_text(renewed(page.read_text(encoding="utf-8"), workflows()), encoding="utf-8")


if __name__ == "__main__":
    for each in PAGES:
        _renew(each)
