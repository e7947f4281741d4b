"""Where the lines of a text end: a tag alone leaves none, words keep theirs."""

from datetime import date
from pathlib import Path

import pytest

from notifications.previews import SAMPLE_READER, samples
from tests.notifications.programmes import fact, shipped, shipped_texts, templates

ROWS = [{"who": "A", "until": "2026-12-09"}, {"who": "B", "until": ""}]
EACH = "- {{ each.who }}{% if each.until %}, away{% endif %}\n"


def written(root: Path, body: str) -> str:
    rows = fact("rows", "list_of_items", ROWS)
    facts = {"rows": rows.sample()}
    return templates(root, body, rows).render("N-01.ask", facts, SAMPLE_READER).text


def test_rows_that_end_in_a_tag_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    text = written(tmp_path, f"{{% for each in rows %}}\n{EACH}{{% endfor %}}\n\nThen.")

    assert text.startswith("- A, away\n- B\n\nThen.\n")


def test_lines_of_tags_alone_leave_nothing(tmp_path: Path) -> None:
    tags = "{% if rows %}\nOne.\n{% else %}\nNone.\n{% endif %}{% if not rows %}{% endif %}\nTwo."

    assert written(tmp_path, tags).startswith("One.\nTwo.\n")


@pytest.mark.parametrize("stage", ["N-22.overview", "N-22.quiet"])
def test_whoever_had_no_letters_last_week_is_listed_one_by_one(stage: str) -> None:
    row = {"who": "A", "why": "", "until": date(2026, 12, 9), "count": 2}
    facts = samples(shipped_texts(), shipped().stage(stage), "facilitator")
    facts |= {"withheld": (row, row)}

    text = shipped_texts().render(stage, facts, SAMPLE_READER).text

    assert text.splitlines().count("- A: 2, away until 9 December") == len((row, row))
    assert "\n\nWhat happens next" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_leaves_a_gap_to_make_up_for_a_tag(language: str) -> None:
    texts = sorted((shipped_texts().shelf.folder / language / "letters").glob("N-*/*.txt"))

    assert len(texts) > 100
    assert [path for path in texts if "%}\n\n\n" in path.read_text(encoding="utf-8")] == []
