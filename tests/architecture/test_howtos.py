"""The how-tos are true: who follows one to the letter gets what it says."""

import re
import shutil
import tomllib
from pathlib import Path
from textwrap import indent

import yaml

from runtime.settings.settings import Settings
from tests.architecture.tree import ROOT
from tests.support.commands import pairing
from tests.support.orchard import in_english
from tests.support.pages import commands

HOWTOS = ROOT / "docs" / "howto"
EXCHANGE = ROOT / "tests" / "journeys" / "programmes" / "exchange"
GROUP = EXCHANGE.with_name("group")
_FENCE = r"^ *```(?:{kinds})\n(?P<text>.*?)^ *```$"


def _blocks(page: str, kinds: str = "yaml|text|toml") -> list[str]:
    """What a page says is to be written, without the indentation of its list."""
    fences = re.compile(_FENCE.format(kinds=kinds), re.DOTALL | re.MULTILINE)
    text = (HOWTOS / page).read_text(encoding="utf-8")
    return [
        re.sub(r"^   ", "", found["text"], flags=re.MULTILINE) for found in fences.finditer(text)
    ]


def test_a_letter_added_as_the_page_says_can_be_seen_and_sent(tmp_path: Path) -> None:
    stages, title, promise, text, french, sent = _blocks("add-a-letter.md")
    ladder = sent.splitlines(keepends=True)[1]
    programme = tmp_path / "changed"
    shutil.copytree(ROOT / "workflows" / "wp6", programme)
    state = "visit_preparation:\n"
    _put_below(programme / "letters.yaml", "letters:\n", indent(stages, "  "))
    _put_below(programme / "letters.yaml", "promises:\n", indent(promise, "  "))
    _put_below(programme / "pairing.yaml", "ladders:\n", indent(ladder, " " * 8), after=state)
    _say(programme / "words" / "en", title, "the travel plan", text)

    lacking = pairing("check", str(programme), folder=tmp_path)
    _say(programme / "words" / "fr", "N-30: Voyage\n", "le plan de voyage", french)
    checked = pairing("check", str(programme), folder=tmp_path)
    seen = pairing(
        *("mail", "preview", "N-30.ask"), folder=tmp_path, PAIRING_PROGRAMME__FOLDER=str(programme)
    )

    assert "words/fr/letters.yaml:5:1: nothing is said for 'Travel'" in lacking.err
    assert "words/fr/pairing.yaml:3:1: nothing is said for 'the travel plan'" in lacking.err
    assert (checked.code, seen.code) == (0, 0), checked.out + checked.err + seen.err
    assert "Please send your travel plan by" in seen.out


def _say(words: Path, title: str, open_item: str, text: str) -> None:
    """The words of the new letter in one language."""
    _put_below(words / "letters.yaml", "letters:\n", indent(title, "  "))
    travel = f"      travel: {open_item}\n"
    _put_below(words / "pairing.yaml", "ladders:\n", travel, after="visit_preparation:\n")
    written = words / "letters" / "N-30" / "ask.txt"
    written.parent.mkdir(parents=True)
    written.write_text(text, encoding="utf-8")


def test_a_requirement_added_as_the_page_says_is_asked_for_by_the_step(tmp_path: Path) -> None:
    requirement, sentences = _blocks("add-a-requirement.md")
    programme = tmp_path / "changed"
    in_english(ROOT / "workflows" / "wp6", programme)
    pairing_yaml = programme / "pairing.yaml"
    words = programme / "words" / "en" / "pairing.yaml"
    insurance = "  insurance: {by: aspiring, fields: {valid_until: date}}\n"
    title = "  insurance: Proof of insurance\n"
    _put_below(pairing_yaml, "records:\n", insurance)
    _put_below(words, "records:\n", title)
    _put_below(pairing_yaml, "requirements:\n", indent(requirement, "  "))
    _put_below(words, "requirements:\n", indent(sentences, "  "))
    _with(
        pairing_yaml, "requires: [dates_accepted_c", "requires: [insurance_proven, dates_accepted_c"
    )

    checked = pairing("check", str(programme), folder=tmp_path)
    _with(words, title, "")
    without = pairing("check", str(_with(pairing_yaml, insurance, "")), folder=tmp_path)

    assert checked.code == 0, checked.out + checked.err
    assert without.code != 0, "a requirement whose record is missing is found"


