"""What the entries of a journal changed, in words: before and after, entry by entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from engine.model.act_titles import title_of
from engine.model.definition import Workflow
from engine.model.differences import differences
from engine.model.dossier import RecordVersion
from engine.model.fields import in_their_order
from engine.model.reasons import REASONS, reasons_of

_LIVES = ("baseline", "forecast", "actual", "moved to")
_Row = list[object]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is another since an entry; nothing stands as None."""

    what: str
    before: object
    after: object


@dataclass(slots=True)
class Telling:
    """The entries of one case, told in their order: what stood before is remembered."""

    workflow: Workflow
    records: Mapping[str, tuple[RecordVersion, ...]]  # every version ever filed
    acts: Callable[[], Mapping[int, str]] = dict  # of the family, in words, by their turns
    facts: dict[str, object] = field(default_factory=dict)
    dates: dict[str, _Row] = field(default_factory=dict)
    void: set[tuple[object, object]] = field(default_factory=set)

    def changes(self, entry: Mapping[str, object]) -> tuple[Change, ...]:
        """What this entry changed; each entry is to be told once."""
        return tuple(
            change
            for told in (
                *(self._ended, self._filed, _signed, _waived),
                *(self._dates, self._facts, self._restored, self._taken_along),
            )
            for change in told(entry)
        )

    def title(self, kind: str, what: str) -> str:
        """What an entry is about, in words; empty where nothing is named."""
        return title_of(self.workflow, kind, what)

    def _ended(self, entry: Mapping[str, object]) -> Iterator[Change]:
        for number, centres, *_ in rows(entry, "ended"):
            self.dates.clear()  # those of the next partnership begin anew
            who = f" with {centres}" if centres else ""
            yield Change(f"partnership {number}{who}", "goes on", "ended: it is history")

    def _filed(self, entry: Mapping[str, object]) -> Iterator[Change]:
        for name, number, *_ in rows(entry, "records"):
            versions = self.records.get(str(name), ())
            filed = next((each for each in versions if each.number == number), None)
            if filed is None:
                continue
            earlier = [v for v in versions if self._is_before(str(name), v, filed)]
            if filed.corrects is not None:
                earlier = [v for v in versions if v.number == filed.corrects]
            before = earlier[-1].content if earlier else {}
            for each in differences(before, self._in_order(str(name), filed.content)):
                yield Change(f"{name} {number}: {each.field}", each.before, each.after)

    def _is_before(self, name: str, version: RecordVersion, filed: RecordVersion) -> bool:
        """Whether one was in force when another was filed: of the same centre and partnership."""
        kind = self.workflow.records.get(name)
        goes_along = kind is not None and kind.survives
        is_of_it = goes_along or version.partnership == filed.partnership
        return version.number < filed.number and version.centre == filed.centre and is_of_it

    def _in_order(self, name: str, content: Mapping[str, object]) -> Mapping[str, object]:
        kind = self.workflow.records.get(name)
        return content if kind is None else in_their_order(kind.fields, content)

    def _dates(self, entry: Mapping[str, object]) -> Iterator[Change]:
        for name, row in cast("Mapping[str, _Row]", entry.get("dates", {})).items():
            before = self.dates.get(name, [None] * len(_LIVES))
            for life, old, new in zip(_LIVES, before, row, strict=False):
                if old != new:
                    yield Change(f"{name}, {life}", old, new)
            self.dates[name] = row

    def _facts(self, entry: Mapping[str, object]) -> Iterator[Change]:
        for name, value in cast("Mapping[str, object]", entry.get("facts", {})).items():
            # As it stands when any case begins, nobody has said it.
            before = self.facts.get(name, self.workflow.facts.get(name))
            if before != value:
                yield Change(name, as_read(name, before), as_read(name, value))
            self.facts[name] = value
        for name in cast("list[str]", entry.get("dropped", [])):
            yield Change(name, as_read(name, self.facts.pop(name, None)), None)

    def _restored(self, entry: Mapping[str, object]) -> Iterator[Change]:
        """Of what was put right: dates as they stand again, and what counts for nothing now."""
        whole = cast("Mapping[str, object]", entry.get("restored", {}))
        if not whole:
            return
        dates = cast("dict[str, _Row]", whole["dates"])
        nothing: _Row = [None] * len(_LIVES)
        for name in {**self.dates, **dates}:
            rows_ = (self.dates.get(name, nothing), dates.get(name, nothing))
            for life, old, new in zip(_LIVES, *rows_, strict=False):
                if old != new:
                    yield Change(f"{name}, {life}", old, new)
        self.dates = dict(dates)
        for record, number, *_ in rows(whole, "void"):
            if (record, number) not in self.void:
                self.void.add((record, number))
                yield Change(f"{record} {number}", "in force", "void")

    def _taken_along(self, entry: Mapping[str, object]) -> Iterator[Change]:
        """The acts that rested on the one that was taken back, and went with it."""
        along = cast("list[int]", entry.get("took_along", []))
        said = self.acts() if along else {}
        for turn in along:
            yield Change(said[turn], "stands", "taken back with it")


def as_read(name: str, value: object) -> object:
    """A fact as people read it: of the reasons for a flag what they say, not what ends them."""
    if name != REASONS or value is None:
        return value
    return [f"{each.words} ({each.severity})" for each in reasons_of({name: value})]


def _signed(entry: Mapping[str, object]) -> Iterator[Change]:
    for name, number, role, person, on, *centre in rows(entry, "signatures"):
        of = f" ({centre[0]})" if centre and centre[0] else ""
        yield Change(f"{name} {number}: signed for {role}{of}", None, f"{person}, {on}")


def _waived(entry: Mapping[str, object]) -> Iterator[Change]:
    waiver = cast("_Row", entry.get("waiver", []))
    if waiver:
        requirement, by, role = waiver[:3]
        yield Change(f"waiver of {requirement}", None, f"{by} ({role})")


def rows(entry: Mapping[str, object], name: str) -> Iterable[_Row]:
    return cast("list[_Row]", entry.get(name, []))
