"""CSV tables are read whole, or refused with every problem and the row a person sees."""

import csv
import io
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.literals import whole_number, yes_no
from imports.cells import day
from imports.table import (
    Column,
    ImportProblemsError,
    Problems,
    Row,
    guard,
    read_table,
)

COLUMNS = (
    Column("pair"),
    Column("visit_1", day),
    Column("staff", whole_number, required=False),
    Column("signed", yes_no, required=False),
    Column("state", required=False),
)
GOOD = "pair,visit_1\nPorto,2026-04-01\n"
ONE = {"pair": "Porto", "visit_1": date(2026, 4, 1), "staff": None, "signed": None, "state": None}
LINE_ENDS = ("\n", "\r\n", "\r")
ACCEPTED = (
    *(GOOD.replace("\n", end).replace(",", comma) for end in LINE_ENDS for comma in ",;"),
    *(
        GOOD.rstrip(),
        "\ufeff" + GOOD,
        GOOD + "\n\n",
        "\n" + GOOD,
        GOOD + ",\n , \n",
        GOOD + ",,,,\n",
    ),
    *('"pair","visit_1"\n"Porto","2026-04-01"\n', " pair , visit_1 \nPorto, 2026-04-01\n"),
    *("visit_1,pair\n2026-04-01,Porto\n", "pair,visit_1,,\nPorto,2026-04-01,,\n"),
    *(
        "pair,visit_1,staff,signed,state\nPorto,2026-04-01,,,\n",
        '"pair";visit_1\nPorto;"2026-04-01"',
    ),
    *("pair,visit_1,\nPorto,2026-04-01,,,,\n", "pair;visit_1;staff\nPorto;2026-04-01;\n"),
)
HEADERS = (
    ("", "the file is empty: name the columns in the first row"),
    ("\n\n", "the file is empty: name the columns in the first row"),
    ("pair,visit_1\n", "the file holds no row below the names of its columns"),
    ("pair\nPorto\n", 'row 1, column "visit_1": this column is missing: add it to the first row'),
    ("Porto,2026-04-01\n", 'row 1, column "pair": this column is missing'),
    (
        "pair,visit1\nPorto,x\n",
        'column "visit1": this column is not known: did you mean "visit_1"?',
    ),
    ("Pair,visit_1\nPorto,x\n", 'column "Pair": this column is not known: did you mean "pair"?'),
    ("pair,visit_1,pair\nP,x,P\n", 'column "pair": this column is there twice: remove one'),
    ("pair,visit_1,zzz\nP,x,P\n", "is not known: known here: staff, signed, state"),
    ("pair,visit_1," + "," * 300 + "\n", "names more than 200 columns"),
    ("," * 4_000_000 + "\n", "the file is empty"),
    ("a" + "," * 4_000_000 + "\n", "names more than 200 columns"),
    ("sep=;\npair;visit_1\n", "the file holds no row below the names of its columns"),
    ('"pair,visit_1\nPorto,2026-04-01\n', "row 1: a quote in this row is not closed"),
    ('"pair"x,visit_1\nPorto,2026-04-01\n', "row 1: a quote in this row is not closed"),
)
ROWS = (
    ("Porto\n", "row 2: this row holds 1 cells and the first row 2"),
    ("Porto,2026-04-01,x\n", "row 2: this row holds 3 cells and the first row 2"),
    ("Porto, Lisbon,2026-04-01\n", "put quotes around a cell that holds the separator"),
    ("Porto;2026-04-01\n", "row 2: this row holds 1 cells"),
    (",2026-04-01\n", 'row 2, column "pair": is empty: fill it in'),
    ("Porto,\n", 'row 2, column "visit_1": is empty: fill it in'),
    ("Porto,46113\n", 'row 2, column "visit_1": "46113" is an Excel serial date (2026-04-01'),
    ("Porto,1/4/2026\n", 'row 2, column "visit_1": "1/4/2026" could be Wednesday 1 April 2026'),
    ('"Por\nto",x\n', 'row 2, column "visit_1": "x" is not a date'),
    ('"Por\nto",2026-04-01\nA,x\n', 'row 4, column "visit_1": "x" is not a date'),
    ('"Por\r\nto",2026-04-01\r\nA,x\r\n', 'row 4, column "visit_1": "x" is not a date'),
    ("\n\nA,x\n", 'row 4, column "visit_1": "x" is not a date'),
    ("A,2026-04-01\nB,x\nC,2026-04-02\n", 'row 3, column "visit_1": "x" is not a date'),
    ('"Porto,2026-04-01\nA,x\n', "row 2: a quote in this row is not closed"),
    ('A,2026-04-01\n"Por"to,x\n', "row 3: a quote in this row is not closed or closed too early"),
    ('Porto,"2026-04-01" \n', "row 2: a quote in this row is not closed or closed too early"),
    ("x" * 20_001 + ",2026-04-01\n", 'column "pair": holds 20001 characters: shorten it to 20000'),
    ("x" * 200_000 + ",2026-04-01\n", "row 2: a cell is longer than 20000 characters"),
    ('"' + "a,b\n" * 100_000, "row 2: a cell is longer than 20000 characters"),
    ("A,2026-04-01\n" * 10_001, "row 10002: the file holds more than 10000 rows: split it"),
    ("\nA,x" * 1_000_000, "and 9951 more"),
    ("=1+1,=1+1\n", 'column "visit_1": "=1+1" is not a date'),
    ("&xxe;,<!ENTITY>\n", 'column "visit_1": "<!ENTITY>" is not a date'),
)


