"""A value is read alike wherever it is typed: an option, a field, a fact, a table."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.commands import is_clear, pairing
from tests.support.orchard import Orchard


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("written"))) as made:
        yield made


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("2026-02-03", "2026-02-03", ""),
        ("3.2.2026", "2026-02-03", '"3.2.2026" is Tuesday 3 February 2026'),
        ("yesterday", "2026-02-28", '"yesterday" is Saturday 28 February 2026'),
        ("last Monday", "2026-02-16", ""),
    ],
)
def test_a_field_understands_a_day_as_it_is_written_and_says_which_it_is(
    typed: str, kept: str, told: str, orchard: Orchard
) -> None:
    words = ("pair", "record", "VIE-BIR", "note", "--set", "summary=s", "--set", f"on_day={typed}")
    ended, written = orchard.try_(*words)

    if typed == "last Monday":  # of this week or of the one before
        assert is_clear(ended, [2])
        assert "Monday 23 February 2026 or Monday 16 February 2026" in ended.err
        return
    assert ended.code == 0, ended
    assert written
    assert told in ended.err
    shown = pairing("pair", "form", "VIE-BIR", "note", "--json", folder=orchard.folder)
    content = shown.body["content"]
    assert isinstance(content, dict)
    assert content["on_day"] == kept


def test_a_file_gives_its_values_as_they_are_typed(orchard: Orchard) -> None:
    given = '{"summary": "s", "on_day": "1 Mar 2026", "good": "yes", "share": "2,5", "count": "7"}'

    ended = pairing(
        *("pair", "record", "VIE-BIR", "note", "--from", "-"), folder=orchard.folder, given=given
    )

    assert ended.code == 0, ended
    shown = pairing("pair", "form", "VIE-BIR", "note", "--json", folder=orchard.folder)
    content = shown.body["content"]
    assert isinstance(content, dict)
    wanted = {"on_day": "2026-03-01", "good": True, "share": 2.5, "count": 7}
    assert {name: content[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "words",
    [
        ("flag", "snooze", "VIE-BIR/red_flag-1", "--reason", "r", "--until"),
        ("pair", "pause", "VIE-BIR", "--reason", "r", "--until"),
        ("pair", "move", "VIE-BIR", "planted", "--reason", "r"),
        ("forecast", "VIE-BIR", "--until"),
        ("mail", "due", "--until"),
    ],
)
def test_an_option_that_could_mean_two_days_names_both(
    words: tuple[str, ...], orchard: Orchard
) -> None:
    ended, written = orchard.try_(*words, "03/04/2026")

    assert is_clear(ended, [2]), ended
    assert "could be Friday 3 April 2026 or Wednesday 4 March 2026" in ended.err
    assert not written


def test_a_choice_is_understood_whatever_its_capitals_and_the_nearest_is_named(
    orchard: Orchard,
) -> None:
    words = ("pair", "record", "VIE-BIR", "contact", "--set", "on=today", "--set", "summary=s")

    assert orchard.try_(*words, "--set", "kind=Call")[0].code == 0
    ended, written = orchard.try_(*words, "--set", "kind=cal")
    assert is_clear(ended, [2])
    assert 'is none of its words: did you mean "call"? write one of call, mail' in ended.err
    assert not written


def test_a_fact_of_a_centre_that_says_no_is_no(orchard: Orchard) -> None:
    orchard.must("centre", "set", "BIR", "--set", "teaming=no")

    shown = pairing("centre", "show", "BIR", "--json", folder=orchard.folder)

    centre = shown.body["centre"]
    assert isinstance(centre, dict)
    assert centre["facts"] == {"teaming": False}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pair", "advance", "VIE-BIR", "harvest"), "is not read by the step harvest"),
        (
            ("pair", "new", "VIE-2", "--centre", "coordinator=VIE"),
            "is not read by a new pair: known here: fruit",
        ),
    ],
)
def test_what_nothing_reads_is_refused(words: tuple[str, ...], told: str, orchard: Orchard) -> None:
    ended, written = orchard.try_(*words, "--set", "colour=red")

    assert is_clear(ended, [2]), ended
    assert told in ended.err
    assert not written


def test_a_day_on_which_nobody_works_is_filed_and_told(orchard: Orchard) -> None:
    words = ("pair", "record", "VIE-BIR", "note", "--set", "summary=s")

    ended, written = orchard.try_(*words, "--set", "on_day=7 Mar 2026")

    assert ended.code == 0
    assert written
    assert "look again: Saturday 7 March 2026 is no working day at VIE" in ended.err


def test_a_rehearsal_begins_when_the_day_begins_at_the_office(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with closing(Orchard(tmp_path_factory.mktemp("began"))) as made:
        shown = pairing("clock", "show", "--json", folder=made.folder)

    assert shown.body["now"] == "2026-02-28T23:00:00+00:00"


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("9" * 5_000, "a number in it has thousands of figures: shorten it"),
        ("[" * 100_000, "it is nested too deeply"),
        ("NaN", "NaN is not a number"),
    ],
    ids=["figures", "nested", "no number"],
)
def test_a_file_that_no_reader_can_hold_is_refused_for_what_is_in_it(
    held: str, told: str, orchard: Orchard
) -> None:
    (orchard.folder / "note.json").write_text(f'{{"summary": "s", "count": {held}}}')

    ended, written = orchard.try_("pair", "record", "VIE-BIR", "note", "--from", "note.json")

    assert is_clear(ended, [2]), ended
    assert told in ended.err
    assert not written
