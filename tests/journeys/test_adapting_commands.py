"""The page on adapting one pair, typed as it stands; and what a person is told on the way."""

import re
import shlex
from pathlib import Path
from typing import cast

import pytest

from tests.journeys.test_facilitator_commands import Office
from tests.support.commands import Ended

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "adapt-one-pair.md"
ADAPT = ("pair", "adapt", "BIR", "--reason", "The team is new.", "--by", "north")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.begins()
    return made


def _differs(office: Office) -> dict[str, tuple[object, ...]]:
    pair = cast("dict[str, object]", office.does("pair", "show", "BIR", "--json").body["pair"])
    adapted = cast("list[dict[str, object]]", pair["adapted"])
    return {str(e["name"]): (e["here"], e["programme"], e["by"], e["reason"]) for e in adapted}


def _said(ended: Ended) -> str:
    return " ".join((ended.out + ended.err).split())


def test_the_page_can_be_followed_word_by_word(office: Office) -> None:
    typed = re.findall(r"^ *\$ pairing (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    ended = [office.does(*shlex.split(words)) for words in typed]

    assert "check_in_opens" in ended[0].out
    assert "nothing was written" in ended[1].out
    assert "Differs from the programme" in ended[6].out
    assert set(_differs(office)) == {"check_in_opens", "support", "N-12.ask"}


def test_what_differs_is_told_with_who_and_why(office: Office) -> None:
    office.does(*ADAPT, "check_in_opens=2 months", "check_ins_after_mid_term=no")

    assert _differs(office) == {
        "check_in_opens": ("2 months", "3 months", "north", "The team is new."),
        "check_ins_after_mid_term": ("no", "yes", "north", "The team is new."),
    }


def test_whoever_changes_one_thing_leaves_the_reasons_of_the_others(office: Office) -> None:
    office.does(*ADAPT, "check_in_opens=P2M")
    office.does("pair", "adapt", "BIR", "signing_days=P20D", "--reason", "August.", "--by", "lead")

    assert _differs(office) == {
        "check_in_opens": ("2 months", "3 months", "north", "The team is new."),
        "signing_days": ("20 days", "14 days", "lead", "August."),
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check_in_late=P5M",), "facilitator may not change it"),
        (("check_in_opens=P9M",), "Write a value from 1 month to 4 months"),
        (("check_in_opnes=P2M",), 'did you mean "check_in_opens"? (pairing pair settings'),
        (("check_ins_after_mid_term=maybe",), "write yes or no"),
        (("check_in_opens=P2M", "check_in_opens=P1M"), "stands there twice"),
        (("--ask", "rodmap=begin_visit"), 'no record "rodmap": did you mean "roadmap"?'),
        (("--ask", "visit_1_agenda=begin_visit"), "asks for visit_1_agenda already"),
        (("check_in_opens=often",), "such as 2 months"),
        (("--waive", "coordinator_free"), "nobody may waive it"),
        (("--write", "N-06.ask=coordinator"), "N-06.ask is not written for coordinator"),
        (("--write", "N-06.aks=lead"), 'no letter "N-06.aks": did you mean "N-06.ask"?'),
        (("--write", "lead"), "write N-12.ask=lead"),
        ((), "say what is another"),
    ],
)
def test_what_cannot_be_adapted_is_refused_with_what_can(
    words: tuple[str, ...], said: str, office: Office
) -> None:
    ended = office.types(*ADAPT, *words)

    assert ended.code != 0
    assert said in _said(ended)
    assert _differs(office) == {}
