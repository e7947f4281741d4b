"""A letter of one pair goes to more people: each who gets it reads who else does."""

from email import message_from_bytes, policy

from runtime.use_cases.advance import Answer
from tests.support.letter_words import words_of
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

REASON = "Two of them share the work."
LEAD, TEAM = "lead@example.org", "aspiring.vie-bir@example.org"
ALL = "everyone in both teams, each in a letter of their own"
DEPUTY = "deputy.aspiring.vie-bir@example.org"


def _writes(pair: Pair, letter: str, *to: str) -> Answer:
    rows = [{"letter": letter, "to": each} for each in to]
    return pair.world.file(pair.case, "adaptation", FACILITATOR, written=rows, reason=REASON)


def _asked_for_contacts(pair: Pair) -> dict[str, str]:
    """The line on who else was told, by the address of whoever was asked for the contacts."""
    pair.gets_to("formalised")
    pair.world.beat()
    found = {}
    for sent in pair.world.mailbox.letters:
        letter = message_from_bytes(sent.frozen, policy=policy.default)
        if str(letter["Subject"]).startswith("Your contact list"):
            text = " ".join(words_of(letter).split())
            found[sent.recipient] = text.partition("Who else was told: ")[2].partition(" Why")[0]
    return found


def test_a_letter_goes_to_the_office_as_well(town: World) -> None:
    pair = a_pair(town)

    assert _writes(pair, "N-06.ask", "lead").accepted

    assert _asked_for_contacts(pair) == {
        TEAM: f"in this pair Lead, else {ALL}.",  # the same message says that the pair exists
        LEAD: "in this pair Aspiring VIE-BIR, else nobody.",
    }


def test_who_gets_a_letter_as_well_reads_that_it_promises_to_somebody_else(town: World) -> None:
    pair = a_pair(town)
    assert _writes(pair, "N-06.ask", "lead").accepted
    pair.gets_to("formalised")
    town.beat()

    copied = {
        sent.recipient
        for sent in town.mailbox.letters
        if b"A copy for you: this letter is written to Aspiring VIE-BIR" in sent.frozen
    }

    assert copied == {LEAD}


def test_a_letter_goes_to_the_whole_team_that_gets_it(town: World) -> None:
    pair = a_pair(town)

    assert _writes(pair, "N-06.ask", "aspiring.team").accepted

    assert _asked_for_contacts(pair) == {
        TEAM: f"in this pair Aspiring VIE-BIR deputy, else {ALL}.",
        DEPUTY: f"in this pair Aspiring VIE-BIR, else {ALL}.",
    }


def test_where_nothing_is_adapted_a_letter_names_nobody_more(town: World) -> None:
    assert _asked_for_contacts(a_pair(town)) == {TEAM: f"{ALL}."}


def test_a_letter_goes_to_nobody_it_was_not_written_for(town: World) -> None:
    pair = a_pair(town)

    answers = [_writes(pair, "N-06.ask", to) for to in ("coordinator", "wp6", "coordinator.team")]

    assert not any(each.accepted for each in answers)
    said = {str(each.unmet[0]["remedy"]) for each in answers}
    assert said == {"Choose one of: facilitator, lead, aspiring.team."}


def test_a_letter_of_a_child_goes_to_more_people_too(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    assert _writes(pair, "N-13.note", "facilitator").accepted

    pair.files("contact", on=pair.today.isoformat(), kind="call", summary="All is well.")
    town.beat()

    letters = [message_from_bytes(each.frozen) for each in town.mailbox.letters]
    noted = [each["To"] for each in letters if str(each["Subject"]).startswith("Check-in note")]
    assert len(noted) == 2
