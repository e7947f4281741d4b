"""The pages for maintainers name files and functions that exist."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from runtime.settings.settings import Settings
from tests.architecture.tree import ROOMS, ROOT, functions
from tests.support.pages import links

TOP = ("ARCHITECTURE.md", "CONTRIBUTING.md")
PAGES = [*(ROOT / name for name in TOP), *sorted((ROOT / "docs" / "adr").glob("*.md"))]
HOWTOS = sorted((ROOT / "docs" / "howto").glob("*.md"))
NAMED = [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in PAGES]
_TOPS = "|".join([*ROOMS, "bench", "docs", "requirements", "tests"])
_PATH = re.compile(rf"`((?:{_TOPS})/[\w./-]*)`")
_FILE = re.compile(r"`([\w./-]+\.(?:py|md|toml|lock))`")
_WALKED = re.compile(rf"`((?:{_TOPS})/[\w/]+\.py)`\s+`([\w.]+)`")


@pytest.mark.parametrize("page", NAMED)
def test_every_path_that_a_page_for_maintainers_names_exists(page: Path) -> None:
    assert sorted(set(_missing(page.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("page", NAMED)
def test_every_function_that_a_page_names_beside_a_file_stands_in_it(page: Path) -> None:
    named = _WALKED.findall(page.read_text(encoding="utf-8"))

    astray = [(path, name) for path, name in named if name.split(".")[-1] not in _names(path)]

    assert astray == []


@pytest.mark.parametrize("name", TOP)
def test_every_link_of_a_page_at_the_top_leads_to_a_file(name: str) -> None:
    found = links((ROOT / name).read_text(encoding="utf-8"))

    assert [target for target in found if not (ROOT / target).exists()] == []
    assert found != []


def test_a_path_that_is_gone_is_noticed() -> None:
    found = list(_missing("see `engine/gone.py` and `engine/decide/decide.py`"))

    assert found == ["engine/gone.py"]


def _missing(text: str) -> Iterator[str]:
    for path in [*_PATH.findall(text), *(each for each in _FILE.findall(text) if "/" not in each)]:
        if not (ROOT / path).exists():
            yield path


def _is_setting(section: str, key: str) -> bool:
    known = Settings().model_dump().get(section)
    return isinstance(known, dict) and key in known


@cache
def _names(path: str) -> set[str]:
    return {function.name for function in functions(Path(path))}


def test_every_decision_record_has_a_number_of_its_own() -> None:
    numbers = [page.name[:4] for page in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert [each for each in numbers if numbers.count(each) > 1] == []


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.stem)
def test_every_setting_that_a_how_to_names_exists(page: Path) -> None:
    named = re.findall(r"`(\w+)`\s+under\s+`\[(\w+)\]`", page.read_text(encoding="utf-8"))

    assert [(section, key) for key, section in named if not _is_setting(section, key)] == []
