"""Lists of words, and what is compared, as definition files write them in full."""

from types import MappingProxyType
from typing import Self

from pydantic import model_validator

from engine.model.comparison import Comparison
from engine.model.word_lists import WordList
from workflows.schema.spelling import Ids, Name, Names, Shape, Some, Text, Texts
from workflows.yaml.spot import Spot

Words = dict[Text, dict[Name, Some[Texts]]]


class ListShape(Shape):
    """Words with their parts, or a table that the office imports."""

    title: Text
    words: Some[Words] | None = None
    imported: bool = False
    holds: Texts = ()
    rule: Ids = ()

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if (self.words is None) != self.imported:
            raise ValueError("a list has its words here, or it is imported: true; never both")
        if self.imported and self.holds:
            raise ValueError("holds: belongs to a list with its words here: what is said is read")
        return self


class ComparisonShape(Shape):
    """Records that say the same at several times."""

    title: Text
    records: Some[Names]
    rows: Name
    key: Name
    value: Name
    also: Names = ()
    rule: Ids = ()


def build_comparison(name: str, shape: ComparisonShape, spot: Spot) -> Comparison:
    return Comparison(name=name, **dict(shape), place=spot.named)


def build_list(name: str, shape: ListShape, spot: Spot) -> WordList:
    entries = {word: MappingProxyType(parts) for word, parts in (shape.words or {}).items()}
    return WordList(
        name=name,
        title=shape.title,
        entries=MappingProxyType(entries),
        imported=shape.imported,
        holds=shape.holds,
        rule=shape.rule,
        place=spot.named,
    )
