"""The words of a programme in a further language are those of the first, one for one."""

import shutil
from pathlib import Path

import pytest

from engine.checks.named import named_in_checks
from workflows.registry import DefinitionProblemsError, load_programme

SHORT = Path(__file__).parent / "definitions" / "short"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A programme with its words once more: each is the English one, marked."""
    folder = Path(shutil.copytree(SHORT, tmp_path / "short"))
    shutil.copytree(folder / "words" / "en", folder / "words" / "fr")
    terms = "".join(f"  {name}: {name} en français\n" for name in _named())
    letters = f"letters: {{N-03: Bail à signer}}\nusual: {{told: personne.}}\nterms:\n{terms}"
    (folder / "words" / "fr" / "letters.yaml").write_text(letters, encoding="utf-8")
    words = _words(folder)
    text = words.read_text(encoding="utf-8").replace("  digging: Digging", "  digging: Bêchage")
    words.write_text(text, encoding="utf-8")
    return folder


def _words(folder: Path) -> Path:
    return folder / "words" / "fr" / "planting.yaml"


def _named() -> list[str]:
    """The names of this programme that stand in no file of words, each once."""
    planting = load_programme(SHORT).workflows["planting"]
    records = planting.records.values()
    fields = [each for record in records for each in record.fields]
    rows = [row for each in fields for row in each.rows]
    names = [name for each in [*fields, *rows] for name in (each.name, *each.choices)]
    called = (planting.name, *planting.roles, *named_in_checks(planting))
    return sorted({*names, *called})


def _refused(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(folder)
    return tuple(refused.value.sentences)


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_programme_knows_what_is_called_what_in_each_language(short: Path) -> None:
    [(language, spoken)] = load_programme(short).spoken.items()

    assert language == "fr"
    assert spoken.usual == {"told": "personne."}
    assert spoken.terms["Lease to sign"] == "Bail à signer"
    assert spoken.terms["Digging"] == "Bêchage"
    name = next(each for each in _named() if "_" in each)
    assert spoken.terms[name] == spoken.terms[name.replace("_", " ")] == f"{name} en français"


def test_a_language_never_changes_what_a_case_is_pinned_to(short: Path) -> None:
    digests = {load_programme(each).workflows["planting"].digest for each in (SHORT, short)}

    assert len(digests) == 1


WRONG = {
    "a title too few": ("  resting: Resting\n", "", "'Resting': write states.resting into the"),
    "a title too many": (
        "  resting: Resting\n",
        "  resting: Resting\n  asleep: Dort\n",
        "nothing asks for states.asleep: take it away",
    ),
    "another shape": ("title: Planting a shared plot\n", "", "title"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_a_language_lacks_or_adds_is_told_with_its_place(short: Path, what: str) -> None:
    old, new, said = WRONG[what]
    _change(_words(short), old, new)

    [problem] = _refused(short)

    assert problem.startswith(f"{_words(short)}:")
    assert said in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  beds: beds en français\n", "", "'beds': write terms.beds into the file"),
        ("terms:\n", "terms:\n  bed: lit\n", "nothing asks for terms.bed"),
    ],
)
def test_what_the_programme_names_elsewhere_is_said_with_the_letters(
    short: Path, old: str, new: str, said: str
) -> None:
    letters = short / "words" / "fr" / "letters.yaml"
    _change(letters, old, new)

    [problem] = _refused(short)

    assert problem.startswith(f"{letters}:")
    assert said in problem


def test_a_word_that_is_called_two_things_is_refused_with_both_places(short: Path) -> None:
    _change(_words(short), "  withdraw: Withdraw\n", "  withdraw: Renoncer\n")
    english = short / "words" / "en" / "planting.yaml"
    _change(english, "  note: Note something\n", "  note: Withdraw\n")
    _change(_words(short), "  note: Note something\n", "  note: Se retirer\n")

    [problem] = _refused(short)

    assert "'Withdraw' is 'Renoncer' here and 'Se retirer' at " in problem


@pytest.mark.parametrize("name", ["planting", "letters"])
def test_a_language_without_a_file_of_words_is_refused(short: Path, name: str) -> None:
    gone = short / "words" / "fr" / f"{name}.yaml"
    gone.unlink()

    [problem] = _refused(short)

    source = short / "words" / "en" / f"{name}.yaml"
    assert problem == f"{gone}: no words are there: say in it what {source} says"


def test_what_an_act_is_called_and_what_facts_mean_is_for_those_who_run_it(short: Path) -> None:
    letters = short / "words" / "fr" / "letters.yaml"
    _change(letters, "{told:", "{act: rien, told:")

    [problem] = _refused(short)

    assert "nothing asks for usual.act: take it away" in problem
