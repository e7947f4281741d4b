"""What an HTML page says and shows, read with the standard library alone."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "meta", "img", "link", "hr", "input"}
_SILENT = {"style", "title", "script"}


@dataclass
class Page(HTMLParser):
    """Its words in order; hidden ones apart; every tag with its attributes."""

    words: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        if tag not in _VOID:
            is_hidden = known.get("aria-hidden") == "true" or tag in _SILENT
            self._open.append((tag, is_hidden))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop() if self._open else ("", False)
        if opened != tag:
            self.unclosed.append(f"{opened} before {tag}")

    def handle_data(self, data: str) -> None:
        is_hidden = any(each for _, each in self._open)
        (self.hidden if is_hidden else self.words).extend(data.split())

    def all_with(self, name: str) -> list[str]:
        """Each value of an attribute, from top to bottom."""
        return [value for _, known in self.tags if (value := known.get(name)) is not None]


def page_of(html: str) -> Page:
    """The page, read to its end."""
    page = Page()
    page.feed(html)
    page.close()
    return page
