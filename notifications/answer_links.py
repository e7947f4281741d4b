"""The link by which a letter is answered: a line of its own below what it asks."""

from dataclasses import dataclass

from notifications.languages import Language
from notifications.together import GAP


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """The address of the page, and whether it asks for the code of the reader's centre."""

    address: str
    wants_code: bool = False
    undoes: bool = False  # the letter is a receipt


def with_link(body: str, link: AnswerLink, language: Language) -> str:
    """The body of a letter with the link behind its first paragraph, which says what is asked.

    The line above an address that ends in a colon is the label of its button.
    """
    first, *rest = GAP.split(body, maxsplit=1)
    label = language.word("Answer on a page:")
    if link.undoes:
        label = language.word("Take it back on a page:")
    lines = [first.rstrip(), label, link.address]
    if link.wants_code:
        asked = "It asks for the code of your centre: ask us for it, we tell it on the phone."
        lines.append(language.word(asked))
    return "\n\n".join(("\n".join(lines), *rest))


def parted(paragraph: str) -> tuple[str, str]:
    """What is asked, and the lines of the link below it; nothing where there is none."""
    lines = paragraph.split("\n")
    at = next((n for n, line in enumerate(lines) if "://" in line), len(lines) + 1)
    return "\n".join(lines[: at - 1]), "\n".join(lines[at - 1 :])
