"""docs/reference: every key of a definition, and JSON Schema for editors.

``python -m tests.support.reference`` writes both from the shapes that files are read with, and from
keys.yaml: what each key means, with an example.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

import yaml
from pydantic import BaseModel

from engine.checks.vocabulary import CHECKS
from simulation import acts, story
from workflows.language import effects, meetings, phases, shapes, spelling, words
from workflows.language import letters as letters_
from workflows.language.checks import KINDS
from workflows.schema import accepted, adoption, anchors, answers, attention, form, states, workflow
from workflows.schema import letters as catalogue
from workflows.schema.checks import parameters_of
from workflows.schema.examples import ExamplesText
from workflows.schema.overview import OverviewShape

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGE = FOLDER / "definitions.md"
ROOTS: Mapping[str, type[BaseModel]] = {
    "definition.schema.json": shapes.DefinitionText,
    "letters.schema.json": letters_.LettersText,
    "examples.schema.json": ExamplesText,
    "answers.schema.json": answers.AnswersText,
    "answer-words.schema.json": answers.AnswerWords,
    "words.schema.json": words.WordsShape,
    "letter-words.schema.json": letters_.LetterWords,
    "adoption.schema.json": adoption.AdoptionShape,
    "rehearsal.schema.json": story.Story,
}
CHECKS_OF_ALL, PATHS = "checks", "paths"  # in keys.yaml, beside the shapes
_MADE = "<!-- made by python -m tests.support.reference -->"
_WIDEST = 10**6


class Section(NamedTuple):
    """A part of the page: the keys of these shapes."""

    title: str
    says: str
    shapes: tuple[type[BaseModel], ...]


_EFFECTS = tuple(effects.shape_of_effect(word) for word in effects.WORDS)
SECTIONS = (
    Section("The file", "One workflow in one file.", (shapes.DefinitionText,)),
    Section("The office", "", (form.shape_of(workflow.OfficeForm),)),
    Section("Partnership", "", (shapes.PartnershipText,)),
    Section("Renamed", "", (workflow.RenamedShape,)),
    Section("Settings", "What `pair adapt` changes for one case.", (shapes.SettingText,)),
    Section("Lists", "Words to choose from instead of free text.", (shapes.ListText,)),
    Section("Comparisons", "", (shapes.ComparisonText,)),
    Section("Anchors", "One of the sources, or several.", (anchors.AnchorShape,)),
    Section("Defaults", "", (shapes.DefaultsText,)),
    Section("Usual rungs", "", (shapes.DefaultRung,)),
    Section("Weights", "", (shapes.WeightText,)),
    Section("Requirements", "A [check](#checks), and beside it:", (shapes.RequirementText,)),
    Section("Records", "", (shapes.RecordText,)),
    Section(
        "Fields",
        "A kind, such as `text` or `optional text`; a list of choices; or more:",
        (spelling.LongField,),
    ),
    Section(
        "Meetings",
        "Each has a record of its own, and three letters that tell people of it.",
        (meetings.MeetingText,),
    ),
    Section("Flags", "", (shapes.FlagText,)),
    Section("Phases", "", (phases.PhaseText,)),
    Section("States", "", (phases.StateText,)),
    Section("Windows", "", (form.shape_of(states.WindowForm),)),
    Section("Ladders", "", (phases.LadderText,)),
    Section("Rungs", "A day, such as `P5WD every P14D`; or more:", (phases.LongRung,)),
    Section("Steps", "A list of steps is tried from the top.", (phases.StepText,)),
    Section("Watches", "By the name of the requirement.", (shapes.WatchText,)),
    Section("Effects", "Each begins with its first key.", _EFFECTS),
    Section(
        "Accepted findings",
        "What `pairing check` finds and is meant. One that is found no more is to be taken out.",
        (accepted.AcceptedText,),
    ),
)
LETTERS = (
    Section("The file of letters", "`letters.yaml`", (letters_.LettersText,)),
    Section(
        "Attention", "What is urgent goes at once, in their hours.", (attention.AttentionShape,)
    ),
    Section("Overview", "One letter a week to each of them.", (OverviewShape,)),
    Section("Letters", "", (letters_.LetterText,)),
    Section("Stages", "", (letters_.StageText,)),
    Section("Facts", "", (catalogue.FactText,)),
    Section("The file of examples", "`examples.yaml`", (ExamplesText,)),
    Section("The file of answers", "`answers.yaml`", (answers.AnswersText,)),
    Section("Answers", "Each is one act of its reader.", (answers.AnswerText,)),
)
WORDS = (
    Section("The file of words", "`words/<language>/<workflow>.yaml`", (words.WordsShape,)),
    Section("Words of a state", "", (words.StateWords,)),
    Section("Words of a record", "", (words.RecordWords,)),
    Section("Words of a requirement", "", (words.AskedWords,)),
    Section("Words of the letters", "`words/<language>/letters.yaml`", (letters_.LetterWords,)),
    Section("Words of the answers", "`words/<language>/answers.yaml`", (answers.AnswerWords,)),
    Section("Words of an answer", "", (answers.OneAnswerWords,)),
)


_ACTS = (
    acts.File,
    acts.Sign,
    acts.Pull,
    acts.Assign,
    acts.Waive,
    acts.Move,
    acts.Raise,
    acts.Learn,
)
OTHERS = (
    Section("The table of running cases", "`adoption.yaml`", (adoption.AdoptionShape,)),
    Section("Columns of people", "", (adoption.PersonShape,)),
    Section("Columns of dates", "", (adoption.ColumnShape,)),
    Section("The story of a rehearsal", "`rehearsal.yaml`", (story.Story,)),
    Section("Pace", "", (story.Pace,)),
    Section("The cast", "", (story.Cast,)),
    Section("Invented centres", "", (story.InventedCentre,)),
    Section("Turns", "", (story.Turn,)),
    Section("Silences", "", (story.Silence,)),
    Section("Acts", "Each begins with one of the keys below, and says who does it.", (acts.Act,)),
    Section("What is done", "", _ACTS),
)


@cache
def keys() -> dict[str, dict[str, dict[str, object]]]:
    """What each key means and an example, by the name of its shape."""
    written = yaml.safe_load((FOLDER / "keys.yaml").read_text(encoding="utf-8"))
    return cast("dict[str, dict[str, dict[str, object]]]", written)


def names_of(shape: type[BaseModel]) -> list[str]:
    """The keys of a shape as they are written."""
    is_act = issubclass(shape, acts.Act) and shape is not acts.Act
    shared = acts.Act.model_fields if is_act else {}
    fields = shape.model_fields.items()
    return [field.alias or name for name, field in fields if name not in shared]


@cache
def schemas() -> dict[str, str]:
    """Each schema by the name of its file; an editor shows what a key means."""
    return {name: _schema(name, shape) for name, shape in ROOTS.items()}


def page() -> str:
    """The reference of every key, as Markdown."""
    parts = [_BEGINNING, *_sections(SECTIONS), *_checks(), *_paths()]
    parts += [*_sections(LETTERS), *_sections(WORDS), *_sections(OTHERS)]
    return "\n".join(parts).rstrip("\n") + "\n"


def shown(name: str, example: object) -> str:
    """An example as a definition writes it, in one line."""
    written = yaml.safe_dump(
        {name: example}, default_flow_style=True, width=_WIDEST, sort_keys=False
    )
    return written.strip()[1:-1].replace("'on'", '"on"')


_BEGINNING = f"""{_MADE}
# Every key of a definition

