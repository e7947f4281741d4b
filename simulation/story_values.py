"""Values in a story that nobody could file: words of no list, days of no calendar, lost paths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.checks.among import taking
from engine.checks.hierarchy import Lineage
from engine.checks.records import problems
from engine.lint.names import Scope
from engine.lint.paths import leads_nowhere, used_of
from engine.model.definition import Workflow
from engine.model.fields import Field
from engine.model.word_lists import list_of
from engine.suggestions import suggestion
from simulation.acts import Act, File, Learn, Move, Pull
from simulation.words import EACH, TODAY, Point, Word, has_words
from workflows.yaml.spot import Spot

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What the acts of one workflow say; ``words`` are those of the lists, by name."""

    lines: Lineage
    workflow: Workflow
    words: Words
    anchors: frozenset[str]

    def wrong(self, act: Act, spot: Spot) -> Iterator[str]:
        match act:
            case File() if act.record in self.workflow.records:
                fields = self.workflow.records[act.record].fields
                yield from self._content(fields, act.content, spot.at("content"))
            case Pull():
                known = used_of(self.workflow, "event.")
                yield from unread("a step", act.facts, known, spot.at("facts"))
                yield from self._spoken(act.facts, spot.at("facts"))
            case Learn():
                known = facts_of_centres(self.lines)
                yield from unread("a centre", act.facts, known, spot.at("facts"))
            case Move():
                yield from self._spoken(act.to, spot.at("to"))
            case _:
                pass  # says nothing that could be filed

    def _content(
        self, fields: tuple[Field, ...], content: Mapping[str, object], spot: Spot
    ) -> Iterator[str]:
        """What is wrong with what is written out; words are held against what there is."""
        found = {name: value for name, value in content.items() if not has_words(value)}
        asked = (self._taking(f, optional=f.name in content.keys() - found) for f in fields)
        spoken = dict.fromkeys(content.keys() - found)
        for problem in problems(tuple(asked), found | spoken):
            steps = [int(s) - 1 if s.isdigit() else s for s in problem.field.split(".")]
            place = spot.at(*steps).named if problem.is_gap else spot.at(*steps).place
            yield f"{place}: {steps[-1]} {problem.sentence}: {problem.remedy}"
        rows = {field.name: field.rows for field in fields if field.rows}
        for name, value in content.items():
            if name in rows and name not in found and isinstance(value, tuple):
                for number, row in enumerate(value):
                    if isinstance(row, Mapping):
                        plain = {n: each for n, each in row.items() if n != EACH}
                        yield from self._content(rows[name], plain, spot.at(name, number))
            else:
                yield from self._spoken(value, spot.at(name))

    def _taking(self, field: Field, *, optional: bool) -> Field:
        words = self.words.get(list_of(field.among), ()) if field.among.count(".") == 1 else ()
        if field.kind == "number" and not all(map(is_number, words)):
            words = ()
        rows = tuple(self._taking(row, optional=row.optional) for row in field.rows)
        return taking(replace(field, optional=field.optional or optional, rows=rows), words)

    def _spoken(self, value: object, spot: Spot) -> Iterator[str]:
        """Words that lead nowhere, wherever in a value they stand."""
        match value:
            case Word():
                for point in value.points:
                    yield from self._point(point, spot)
            case Mapping():
                for name, each in value.items():
                    yield from self._spoken(each, spot.at(str(name)))
            case tuple():
                for number, each in enumerate(value):
                    yield from self._spoken(each, spot.at(number))
            case _:
                pass  # written out

    def _point(self, point: Point, spot: Spot) -> Iterator[str]:
        root, _, rest = point.of.partition(".")
        if point.is_path and root != "people":
            scope = Scope(self.workflow, self.lines)
            yield from map(str, leads_nowhere(scope, point.of, spot.place))
            return
        what = "role" if point.is_path else "day"
        name = rest if point.is_path else point.of
        known = sorted(self.workflow.roles if point.is_path else {TODAY, *self.anchors})
        if name not in known:
            yield f'{spot.place}: no {what} "{name}": {suggestion(name, known)}'


def unread(
    of: str, facts: Mapping[str, object], known: frozenset[str], spot: Spot
) -> Iterator[str]:
    """Facts that no definition reads."""
    for name in facts:
        if name not in known:
            place = spot.at(name).named
            yield f'{place}: nothing reads "{name}" of {of}: {suggestion(name, sorted(known))}'


def facts_of_centres(lines: Lineage) -> frozenset[str]:
    """What the definitions of a programme read of the centres, on either side."""
    workflows = lines.workflows.values()
    paths = (path for each in workflows for path in used_of(each, "parties."))
    return frozenset(path.partition(".")[2] for path in paths)


def words_of(lines: Lineage, imported: Words) -> Words:
    """The words of every list: those of the definitions, and those the story imports."""
    lists = (each for workflow in lines.workflows.values() for each in workflow.lists.values())
    return {**{each.name: tuple(each.entries) for each in lists}, **imported}


def is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
