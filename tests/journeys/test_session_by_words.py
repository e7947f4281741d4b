"""A recorded session: those who are asked answer by reply words alone, and nobody types for them.

Each reply is a file of a real mailbox that `mail take-in` reads. The memorandum is by link only.
"""

from mailbox import Maildir
from pathlib import Path

from engine.model.dossier import CaseId
from notifications.mailer import Outgoing
from runtime.queries.replies import came_in
from runtime.workers.take_in import TakenIn, take_in_once
from storage.database.transactions import reading
from storage.journal import lines
from storage.journal.verify import verify
from tests.support.calendar_mail import reads_replies
from tests.support.came_back import reply
from tests.support.check_ins import check_ins
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, words_in
from tests.support.world import World

ASKED = {"coordinator", "aspiring"}
COORDINATOR = ("vie-bir-coordinator", "coordinator")


def _replies(pair: Pair, letter: Outgoing, words: str, inbox: Path) -> str:
    """Somebody replies, and the mailbox is read; what the list of replies says of it."""
    Maildir(inbox).add(reply(letter.frozen, words))
    assert take_in_once(pair.world.runtime, inbox) == TakenIn(done=1)
    assert take_in_once(pair.world.runtime, inbox) == TakenIn()
    return came_in(pair.world.runtime, "", None, 1)[0].outcome


def _acts(pair: Pair, case: CaseId) -> list[tuple[str, str, str]]:
    """What was filed and taken in a case, and in which role."""
    with reading(pair.world.runtime.database) as session:
        found = lines.journal_lines(session, case)
    return [(each.what, each.by, each.role) for each in found]


def _answers_proposal(pair: Pair, inbox: Path) -> str:
    days_go_by(pair.world, 1)
    (proposal,) = letters_to(pair, "coordinator", "pairing with")
    return _replies(pair, proposal, "Confirm", inbox)


def _answers_poll(pair: Pair, inbox: Path) -> str:
    days_go_by(pair.world, 1)
    poll = letters_to(pair, "coordinator", "Your dates")[-1]
    assert words_in(poll)[:1] == ["DATES 12 August, 19 August"]
    return _replies(pair, poll, "Dates: 7 September, 14 September", inbox)


def _answers_check_in(pair: Pair, inbox: Path) -> str:
    days_go_by(pair.world, 100)
    questions = letters_to(pair, "aspiring", "Three questions")[-1]
    return _replies(pair, questions, "TOUT VA BIEN", inbox)


def _answers_report(pair: Pair, inbox: Path) -> str:
    pair.files("mid_term_report")
    days_go_by(pair.world, 1)
    report = letters_to(pair, "coordinator", "your response")[-1]
    assert words_in(report)[:1] == ["AGREE"]
    return _replies(pair, report, "agree.", inbox)


def test_a_pair_is_answered_by_reply_words_alone(town: World, tmp_path: Path) -> None:
    reads_replies(town)
    pair, inbox = a_pair(town).gets_to("match_validation"), tmp_path / "inbox"

    said = [_answers_proposal(pair, inbox)]
    said.append(_answers_poll(pair.gets_to("visit_preparation"), inbox))
    dates = pair.dossier.latest("visit_1_dates")
    said.append(_answers_check_in(pair.gets_to("implementation"), inbox))
    said.append(_answers_report(pair.gets_to("report_loop"), inbox))

    assert said == [
        "answered: Yes, pair us",
        "answered: These days suit us",
        "answered: All is well",
        "answered: I agree with the report as it is",
    ]
    assert [each for each in _acts(pair, pair.case) if each[2] in ASKED] == [
        ("match_answer", *COORDINATOR),
        ("confirm_match", *COORDINATOR),
        ("visit_1_dates", *COORDINATOR),
        ("response", *COORDINATOR),
    ]
    assert dates is not None
    assert dates.content["times_of_coordinator"] == "2026-09-07, 2026-09-14"
    held = check_ins(pair)[0]
    assert held.state == "held"
    assert ("note", "vie-bir-aspiring", "aspiring") in _acts(pair, held.id)
    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []
