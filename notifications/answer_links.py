"""The link by which a letter is answered: a line of its own below what it asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.letters.answers import Answer, PassOn, TakeBack
from notifications.languages import Language
from notifications.together import GAP

_ANSWER = "Answer on a page:"
_OTHERWISE = "Answer otherwise on a page:"  # what is asked is not done there
_UNDO = "Take it back on a page:"
LABELS = (_ANSWER, _OTHERWISE, _UNDO)


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """The address of the page, what its button says, and whether the page asks for the code of the
    reader's centre.
    """

    address: str
    label: str = _ANSWER
    wants_code: bool = False


def link_to(address: str, answers: Sequence[Answer]) -> AnswerLink:
    """The link to a page that takes these answers.

    One that only passes on what its reader says instead is no place to do what the letter asks.
    """
    label = _OTHERWISE if all(isinstance(each.does, PassOn) for each in answers) else _ANSWER
    if any(isinstance(each.does, TakeBack) for each in answers):
        label = _UNDO
    return AnswerLink(address, label, any(each.is_binding for each in answers))


def with_link(body: str, link: AnswerLink, language: Language) -> str:
    """The body of a letter with the link behind its first paragraph, which says what is asked.

    The line above an address that ends in a colon is the label of its button.
    """
    first, *rest = GAP.split(body, maxsplit=1)
    lines = [first.rstrip(), language.word(link.label), link.address]
    if link.wants_code:
        asked = "It asks for the code of your centre: ask us for it, we tell it on the phone."
        lines.append(language.word(asked))
    return "\n\n".join(("\n".join(lines), *rest))


def parted(paragraph: str) -> tuple[str, str]:
    """What is asked, and the lines of the link below it; nothing where there is none."""
    lines = paragraph.split("\n")
    at = next((n for n, line in enumerate(lines) if "://" in line), len(lines) + 1)
    return "\n".join(lines[: at - 1]), "\n".join(lines[at - 1 :])
