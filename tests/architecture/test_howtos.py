"""The how-tos are true: who follows one to the letter gets what it says."""

import re
import shutil
from pathlib import Path
from textwrap import indent

from tests.architecture.tree import ROOT
from tests.support.commands import pairing

HOWTOS = ROOT / "docs" / "howto"
_FENCE = re.compile(r"^ *```(?:yaml|text)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE)


def _blocks(page: str) -> list[str]:
    """What a page says is to be written, without the indentation of its list."""
    text = (HOWTOS / page).read_text(encoding="utf-8")
    return [
        re.sub(r"^   ", "", found["text"], flags=re.MULTILINE) for found in _FENCE.finditer(text)
    ]


def test_a_letter_added_as_the_page_says_can_be_seen_and_sent(tmp_path: Path) -> None:
    stage, text, sent = _blocks("add-a-letter.md")
    rung = sent.splitlines(keepends=True)[0]
    programme = tmp_path / "changed"
    shutil.copytree(ROOT / "workflows" / "wp6", programme)
    _put_below(programme / "letters.yaml", "letters:\n", indent(stage, "  "))
    _put_below(programme / "pairing.yaml", "rungs:\n", f"          {rung}")
    written = programme / "texts" / "N-26" / "en" / "ask.txt"
    written.parent.mkdir(parents=True)
    written.write_text(text, encoding="utf-8")

    checked = pairing("check", str(programme), folder=tmp_path)
    seen = pairing(
        *("mail", "preview", "N-26.ask"), folder=tmp_path, PAIRING_PROGRAMME__FOLDER=str(programme)
    )

    assert (checked.code, seen.code) == (0, 0), checked.out + checked.err + seen.err
    assert "Please send your travel plan by" in seen.out


def _put_below(file: Path, line: str, text: str) -> None:
    before, found, after = file.read_text(encoding="utf-8").partition(line)
    assert found
    file.write_text(before + found + text + after, encoding="utf-8")