@pytest.mark.parametrize("text", ACCEPTED, ids=ascii)
def test_a_good_table_is_read_however_it_was_saved(text: str, tmp_path: Path) -> None:
    table = read_table(_file(tmp_path, text.encode()), COLUMNS)

    assert [dict(row.values) for row in table.rows] == [ONE]
    assert table.file == "pairs.csv"


@pytest.mark.parametrize(("text", "sentence"), HEADERS, ids=lambda text: ascii(text[:30]))
def test_a_bad_first_row_is_explained(text: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in _refused(_file(tmp_path, text.encode()))


@pytest.mark.parametrize(("rows", "sentence"), ROWS, ids=lambda text: ascii(text[:30]))
def test_a_bad_row_is_explained_by_its_line_in_the_file(
    rows: str, sentence: str, tmp_path: Path
) -> None:
    assert sentence in _refused(_file(tmp_path, f"pair,visit_1\n{rows}".encode()))


def test_every_problem_is_listed_and_nothing_is_taken_over(tmp_path: Path) -> None:
    file = _file(tmp_path, b"pair,visit_1,staff,extra\nA,2026-04-01,1,\n,x,1.5,\nB,46113,2,\n")

    with pytest.raises(ImportProblemsError) as refused:
        read_table(file, COLUMNS)

    places = [sentence.split(":")[0] for sentence in refused.value.sentences]
    assert places == [
        'pairs.csv, row 1, column "extra"',
        'pairs.csv, row 3, column "pair"',
        'pairs.csv, row 3, column "visit_1"',
        'pairs.csv, row 3, column "staff"',
        'pairs.csv, row 4, column "visit_1"',
    ]
    assert str(refused.value).splitlines() == list(refused.value.sentences)


def test_after_fifty_problems_only_their_number_is_said() -> None:
    problems = Problems("pairs.csv")
    problems.refuse()
    for row in range(2, 62):
        problems.add("there is no such centre: add it first", row=row, column="pair")

    with pytest.raises(ImportProblemsError) as refused:
        problems.refuse()

    assert len(refused.value.sentences) == 51
    assert refused.value.sentences[-1] == "and 10 more"


def test_a_row_knows_its_line_and_cannot_be_changed(tmp_path: Path) -> None:
    text = (
        'state;pair;visit_1;staff\n\nrunning;"A\nB";2026-04-01;3\nclosed;"C;D ""E""";2026-04-02;\n'
    )

    first, second = read_table(_file(tmp_path, text.encode()), COLUMNS).rows

    assert (first.number, second.number) == (3, 5)
    assert first.values["pair"] == "A\nB"
    assert first.values["staff"] == 3
    assert second.values["pair"] == 'C;D "E"'
    with pytest.raises(TypeError):
        first.values["pair"] = "x"  # type: ignore[index]  # the point of the test


def test_as_much_as_the_bounds_allow_is_read_in_bounded_memory(tmp_path: Path) -> None:
    file = _file(tmp_path, b"pair,visit_1\n" + (b"x" * 400 + b",2026-04-01\n") * 10_000)
    tracemalloc.start()

    table = read_table(file, COLUMNS)

    assert len(table.rows) == 10_000
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.tuples(CELLS.filter(str.strip), CELLS), min_size=1, max_size=6),
    st.sampled_from(",;"),
)
def test_every_text_written_to_a_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], comma: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=comma, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b"], *([guard(cell) for cell in row] for row in rows)])
    file = tmp_path_factory.mktemp("table") / "table.csv"
    file.write_bytes(written.getvalue().encode())

    table = read_table(file, [Column("a"), Column("b", required=False)])

    expected = [(a, b if b.strip() else None) for a, b in rows]
    assert [(row.values["a"], row.values["b"]) for row in table.rows] == expected
    assert all(isinstance(row, Row) for row in table.rows)


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "pairs.csv"
    file.write_bytes(content)
    return file


def _refused(file: Path) -> str:
    with pytest.raises(ImportProblemsError) as refused:
        read_table(file, COLUMNS)
    assert len(refused.value.sentences) <= 51
    return str(refused.value)
