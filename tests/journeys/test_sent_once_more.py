"""A letter is sent once more if it is needed still; else the office hears why it is not."""

from dataclasses import replace

import pytest

from engine.model.plan import Plan
from runtime.texts import texts_of
from runtime.use_cases.arrange_letter import ArrangedError, again
from runtime.use_cases.substitute import Change as Substitution
from runtime.use_cases.substitute import substitute
from storage.database.transactions import transaction
from storage.directory import directory
from tests.support.arranged import arranged, days_pass, just_formed, letters_of
from tests.support.pairs import Pair
from tests.support.world import LEAD, World, wp6
from workflows.registry import built_in


@pytest.fixture
def pair(any_town: World) -> Pair:
    return just_formed(any_town)


def test_a_letter_that_went_goes_once_more_and_one_that_is_done_does_not(
    any_town: World, pair: Pair
) -> None:
    days_pass(any_town, 1)
    sent = next(each for each in letters_of(pair) if each.letter == "N-05.coordinator")
    asked = next(each for each in letters_of(pair) if each.letter == "N-06.ask")

    again(any_town.runtime, arranged(sent))
    with pytest.raises(ArrangedError, match="is owed once more already"):
        again(any_town.runtime, arranged(sent))
    pair.files("contacts")
    with pytest.raises(ArrangedError, match="is not sent again: superseded: done meanwhile"):
        again(any_town.runtime, arranged(asked))
    days_pass(any_town, 1)

    same = [
        each for each in letters_of(pair) if (each.letter, each.name) == (sent.letter, sent.name)
    ]
    assert [each.state for each in same] == ["accepted", "accepted"]


def test_news_is_not_sent_again_once_its_pair_has_moved_on(any_town: World, pair: Pair) -> None:
    days_pass(any_town, 1)
    sent = next(each for each in letters_of(pair) if each.letter == "N-05.coordinator")
    pair.gets_to("onboarding")

    with pytest.raises(ArrangedError, match="moved on since, to: Online onboarding"):
        again(any_town.runtime, arranged(sent))


def test_news_of_a_partnership_that_has_ended_is_not_sent_again(
    any_town: World, pair: Pair
) -> None:
    days_pass(any_town, 1)
    sent = next(each for each in letters_of(pair) if each.letter == "N-05.aspiring")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    with pytest.raises(ArrangedError, match="not sent again: superseded: the partnership it spoke"):
        again(any_town.runtime, arranged(sent))


def test_nobody_who_left_or_cannot_be_reached_is_written_to_again(
    any_town: World, pair: Pair
) -> None:
    days_pass(any_town, 1)
    lead, member = (each for each in letters_of(pair) if each.letter == "N-05.coordinator")
    with transaction(any_town.runtime.database) as session:
        reader = directory.person(session, str(member.person))
        directory.mark_unreachable(session, reader.id, "550 unknown", any_town.clock().date())
        directory.add_person(session, replace(reader, key="new", email="new@example.org"))
    change = Substitution("coordinator", str(lead.person), "new")
    assert isinstance(substitute(any_town.runtime, pair.case, change, LEAD), Plan)

    for letter, why in ((lead, "plays no role in VIE-BIR by now"), (member, "is dead")):
        with pytest.raises(ArrangedError, match=f"not sent again: .*{why}"):
            again(any_town.runtime, arranged(letter))


def test_a_letter_that_the_definition_of_now_lacks_is_not_sent_again(
    any_town: World, pair: Pair
) -> None:
    days_pass(any_town, 1)
    sent = next(each for each in letters_of(pair) if each.letter == "N-05.coordinator")
    left = {name: each for name, each in wp6().letters.letters.items() if name != "N-05"}
    later = texts_of(built_in("wp6"), replace(wp6().letters, letters=left), spoken=wp6().spoken)
    any_town.runtime = replace(any_town.runtime, texts=lambda _: later)

    with pytest.raises(ArrangedError, match=r"VIE-BIR has no N-05\.coordinator by now"):
        again(any_town.runtime, arranged(sent))
