"""B1: whatever is typed, the answer is a documented exit code and a clear line, never a traceback.

Each option and argument of each command is given each of the hostile values, while everything else
that was typed is right.
"""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.command_tree import Known, Parameter, commands
from tests.support.commands import Ended, is_clear
from tests.support.hostile import GOOD, HOSTILE, LONG
from tests.support.orchard import Orchard

OF_LIBRARIES = ("Input should", "Unable to parse", "codec can't")  # words that are none of ours
EVERYWHERE = ("--config", "--database", "--as", "--by")


def _cases() -> Iterator[tuple[Known, Parameter]]:
    for command in commands():
        if command.name in LONG:
            continue
        for parameter in command.parameters:
            if not parameter.is_flag:
                yield command, parameter


CASES = {f"{c.name} {p.option or p.name}": (c, p) for c, p in _cases()}


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("orchard"))) as made:
        yield made


def test_every_command_has_an_example_that_is_right_but_for_one_value() -> None:
    known = {command.name for command in commands()}

    assert known == set(GOOD) | LONG


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_value_is_answered_clearly(case: str, orchard: Orchard) -> None:
    command, parameter = CASES[case]

    for name, value in HOSTILE.items():  # they are too many for a test each
        ended, written = orchard.try_(*_with(command, parameter, value))

        _is_documented(ended, written=written, given=name)


@pytest.mark.parametrize("option", EVERYWHERE)
@pytest.mark.parametrize("words", [("pair", "list"), ("check",), ("pair", "why", "VIE-BIR")])
def test_a_hostile_value_of_an_option_that_stands_everywhere_is_answered_clearly(
    words: tuple[str, ...], option: str, orchard: Orchard
) -> None:
    for name, value in HOSTILE.items():
        ended, written = orchard.try_(*words, option, value)

        _is_documented(ended, written=written, given=name)


@pytest.mark.parametrize("words", ["check", "simulate", "demo", "mail preview N-2.ask"])
@pytest.mark.parametrize("option", ["--database", "--as", "--by"])
def test_what_opens_no_database_takes_neither_one_nor_who_acts(
    words: str, option: str, orchard: Orchard
) -> None:
    noun, *rest = words.split()

    behind, written = orchard.try_(noun, *rest, option, "x")
    before, _ = orchard.try_(option, "x", noun, *rest)

    assert is_clear(behind, [2])
    assert is_clear(before, [2])
    assert not written


@pytest.mark.parametrize("case", [name for name, (_, p) in CASES.items() if p.option])
def test_an_option_without_its_value_is_wrong_usage(case: str, orchard: Orchard) -> None:
    command, parameter = CASES[case]

    ended, written = orchard.try_(*command.words, *GOOD[command.name], parameter.option)

    assert is_clear(ended, [2]), ended
    assert parameter.option in ended.err
    assert not written


@pytest.mark.parametrize("case", [name for name, (_, p) in CASES.items() if p.option])
def test_an_option_given_twice_is_answered_clearly(case: str, orchard: Orchard) -> None:
    command, parameter = CASES[case]
    twice = (parameter.option, "2026-05-01", parameter.option, "2026-05-02")

    ended, written = orchard.try_(*command.words, *_without(command, parameter.option), *twice)

    _is_documented(ended, written=written)


@pytest.mark.parametrize("case", [n for n, (_, p) in CASES.items() if p.required])
def test_what_is_needed_and_missing_is_named(case: str, orchard: Orchard) -> None:
    command, parameter = CASES[case]
    words = _without(command, parameter.option) if parameter.option else _first(command, parameter)

    ended, written = orchard.try_(*command.words, *words)

    assert is_clear(ended, [2]), ended
    assert "missing" in ended.err
    assert not written


@pytest.mark.parametrize("name", GOOD)
def test_one_word_too_many_is_wrong_usage(name: str, orchard: Orchard) -> None:
    ended, written = orchard.try_(*name.split(), *GOOD[name], "one", "two", "three")

    assert is_clear(ended, [2]), ended
    assert not written


@pytest.mark.parametrize("name", [*GOOD, *sorted(LONG)])
def test_an_unknown_option_is_wrong_usage(name: str, orchard: Orchard) -> None:
    ended, written = orchard.try_(*name.split(), *GOOD.get(name, []), "--nonsense")

    assert is_clear(ended, [2]), ended
    assert "--nonsense" in ended.err
    assert not written


@pytest.mark.parametrize("words", [("piar",), ("pair", "advnce"), ("",), ("pair", ""), ("\x00",)])
def test_an_unknown_word_is_wrong_usage(words: tuple[str, ...], orchard: Orchard) -> None:
    ended, _ = orchard.try_(*words)

    assert is_clear(ended, [2]), ended


@pytest.mark.parametrize(
    "words",
    [
        ("--pairs", "0"),
        ("--pairs", "10001"),
        ("--pairs", "9" * 5000),
        ("--pairs", "1.5"),
        ("--months", "0"),
        ("--months", "121"),
        ("--seed", "-1"),
        ("--seed", "x"),
        ("--people", "nobody"),
        ("--people", ""),
        ("--people", "\x00"),
        ("--people", "x" * 1_000_000),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(words: tuple[str, ...], orchard: Orchard) -> None:
    ended, written = orchard.try_("simulate", *words)

    assert is_clear(ended, [2]), ended
    _is_documented(ended, written=written)


def test_machines_are_told_of_an_error_in_json(orchard: Orchard) -> None:
    ended, _ = orchard.try_("pair", "show", "NOBODY", "--json")

    assert is_clear(ended, [3]), ended
    error = ended.body["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["kind"]) == (3, "not found")


def _is_documented(ended: Ended, *, written: bool, given: str = "") -> None:
    if ended.code == 0:
        assert "Traceback" not in ended.err, (given, ended)
        return
    assert ended.code in range(1, 6), (given, ended)
    assert not written, (given, ended)
    assert "Traceback" not in ended.err + ended.out, (given, ended)
    assert len(ended.err) < 10_000, (given, "something was echoed at length")
    assert not [words for words in OF_LIBRARIES if words in ended.err], (given, ended)
    if ended.code != 1:
        assert is_clear(ended, range(2, 6)), (given, ended)


def _with(command: Known, parameter: Parameter, value: str) -> tuple[str, ...]:
    if parameter.option:
        return (*command.words, *_without(command, parameter.option), parameter.option, value)
    words = GOOD[command.name]
    arguments = [*words[: parameter.place], value, *words[parameter.place + 1 :]]
    return (*command.words, *arguments)


def _without(command: Known, option: str) -> list[str]:
    """The right words without an option and its value."""
    words = iter(GOOD[command.name])
    kept = []
    for word in words:
        if word == option:
            next(words)
        else:
            kept.append(word)
    return kept


def _first(command: Known, parameter: Parameter) -> list[str]:
    """The right words without an argument and those after it."""
    words = GOOD[command.name]
    options = next((i for i, word in enumerate(words) if word.startswith("--")), len(words))
    return [*words[: parameter.place], *words[options:]]