How to read a definition is said in [workflows/wp6](../../workflows/wp6/README.md); here stands what
may be written where. An editor that knows JSON Schema checks it while you write: put
`# yaml-language-server: $schema=.../docs/reference/definition.schema.json` into the first line.

A name alone may stand for a list of one: `by: aspiring`; what a [check](#checks) is told is written
as a list, `one_of: [done]`. A definition may also be written in
full, as it is kept for the cases pinned to it: with `states`, `transitions` and all words in it.
"""


def _sections(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from (f"## {section.title}", "", *([section.says, ""] if section.says else []))
        yield from ("| key | what it says | example |", "|---|---|---|")
        for shape in section.shapes:
            for name in names_of(shape):
                about = keys()[shape.__name__][name]
                yield f"| `{name}` | {about['means']} | `{shown(name, about['example'])}` |"
        yield ""


def _checks() -> Iterator[str]:
    says = "By its name, and what it looks at first; beside it what it is told."
    yield from ("## Checks", "", says, "")
    yield from ("| check | asks whether | may be told | example |", "|---|---|---|---|")
    for kind in KINDS:
        about = keys()[CHECKS_OF_ALL][kind]
        example = yaml.safe_dump(
            about["example"], default_flow_style=True, width=_WIDEST, sort_keys=False
        )
        told = ", ".join(f"`{name}`" for name in _told(kind))
        yield f"| `{kind}` | {about['means']} | {told} | `{example.strip()}` |"
    yield ""


def _paths() -> Iterator[str]:
    yield from ("## Paths", "", "Words with dots between them; where they may begin:", "")
    yield from ("| begins with | leads to | example |", "|---|---|---|")
    for root, about in keys()[PATHS].items():
        yield f"| `{root}` | {about['means']} | `{about['example']}` |"
    yield ""


def _told(kind: str) -> list[str]:
    return [each.name for each in parameters_of(CHECKS[kind])[1:]] if kind in CHECKS else []


def _schema(name: str, shape: type[BaseModel]) -> str:
    made = shape.model_json_schema()
    for about in (made, *made.get("$defs", {}).values()):
        meant = keys().get(re.sub(r"\W.*", "", about.get("title", "")), {})
        for key, part in about.get("properties", {}).items():
            part.pop("title", None)
            if key in meant:
                part["description"] = meant[key]["means"]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name}
    return json.dumps({**head, **made}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    for file, text in schemas().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FOLDER}: {1 + len(ROOTS)} files\n")
