"""The README and the docs are true: commands run, pictures are current, links lead somewhere."""

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup

from cli.shared.nouns import NOUNS, loaded
from tests.architecture.tree import ROOMS, ROOT
from tests.support.command_tree import verb_of
from tests.support.commands import pairing
from tests.support.pages import commands, links, pages, part, tables
from tests.support.pictures import PAGES, made_parts, renewed, workflows

README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages()]


def test_the_first_day_of_the_readme_goes_as_it_says(tmp_path: Path) -> None:
    day = part(README, "A facilitator's first day")
    for name, rows in tables(day).items():
        (tmp_path / name).write_text(rows, encoding="utf-8")

    variables: dict[str, str] = {}
    wrong = []
    for typed in commands(day):
        if typed.words[0] == "export":
            name, _, value = typed.words[1].partition("=")
            variables[name] = value
            continue
        ended = pairing(*typed.words[1:], folder=tmp_path, **variables)
        if ended.code != typed.code:
            wrong.append((typed, ended))

    assert wrong == []
    assert list(tmp_path.glob("letters/**/*.eml")) != []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_and_tables_are_those_of_the_definitions(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    again = renewed(text, workflows())

    assert again == text, "renew them: python -m tests.support.pictures"


def test_every_workflow_has_its_picture_and_its_table() -> None:
    lifecycle = (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8")

    made = made_parts(lifecycle)

    assert {"longest"} | {
        f"{kind} {name}" for name in workflows() for kind in ("picture", "states")
    } == set(made)
    assert made_parts(README) == ["picture pairing"]


def test_a_picture_that_is_not_current_is_noticed() -> None:
    stale = README.replace("eoi_received --> diagnostic", "eoi_received --> closed")

    assert stale != README
    assert renewed(stale, workflows()) == README


@pytest.mark.parametrize("page", NAMED)
def test_every_command_of_a_page_is_one_that_exists(page: Path) -> None:
    every = [typed.words for typed in commands(page.read_text(encoding="utf-8"))]
    typed = [words[1:] for words in every if words[0] == "pairing"]

    unknown = [words for words in typed if not _exists(words)]

    assert unknown == []


@pytest.mark.parametrize("page", NAMED)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = links(page.read_text(encoding="utf-8"))

    dead = [target for target in targets if not (page.parent / target).exists()]

    assert dead == []


def test_the_index_of_the_docs_names_every_page() -> None:
    docs = ROOT / "docs"
    index = links((docs / "README.md").read_text(encoding="utf-8"))
    listed = {(docs / target).resolve() for target in index}

    missing = [
        page.relative_to(docs).as_posix()
        for page in docs.rglob("*.md")
        if page.name != "README.md" and not {page, page.parent} & (listed - {docs})
    ]

    assert missing == []


def test_every_file_that_the_readme_names_exists() -> None:
    tops = "|".join([*ROOMS, "docs", "tests"])
    named = re.findall(rf"`((?:{tops})/[\w./-]*)`", README)

    assert [path for path in named if not (ROOT / path).exists()] == []
    assert named != []


def test_the_table_of_rooms_names_every_room() -> None:
    table = part(README, "The rooms")

    assert [room for room in ROOMS if f"| `{room}/` |" not in table] == []


def _exists(words: tuple[str, ...]) -> bool:
    """Whether these words name a command and options it has."""
    if not words or words[0] not in NOUNS:
        return False
    command, rest = loaded(words[0]), words[1:]
    if isinstance(command, TyperGroup):
        if not rest or rest[0] not in command.commands:
            return False
        command, rest = verb_of(command, rest[0]), rest[1:]
    known = {option for each in command.params for option in each.opts}  # type: ignore[attr-defined]  # a command of Typer
    return {word.split("=")[0] for word in rest if word.startswith("--")} <= known
