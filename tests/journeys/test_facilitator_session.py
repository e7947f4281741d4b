"""A facilitator leads a pair by hand, all side stories, as the page says; and she is told how."""

from pathlib import Path

import pytest

from tests.support.commands import pairing
from tests.support.session import Session

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "lead-a-pair.md"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    played = Session(tmp_path_factory.mktemp("session"))
    played.play(PAGE)
    return played


def test_what_the_page_types_is_answered_as_it_shows(session: Session) -> None:
    assert session.wrong == []


def test_a_whole_pair_takes_few_commands_and_few_answers(session: Session) -> None:
    answers = [name for typed in session.typed for name in typed.fields]

    assert len(session.typed) <= 150
    assert len(answers) <= 300
    assert not [typed for typed in session.typed if "--from" in typed.words or "{" in typed.words]


def test_nothing_is_typed_that_was_not_read_before(session: Session) -> None:
    assert session.unread == []


def test_the_pair_has_ended_and_every_letter_has_gone_out(session: Session) -> None:
    shown = pairing("pair", "show", "BIR", folder=session.folder)
    stuck = pairing("mail", "list", "--state", "needs_human", "--json", folder=session.folder)
    proved = pairing("verify", folder=session.folder)

    assert "Closed" in shown.out
    assert "Differs from the programme" in shown.out
    assert stuck.body["letters"] == []
    assert proved.code == 0
