"""Letters that go to somebody at one moment lie in one mail, whole, what is asked first first."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from runtime.settings.settings import Settings
from simulation.mails import mails as mails_of
from simulation.runner import Play
from simulation.simulate import Order, stage

HEADING = re.compile(r"^REQUEST (\d+): (.+)$", re.MULTILINE)
OVERVIEW = ".overview."  # in the number of a message that is one


@dataclass(frozen=True, slots=True)
class Played:
    """The mails that came, and how many a simulation says that there were."""

    mails: list[EmailMessage]
    counted: int


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Four pairs in nine months."""
    folder = tmp_path_factory.mktemp("letters")
    order = Order(pairs=4, months=9, seed=3, letters_folder=folder)
    with stage(order, Settings()) as scenery:
        play = Play(scenery)
        play.run()
        arrived = [each for each in play.beats.letters() if each.state == "accepted"]
        counted = len(
            list(mails_of(arrived, play.beats.overviews(), scenery.runtime.programme.letters))
        )
    files = sorted(folder.glob("*.eml"))
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    return Played(read, counted)


@pytest.fixture(scope="module")
def mails(played: Played) -> list[EmailMessage]:
    return played.mails


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture(scope="module")
def digests(mails: list[EmailMessage]) -> list[str]:
    found = [text_of(each) for each in mails if "Reference N-23" in text_of(each)]
    assert len(found) > 1
    return found


def test_each_letter_in_an_overview_keeps_its_paragraphs_and_lists(
    mails: list[EmailMessage],
) -> None:
    waiting = [text for each in mails if ": WAITING SINCE" in (text := text_of(each))]

    assert waiting
    for text in waiting:
        assert text.count("\n- what is open: ") == text.count(": WAITING SINCE")
        assert "\n\nIf the next step is not possible yet" in text


def test_only_the_digest_greets_and_each_letter_says_what_happens_next(digests: list[str]) -> None:
    for text in digests:
        assert text.count("\nDear ") == 1
        assert text.count("What happens next: ") >= max(1, len(HEADING.findall(text)))


def test_the_first_day_of_a_digest_is_the_first_that_its_letters_ask_by(
    digests: list[str],
) -> None:
    several = [each for each in digests if len(HEADING.findall(each)) > 1]

    assert several
    for text in several:
        opening, *requests = text.split("\nREQUEST ")
        asked = " ".join(requests[0].split("\n\n")[1].split())
        found = re.search(r"(?:by|the first) ([A-Z]\w+ \d+ \w+ \d{4})", " ".join(opening.split()))
        assert found is None or found[1] in asked
        days = [day for each in requests if (day := _day_asked(each)) is not None]
        assert days == sorted(days)


def _day_asked(request: str) -> date | None:
    asked = " ".join(request.split("\n\n")[1].split())
    found = re.search(r"by [A-Z]\w+ (\d+ \w+ \d{4})", asked)
    return None if found is None else datetime.strptime(found[1], "%d %B %Y").date()  # noqa: DTZ007 - a day


def test_one_more_reason_of_a_flag_is_not_told_beside_the_letter_that_says_all(
    digests: list[str],
) -> None:
    for text in digests:
        said = set(re.findall(r"FLAG \w+: (.+?)(?:\n\n| \(P-)", text, re.DOTALL))
        more = set(re.findall(r"ONE MORE REASON: (.+?)(?:\n\n| \(P-)", text, re.DOTALL))
        assert not said & more


def test_what_is_answered_by_commands_asks_for_no_reply(digests: list[str]) -> None:
    for text in digests:
        assert "One reply may answer them all" not in text or "The command" not in text


def test_the_requests_are_numbered_in_order(digests: list[str]) -> None:
    for text in digests:
        numbers = [int(number) for number, _ in HEADING.findall(text)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_what_tells_of_a_meeting_goes_by_itself(mails: list[EmailMessage]) -> None:
    with_items = [
        each for each in mails if any(p.get_content_type() == "text/calendar" for p in each.walk())
    ]

    assert with_items
    assert not [each for each in with_items if "Reference N-23" in text_of(each)]


def test_nobody_gets_two_mails_at_one_moment_but_of_meetings(mails: list[EmailMessage]) -> None:
    moments = [
        (each["To"], each["Date"])
        for each in mails
        if not any(part.get_content_type() == "text/calendar" for part in each.walk())
        and OVERVIEW not in each["Message-ID"]  # what is urgent goes beside it
    ]

    assert len(moments) == len(set(moments))


def test_a_simulation_counts_the_mails_that_workers_write(played: Played) -> None:
    assert played.counted == len(played.mails)
