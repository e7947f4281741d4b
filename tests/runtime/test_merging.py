"""Letters in one message keep who asks, who is meant and by when; what all say stands once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from runtime.queries.forecast import letters_due
from runtime.use_cases.absence import NewAbsence
from runtime.use_cases.absence import away as away_from
from runtime.workers.merging import MOST_HTML
from tests.support.at_slots import both_pairs, orchard_at_slots
from tests.support.grove import Grove, read
from tests.support.growers import LEAD, key_of
from tests.support.letter_words import words_of

COORDINATOR = key_of("VIE-BIR", "coordinator")


@pytest.fixture
def grove(migrated_url: str, tmp_path: Path, at_slots: Path) -> Iterator[Grove]:
    """Two pairs of two facilitators, and one coordinator for both."""
    with both_pairs(at_slots, migrated_url, tmp_path, COORDINATOR) as made:
        yield made


def to(grove: Grove, key: str) -> list[EmailMessage]:
    found = {each.message for each in grove.letters() if each.recipient == f"{key}@example.org"}
    return read([grove.message(number).frozen for number in sorted(n for n in found if n)])


def test_a_message_of_two_facilitators_is_answered_to_both_and_names_each(grove: Grove) -> None:
    grove.writes(7)

    [message] = to(grove, COORDINATOR)
    text = " ".join(words_of(message).split())

    names = [grove.name_of(key_of(pair, "facilitator")) for pair in ("VIE-BIR", "LIS-ELM")]
    above = text.partition("Dear ")[0]
    addresses = [f"{key_of(pair, 'facilitator')}@example.org" for pair in ("VIE-BIR", "LIS-ELM")]
    assert [each.addr_spec for each in message["Reply-To"].addresses] == addresses
    assert not any(name in str(message["From"]) for name in names)
    assert all(f"A note from you, by 13 March {name} asks." in above for name in names)
    for name, address in zip(names, addresses, strict=True):
        assert f"Asked by: {name}, {address}" in text
    assert "A reply reaches" not in text
    assert "It is Planted." not in text
    assert "One reply answers all." in text


def test_what_a_stand_in_is_asked_says_of_that_letter_alone_for_whom(grove: Grove) -> None:
    """`stands_in_for` of the first letter is not said of all, nor lost where pairs differ."""
    away = key_of("VIE-BIR", "coordinator", "deputy")
    grove.empties("LIS-ELM", "coordinator")
    grove.gives("LIS-ELM", "coordinator", away)
    new = NewAbsence(away, date(2026, 3, 3), date(2026, 3, 30), COORDINATOR)
    away_from(grove.runtime, new, LEAD)
    grove.writes(7)

    [message] = to(grove, COORDINATOR)
    text = " ".join(words_of(message).split())

    assert text.count(f"Instead of {grove.name_of(away)}") == 1
    assert "You stand in for" not in text


def test_a_mailbox_of_two_is_greeted_by_both_and_a_letter_for_one_of_them_says_so(
    grove: Grove,
) -> None:
    """Two growers of one pair read one mailbox; their pair's other letter is for one of them."""
    main, deputy = (key_of("VIE-BIR", "aspiring", place) for place in ("main", "deputy"))
    grove.moves_to(deputy, f"{main}@example.org")
    grove.empties("LIS-ELM", "coordinator")
    grove.gives("LIS-ELM", "coordinator", main)
    grove.writes(7)

    message = next(each for each in to(grove, main) if "Dear" in words_of(each))

    both = f"{grove.name_of(main)} and {grove.name_of(deputy)}"
    text = " ".join(words_of(message).split())
    assert f"Dear {both}," in text
    assert str(message["To"]).startswith(both)
    assert f"For {grove.name_of(main)} " in text


def test_a_digest_goes_on_with_what_was_written_before_of_its_first_letter(grove: Grove) -> None:
    facilitator = key_of("VIE-BIR", "facilitator")
    grove.empties("LIS-ELM", "facilitator")
    grove.gives("LIS-ELM", "facilitator", facilitator)
    grove.sends(8)
    [before] = to(grove, facilitator)

    grove.sends(7)

    [_, later] = to(grove, facilitator)
    assert str(later["References"]).split() == [before["Message-ID"]]


def test_a_message_too_long_for_mail_programs_comes_as_two(tmp_path: Path) -> None:
    programme = orchard_at_slots(tmp_path)
    text = programme / "words" / "en" / "letters" / "N-2" / "ask.txt"
    lines = "\n".join(f"- tree {number} of the orchard" for number in range(800))
    text.write_text(
        f"{text.read_text(encoding='utf-8')}\n\nDear {{{{ recipient_name }}}},\n\n{lines}\n",
        encoding="utf-8",
    )
    with both_pairs(programme, f"sqlite:///{tmp_path}/pairing.db", tmp_path, COORDINATOR) as grove:
        grove.writes(7)

        found = to(grove, COORDINATOR)

    sizes = [len(str(each.get_body(("html",)))) for each in found]
    assert len(sizes) == 2
    assert max(sizes) <= MOST_HTML < sum(sizes)


def test_the_letters_due_say_which_of_them_go_in_one_mail(grove: Grove) -> None:
    coming = letters_due(grove.runtime, grove.clock() + timedelta(days=9))
    due = Counter((each.mail, each.to) for each in coming)

    for moment in sorted({each.at for each in coming}):
        grove.writes((moment - grove.clock()) / timedelta(days=1))

    written = Counter((each.message, each.name) for each in grove.letters() if each.message)
    assert sorted(due.values()) == sorted(written.values())
    assert Counter(name for _, name in due) == Counter(name for _, name in written)
    assert max(due.values()) > 1
    assert {number for number, _ in due} == {*range(1, len(due) + 1)}


def test_what_is_owed_to_nobody_goes_in_the_mail_of_who_plays_the_role_by_then(
    grove: Grove,
) -> None:
    grove.empties("LIS-ELM", "coordinator")
    grove.owes(4)
    grove.gives("LIS-ELM", "coordinator", COORDINATOR)

    grove.writes(3)

    asked = [each for each in grove.letters(state="waiting") if each.audience == "coordinator"]
    assert [each.name for each in asked].count(None) == 1
    assert len({each.message for each in asked}) == 1
    assert len(to(grove, COORDINATOR)) == 1
