"""A recorded session: those who are asked answer by reply words alone, and nobody types for them.

Each reply is a file of a real mailbox that `mail take-in` reads. The memorandum is by link only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from mailbox import Maildir
from pathlib import Path

import pytest

from engine.model.dossier import CaseId
from notifications.mailer import Outgoing
from runtime.queries.replies import came_in
from runtime.use_cases.directory import change_person
from runtime.workers.take_in import TakenIn, take_in_once
from storage.database.transactions import reading
from storage.directory.rows import Contact
from storage.journal import lines
from storage.journal.verify import verify
from tests.support.calendar_mail import reads_replies
from tests.support.came_back import reply
from tests.support.check_ins import check_ins
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, words_in
from tests.support.world import LEAD, World

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


@dataclass(frozen=True)
class Spoken:
    """What the letters are called, and what is replied, in one language."""

    language: str
    proposal: tuple[str, str]
    poll: tuple[str, str]
    questions: tuple[str, str]
    report: tuple[str, str]
    offered: tuple[str, str]  # the first word of the poll, and of the report

    def said_by(self, person: Contact) -> Contact:
        return replace(person, language=self.language)


ENGLISH = Spoken(
    language="en",
    proposal=("pairing with", "Confirm"),
    poll=("Your dates", "Dates: 7 September, 14 September"),
    questions=("Three questions", "TOUT VA BIEN"),
    report=("your response", "agree."),
    offered=("DATES 12 August, 19 August", "AGREE"),
)
FRENCH = Spoken(
    language="fr",
    proposal=("binôme avec", "confirmer"),
    poll=("Vos dates", "Dates : 7 septembre, 14 septembre"),
    questions=("Trois questions", "Tout va bien."),
    report=("parcours\N{NO-BREAK SPACE}: votre", "D'accord"),
    offered=("DATES 12 août, 19 août", "D'ACCORD"),
)


def _plain(word: str) -> str:
    """A word as a keyboard has it."""
    return word.replace("\N{NO-BREAK SPACE}", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _replies_in_turn(pair: Pair, spoken: Spoken, inbox: Path) -> Iterator[str]:
    """The proposal, the dates, the check-in and the report; what became of each reply."""
    days_go_by(pair.world, 1)
    (proposal,) = letters_to(pair, "coordinator", spoken.proposal[0])
    yield _replies(pair, proposal, spoken.proposal[1], inbox)

    days_go_by(pair.gets_to("visit_preparation").world, 1)
    poll = letters_to(pair, "coordinator", spoken.poll[0])[-1]
    assert _plain(words_in(poll)[0]) == spoken.offered[0]
    yield _replies(pair, poll, spoken.poll[1], inbox)
    dates = pair.dossier.latest("visit_1_dates")
    assert dates is not None
    assert dates.content["times_of_coordinator"] == "2026-09-07, 2026-09-14"

    days_go_by(pair.gets_to("implementation").world, 100)
    questions = letters_to(pair, "aspiring", spoken.questions[0])[-1]
    yield _replies(pair, questions, spoken.questions[1], inbox)

    pair.gets_to("report_loop").files("mid_term_report")
    days_go_by(pair.world, 1)
    report = letters_to(pair, "coordinator", spoken.report[0])[-1]
    assert _plain(words_in(report)[0]) == spoken.offered[1]
    yield _replies(pair, report, spoken.report[1], inbox)


@pytest.mark.parametrize("spoken", [ENGLISH, FRENCH], ids=lambda each: each.language)
def test_a_pair_is_answered_by_reply_words_alone(
    town: World, tmp_path: Path, spoken: Spoken
) -> None:
    reads_replies(town)
    pair, inbox = a_pair(town).gets_to("match_proposed"), tmp_path / "inbox"
    for who in sorted(ASKED):
        change_person(town.runtime, f"vie-bir-{who}", spoken.said_by, LEAD)

    said = list(_replies_in_turn(pair.gets_to("match_validation"), spoken, inbox))

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
    held = check_ins(pair)[0]
    assert held.state == "held"
    assert ("note", "vie-bir-aspiring", "aspiring") in _acts(pair, held.id)
    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []
