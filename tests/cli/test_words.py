"""`pairing words`: lists that the office brings along, and what records then take."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from tests.support.commands import is_clear, pairing
from tests.support.orchard import Orchard

_TASTING = ("pair", "record", "VIE-BIR", "tasting", "--set")
_SIDES = ("--centre", "coordinator=VIE", "--centre", "aspiring=BIR")
_ROW = '[{"fruit": "apple", "score": 2}, {"fruit": "Pear", "score": 1}]'


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("words"))) as made:
        _table(made.folder, "0", "1", "2.5")
        made.must("words", "import", "scale", "scale.csv")
        yield made


def _table(folder: Path, *words: str, name: str = "scale.csv") -> None:
    (folder / name).write_text("\n".join(("word", *words)) + "\n", encoding="utf-8")


def test_a_list_is_shown_with_where_its_words_come_from(orchard: Orchard) -> None:
    listed = pairing("words", "list", folder=orchard.folder, COLUMNS="120")
    shown = pairing("words", "show", "scale", "--json", folder=orchard.folder)

    assert "Fruits" in listed.out
    assert "the definition" in listed.out
    assert "a table of the office" in listed.out
    assert shown.body["list"]["words"] == ["0", "1", "2.5"]  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("set_", "told"),
    [
        ((f"scores={_ROW}", "--set", "overall=222"), "Give at most 2.5."),
        (('scores=[{"fruit": "Aple", "score": 1}]',), "Did you mean Apple?"),
    ],
)
def test_what_stands_in_no_list_is_refused_with_the_nearest_word(
    set_: tuple[str, ...], told: str, orchard: Orchard
) -> None:
    ended, written = orchard.try_(*_TASTING, *set_)

    assert ended.code != 0
    assert not written
    assert told in ended.err + ended.out


def test_what_is_measured_twice_stands_side_by_side(orchard: Orchard) -> None:
    later = '[{"fruit": "Apple", "score": 2.5}]'
    orchard.must(*_TASTING, f"scores={_ROW}", "--set", "overall=1")
    orchard.must("pair", "record", "VIE-BIR", "last_tasting", "--set", f"scores={later}")

    shown = pairing("pair", "compare", "VIE-BIR", "taste", folder=orchard.folder)
    ended, _ = orchard.try_("pair", "compare", "VIE-BIR", "tatse")

    assert "2 → 2.5" in shown.out
    assert "+0.5" in shown.out
    assert "1 → -" in shown.out
    assert is_clear(ended, [1, 2, 3, 4])
    assert "taste" in ended.err


def test_the_rows_of_a_record_are_taken_out_of_a_table(orchard: Orchard) -> None:
    table = orchard.folder / "rows.csv"
    table.write_text("fruit;score\nPEAR;2,5\napple;1\n", encoding="utf-8")
    orchard.must(*_TASTING, "scores=@rows.csv")
    table.write_text("fruit;score\nPlum;1\n", encoding="utf-8")

    shown = pairing("pair", "form", "VIE-BIR", "tasting", "--json", folder=orchard.folder)
    wrong, written = orchard.try_(*_TASTING, "scores=@rows.csv")
    absent, _ = orchard.try_(*_TASTING, "scores=@nothing.csv")

    kept = [{"fruit": "Pear", "score": 2.5}, {"fruit": "Apple", "score": 1}]
    assert shown.body["content"]["scores"] == kept  # type: ignore[index]  # JSON
    assert not written
    assert '"fruit" in row 1 of "scores"' in wrong.err + wrong.out
    assert is_clear(absent, [2])
    assert "there is no such file" in absent.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("words", "import", "scael", "scale.csv"), 'did you mean "scale"?'),
        (("words", "import", "fruits", "scale.csv"), "are written in the definition"),
        (("words", "import", "scale", "odd.csv"), '"high" is not a number'),
        (("words", "import", "scale", "twice.csv"), "stands in row 2 too"),
        (("words", "import", "scale", "empty.csv"), "holds no row below"),
        (("words", "show", "fruit"), 'did you mean "fruits"?'),
        (("pair", "new", "P-9", *_SIDES, "--set", "fruit=Aple"), 'did you mean "Apple"?'),
    ],
)
def test_a_wrong_list_or_word_is_answered_with_the_right_one(
    words: tuple[str, ...], told: str, orchard: Orchard
) -> None:
    _table(orchard.folder, "1", "high", name="odd.csv")
    _table(orchard.folder, "1", "1", name="twice.csv")
    _table(orchard.folder, name="empty.csv")

    ended, written = orchard.try_(*words)

    assert ended.code != 0
    assert not written
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_only_the_office_brings_a_list_along_and_a_preview_writes_nothing(
    orchard: Orchard,
) -> None:
    stranger, wrote = orchard.try_("words", "import", "scale", "scale.csv", "--as", "aspiring")
    preview, previewed = orchard.try_("words", "import", "scale", "scale.csv", "--dry-run")

    assert (stranger.code != 0, wrote) == (True, False)
    assert (preview.code, previewed) == (0, False)


def test_words_that_records_say_are_taken_out_only_where_that_is_meant(orchard: Orchard) -> None:
    orchard.must(*_TASTING, "overall=2.5", "--set", f"scores={_ROW}")
    number = _versions(orchard)
    _table(orchard.folder, "0", "2", name="other.csv")
    words = ("words", "import", "scale", "other.csv")

    tried, previewed = orchard.try_(*words, "--dry-run", "--json")
    refused, written = orchard.try_(*words)
    meant, _ = orchard.try_(*words, "--in-use")
    orchard.must("words", "import", "scale", "scale.csv", "--in-use")

    told = f"VIE-BIR tasting {number}"
    entries = cast("list[dict[str, str]]", tried.body["entries"])
    assert [each["key"] for each in entries] == ["2", "1", "2.5"]
    assert [told in each["outcome"] for each in entries] == [False, True, True]
    assert (refused.code, previewed, written) == (2, False, False)
    assert "taken out: 2.5, said in VIE-BIR" in refused.err
    assert "say with --in-use" in refused.err
    assert f"taken out: 1, said in VIE-BIR tasting {number}" in meant.out


def _versions(orchard: Orchard) -> int:
    shown, _ = orchard.try_("pair", "record", "VIE-BIR", "tasting", "--show", "--json")
    return int(str(shown.body["version"]))
