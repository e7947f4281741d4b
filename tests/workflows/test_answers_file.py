"""The file of answers and its words: what is wrong in either is said with file, line and remedy."""

import shutil
from pathlib import Path

import pytest

from engine.letters.answers import Day, SayDay
from tests.support.orchard import in_english
from tests.support.world import wp6
from workflows.language.translations import kept_answers
from workflows.programmes import load_programme
from workflows.registry import built_in
from workflows.yaml.problems import DefinitionProblemsError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return in_english(built_in("wp6"), tmp_path / "wp6")


def _refused(folder: Path) -> list[str]:
    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(folder)
    return [each.removeprefix(f"{folder}/") for each in refused.value.sentences]


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_a_letter_offers_is_read_in_its_order() -> None:
    offered = wp6().answers.of("N-04.nudge")

    assert [each.name for each in offered][:3] == ["confirm", "decline", "question"]
    assert [each.word for each in offered][:3] == ["CONFIRM", "DECLINE", ""]
    assert wp6().answers.of("N-09.poll")[0].does == SayDay(Day.YES)
    assert [each.name for each in wp6().answers.each() if each.is_binding] == ["sign"]
    assert wp6().answers.of("N-13.note") == ()


# A calendar answers an invitation, of letters in one each has its own answers, and the response
# asks for times only where none are fixed.
ELSEWHERE = {"N-14.session_fixed", "N-16.response", "N-23.digest"}


def test_whoever_of_a_side_is_asked_may_ask_for_help_or_name_another_one() -> None:
    to_sides = {"coordinator", "aspiring", "whose_turn"}
    asking = [
        each
        for each in wp6().letters.stages()
        if each.asks and to_sides.intersection(to.partition(".")[0] for to in each.to)
    ]
    offered = {each.id: {a.name for a in wp6().answers.of(each.id)} for each in asking}

    lacking = {
        stage: names
        for stage, names in offered.items()
        if not names.intersection({"help", "question"}) or "someone_else" not in names
    }

    assert {each for each in lacking if not each.endswith(".invitation")} == ELSEWHERE


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('suits: {day: "yes"}', 'suits: {day: "yes", sign: memorandum}', "an answer is one of"),
        (
            "{pass_on: true, asks: {words",
            "{pass_on: true, then: hold, asks: {words",
            "then: a step",
        ),
        (
            "{pass_on: true, asks: {words",
            "{pass_on: true, given: {a: b}, asks: {words",
            "given: on",
        ),
        ("  reason: optional text", "  reason: optional texts", 'no value is "texts"'),
        ("asks: {reason: question}", "asks: {reason: questions}", 'no value "questions"'),
        ("  N-16.ask: [agree, ", "  N-16.ask: [agrees, ", 'no answer "agrees" is declared'),
        ("  review_on: date", "  review_on: date\n  other: text", "nothing asks for other"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(folder: Path, old: str, new: str, sentence: str) -> None:
    _change(folder, "answers.yaml", old, new)

    found = _refused(folder)

    assert any(each.startswith("answers.yaml:") and sentence in each for each in found), found


def test_each_answer_has_words_and_no_words_are_left_over(folder: Path) -> None:
    _change(folder, "words/en/answers.yaml", "  agree: {", "  agreed: {")

    found = _refused(folder)

    assert any("nothing is said for agree: write answers.agree into" in each for each in found)
    assert any("nothing asks for answers.agreed: take it away" in each for each in found)


def test_every_language_says_every_choice(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built_in("wp6"), tmp_path / "wp6"))
    _change(folder, "words/fr/answers.yaml", ", word: AIDE", "")

    assert [each.partition(": ")[2] for each in _refused(folder)] == [
        "nothing is said for 'HELP': write answers.help.word into the file"
    ]
    assert wp6().spoken["fr"].terms["HELP"] == "AIDE"


def test_what_is_kept_of_answers_is_what_was_read_with_the_words_of_each_language() -> None:
    answers, spoken = kept_answers(wp6().answers_text, wp6().words)

    assert answers == wp6().answers
    assert set(spoken) == {"fr"}
    assert spoken["fr"].terms["HELP"] == "AIDE"
    assert spoken["fr"].terms.items() <= wp6().spoken["fr"].terms.items()


def test_what_letters_offer_is_of_the_version_and_its_words_are_not(folder: Path) -> None:
    def digests() -> set[str]:
        return {each.digest for each in load_programme(folder).workflows.values()}

    before = digests()
    _change(folder, "answers.yaml", "# Whoever is asked may", "# Whoever is asked could")
    _change(folder, "words/en/answers.yaml", "I would like help", "I need help")
    assert digests() == before

    _change(folder, "answers.yaml", "N-02.ask: [help, later, ", "N-02.ask: [help, ")
    assert not digests() & before


def test_every_language_says_what_an_answer_files_by_itself(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built_in("wp6"), tmp_path / "wp6"))
    _change(folder, "words/fr/letters.yaml", "  All is well.: Tout va bien.\n", "")

    assert [each.partition(": ")[2] for each in _refused(folder)] == [
        "nothing is said for 'All is well.': write terms.All is well. into the file"
    ]
