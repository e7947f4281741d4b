"""The letters of one matter are one conversation to each reader, and of two matters two."""

from collections import defaultdict
from email import message_from_bytes, policy
from email.message import EmailMessage

from engine.model.putting_right import Voided
from notifications.mailer import Outgoing
from tests.support.actors import act
from tests.support.pairs import a_pair, days_go_by
from tests.support.word_replies import answers, letters_to, opened, proposed, words_of
from tests.support.world import FACILITATOR, START, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"


def _received(town: World) -> list[EmailMessage]:
    return [message_from_bytes(e.frozen, policy=policy.default) for e in town.mailbox.letters]


def _follows(letters: list[EmailMessage]) -> dict[str, list[str]]:
    """Of each letter that goes on with a matter: its subject, and the subjects before it."""
    subject_of = {each["Message-ID"]: str(each["Subject"]) for each in letters}
    found: dict[str, list[str]] = defaultdict(list)
    for each in letters:
        references = str(each["References"] or "").split()
        assert references[-1:] == [each["In-Reply-To"]] * bool(references)
        found[str(each["Subject"])] += [subject_of[one] for one in references]
    return {subject: earlier for subject, earlier in found.items() if earlier}


def test_a_reminder_goes_on_with_the_letter_that_asked(town: World) -> None:
    a_pair(town, history=(("formalised", START),))

    days_go_by(town, 40)

    aspiring = [each for each in _received(town) if "aspiring" in str(each["To"])]
    follows = _follows(aspiring)
    offered, asked = "Shall we fill in the contact list together?", "Your contact list, by 20 May"
    assert follows == {offered: [asked]}


def test_letters_to_another_reader_of_the_same_matter_are_their_own_conversation(
    town: World,
) -> None:
    a_pair(town, history=(("formalised", START),))

    days_go_by(town, 40)

    reader_of = {str(each["Message-ID"]): str(each["To"]) for each in _received(town)}
    for each in _received(town):
        for earlier in str(each["References"] or "").split():
            assert reader_of[earlier] == str(each["To"])


def test_what_becomes_of_a_meeting_is_one_conversation(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    for at in (AT_TEN, AT_TWO):
        pair.files("onboarding_date", FACILITATOR, starts_at=at)
        town.beat()

    [(moved, earlier)] = _follows(
        [each for each in _received(town) if "aspiring.vie" in str(each["To"])]
    ).items()

    assert moved.startswith("Another hour: ")
    assert len(earlier) == 1


def test_a_conversation_names_the_last_ten_and_no_more(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    for turn in range(13):
        pair.files("onboarding_date", FACILITATOR, starts_at=(AT_TEN, AT_TWO)[turn % 2])
        town.beat()

    last = [each for each in _received(town) if "aspiring.vie" in str(each["To"])]

    counts = [len(str(each["References"] or "").split()) for each in last]
    assert counts[-1] == 10
    assert str(last[-1]["References"]).split() == [each["Message-ID"] for each in last[-11:-1]]


def _thread(letter: Outgoing) -> list[str]:
    return str(opened(letter)["References"] or "").split()


def test_a_receipt_goes_on_with_the_letter_that_was_answered(town: World) -> None:
    pair = proposed(town)
    [asked] = letters_to(pair, "coordinator", "Please confirm")
    answers(pair, asked, "DECLINE")
    town.beat()

    [own] = letters_to(pair, "coordinator", "Recorded")
    [told] = letters_to(pair, "facilitator", "Recorded")
    answers(pair, own, "UNDO")
    town.beat()

    [back] = letters_to(pair, "coordinator", "Taken back")
    assert _thread(own) == _thread(told) == [asked.message_id]
    assert _thread(back) == [asked.message_id, own.message_id]


def test_words_that_came_in_are_told_beside_the_letter_they_answer(town: World) -> None:
    pair = proposed(town)
    [asked] = letters_to(pair, "coordinator", "Please confirm")
    for words in ("We have a question first.", "And another one."):
        answers(pair, asked, words)
        days_go_by(town, 1)

    told = [e for e in letters_to(pair, "facilitator", "") if "question" in words_of(e)]

    assert [_thread(each) for each in told] == [[asked.message_id]]


def test_what_is_put_right_goes_on_with_the_letter_that_said_it(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files_all()
    pair.goes("finish_onboarding")
    town.beat()
    [minutes] = letters_to(pair, "aspiring", "Your dates for the visit")

    assert act(town.runtime, pair.case, Voided("onboarding", "Wrong.", FACILITATOR)).accepted
    town.beat()

    [not_so] = letters_to(pair, "aspiring", "Not so: ")
    assert _thread(not_so) == [minutes.message_id]