def test_a_deadline_is_changed_where_the_page_says(tmp_path: Path) -> None:
    block = _blocks("change-a-deadline.md")[0]
    programme = tmp_path / "changed"
    shutil.copytree(ROOT / "workflows" / "wp6", programme)
    pairing_yaml = programme / "pairing.yaml"
    text = pairing_yaml.read_text(encoding="utf-8")
    lines = [line.strip() for line in block.splitlines()]

    missing = [line for line in lines if line not in text]
    changed = _with(pairing_yaml, lines[-1], lines[-1].replace("is: P14D", "is: P15D"))
    checked = pairing("check", str(changed), folder=tmp_path)

    assert missing == []
    assert checked.code == 0, checked.out + checked.err


def test_the_pairs_of_the_demo_are_brought_over_as_the_page_says(
    built_demo: Path, tmp_path: Path
) -> None:
    page = (HOWTOS / "change-the-programme-under-running-pairs.md").read_text(encoding="utf-8")
    before, after, folder = _blocks("change-the-programme-under-running-pairs.md")
    shutil.copytree(ROOT / "workflows" / "wp6", tmp_path / "changed")
    demo, *others = commands(page)
    assert demo.words == ("pairing", "demo", "demo")  # typed once for all tests
    shutil.copytree(built_demo, tmp_path / "demo")
    ended = {}

    for typed in others:
        if typed.words[1] == "check":
            _with(tmp_path / "changed" / "pairing.yaml", before.strip(), after.strip())
            with (tmp_path / "demo" / "config.toml").open("a", encoding="utf-8") as config:
                config.write(f"\n{folder}")
        ended[" ".join(typed.words[1:3])] = pairing(*typed.words[1:], folder=tmp_path)

    looked, done = ended["migrate --dry-run"], ended["migrate --config"]
    assert {name: each.code for name, each in ended.items()} == dict.fromkeys(ended, 0), ended
    assert "setting check_in_opens is P2M, it was P3M" in done.out
    assert len(set(re.findall(r"^P-\d\d\b(?!/)", done.out, re.MULTILINE))) == 14
    assert "blocked" not in done.out
    assert looked.out == f"dry run: nothing was written\n{done.out}"


def test_the_office_of_a_second_programme_is_written_as_the_page_says() -> None:
    office, _ = _blocks("add-a-second-programme.md")
    whole = yaml.safe_load((EXCHANGE / "exchange.yaml").read_text(encoding="utf-8"))

    assert yaml.safe_load(office)["office"] == whole["office"]


def test_what_each_of_several_centres_is_asked_for_is_written_as_the_page_says() -> None:
    _, each = _blocks("add-a-second-programme.md")
    whole = yaml.safe_load((GROUP / "circle.yaml").read_text(encoding="utf-8"))

    said = yaml.safe_load(each)
    assert said["requirements"].items() <= whole["requirements"].items()
    assert (
        said["ladders"].items() <= whole["phases"]["start"]["states"]["review"]["ladders"].items()
    )


def test_the_settings_for_postgresql_are_ones_that_the_program_reads() -> None:
    named = next(block for block in _blocks("run-on-postgresql.md") if "[database]" in block)

    read = Settings.model_validate(tomllib.loads(named))

    assert read.database.url.startswith("postgresql://")


def test_what_an_operator_types_is_understood(tmp_path: Path) -> None:
    typed = [
        line.removeprefix("$ pairing ").split()
        for block in _blocks("operate.md", "console")
        for line in block.splitlines()
        if line.startswith("$ pairing ") and '"' not in line
    ]

    codes = {" ".join(words): pairing(*words, "--help", folder=tmp_path).code for words in typed}

    assert len(codes) > 5
    assert set(codes.values()) == {0}, codes


def _with(file: Path, before: str, after: str) -> Path:
    """Put other words into a definition; its folder."""
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file.parent


def _put_below(file: Path, line: str, text: str, after: str = "") -> None:
    whole = file.read_text(encoding="utf-8")
    start = whole.index(after)
    before, found, rest = whole[start:].partition(line)
    assert found
    file.write_text(whole[:start] + before + found + text + rest, encoding="utf-8")
