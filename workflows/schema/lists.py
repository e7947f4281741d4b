"""Lists of words, and what is compared, as definition files write them in full."""

from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from engine.model.comparison import Comparison
from engine.model.word_lists import WordList
from workflows.schema.form import Form
from workflows.schema.spelling import Name, Some, Text, Texts, Then

_Parts = Annotated[dict[Name, Some[Texts]], Then(MappingProxyType)]


def _has_words(listed: WordList) -> WordList:
    if bool(listed.entries) == listed.imported:
        raise ValueError("a list has its words here, or it is imported: true; never both")
    if listed.imported and listed.holds:
        raise ValueError("holds: belongs to a list with its words here: what is said is read")
    return listed


ComparisonForm = Annotated[Comparison, Form()]
ListForm = Annotated[
    WordList,
    Form(
        entries=Annotated[Some[dict[Text, _Parts]], Then(MappingProxyType), Field(alias="words")],
        holds=Texts,
    ),
    Then(_has_words),
]
