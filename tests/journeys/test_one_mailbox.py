"""Two people who read one mailbox get one letter of a decision, which greets both."""

from collections.abc import Callable
from dataclasses import replace

from engine.model.outcomes import By
from notifications.mailer import Outcome, Outgoing, Rejected
from runtime.use_cases.directory import change_person
from storage.database.transactions import reading
from storage.directory import directory
from storage.mail.queries import LetterQuery, letters
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import Mailbox, World

LEAD = By("lead", "lead")
SHARED = "team.vie-bir@example.org"


class _Gone(Mailbox):
    """A mailbox that is there no more."""

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        if message.recipient == SHARED:
            return Rejected("550 5.1.1 the mailbox does not exist")
        return super().send(message, before_data)


def _formed(town: World, side: str) -> Pair:
    """A pair that has just been formed; the team of one side reads one mailbox."""
    pair = a_pair(town).gets_to("match_confirmed")
    town.beat()
    for key in (f"vie-bir-{side}", f"vie-bir-{side}-deputy"):
        change_person(town.runtime, key, lambda known: replace(known, email=SHARED), LEAD)
    arrived(pair)
    pair.goes("formalise")
    return pair


def _told(pair: Pair, letter: str) -> set[tuple[str, int | None]]:
    with reading(pair.world.runtime.database) as session:
        found = letters(session, LetterQuery(root=pair.case))
    return {(each.state, each.message) for each in found if each.letter == letter}


def test_one_letter_goes_to_the_mailbox_and_greets_both(any_town: World) -> None:
    pair = _formed(any_town, "coordinator")

    any_town.beat()

    [text] = [text for role, _, text in arrived(pair) if role == "team"]
    assert "Dear Coordinator VIE-BIR and Coordinator VIE-BIR deputy," in text
    assert [state for state, _ in _told(pair, "N-05.coordinator")] == ["accepted"]


def test_who_is_asked_has_a_letter_of_their_own(town: World) -> None:
    pair = _formed(town, "aspiring")

    town.beat()

    told = {subject: text for role, subject, text in arrived(pair) if role == "team"}
    assert len(told) == 2
    for subject, text in told.items():
        deputy = " deputy" if subject.startswith("Your pair is formed") else ""
        assert f"Dear Aspiring VIE-BIR{deputy}," in text


def test_both_are_gone_where_the_mailbox_is(town: World) -> None:
    pair = _formed(town, "coordinator")
    town.mailbox = _Gone()

    town.beat()

    with reading(town.runtime.database) as session:
        gone = {each.key for each in directory.people(session) if not each.reachable}
    assert gone == {"vie-bir-coordinator", "vie-bir-coordinator-deputy"}
    assert pair.state == "formalised"
