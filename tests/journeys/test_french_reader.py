"""One of a pair reads French: what reaches them is in French, what others read in English."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

from runtime.use_cases.directory import change_person
from tests.support.letter_words import words_of
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World

READER = "vie-bir-aspiring"
ADDRESS = "aspiring.vie-bir@example.org"
BOUND = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def _speaks_french(town: World) -> Pair:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    town.mailbox.letters = []
    change_person(town.runtime, READER, lambda each: replace(each, language="fr"), LEAD)
    return pair


def _read(town: World, *, by_reader: bool) -> Iterator[str]:
    """The letters that arrive at the reader's mailbox, or at all others."""
    town.beat()
    for sent in town.mailbox.letters:
        if (sent.recipient == ADDRESS) == by_reader:
            letter = message_from_bytes(sent.frozen, policy=policy.default)
            text = f"{letter['subject']} {words_of(letter)}"
            yield " ".join(text.translate(BOUND).split())


def test_a_decision_is_told_to_each_in_their_language(town: World) -> None:
    pair = _speaks_french(town)

    pair.goes("suspend", LEAD, note="The house moves.", review_on="2027-09-01")

    [french] = _read(town, by_reader=True)
    assert french.startswith("Nouvelles du binôme")
    assert "Suspendre le binôme. Situation après cette décision : Suspendu." in french
    assert "Le motif : « The house moves. »" in french
    assert "réexaminons la situation le mercredi 1er septembre 2027" in french
    [english] = _read(town, by_reader=False)
    assert "Suspend the pair. Where it stands with this decision: Suspended." in english


def test_a_meeting_is_fixed_and_moved_in_the_words_and_dates_of_each(town: World) -> None:
    pair = _speaks_french(town)

    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")

    read = list(_read(town, by_reader=True))
    invited = next(each for each in read if each.startswith("Réunion de lancement : 25 juin"))
    assert "quand : jeudi 25 juin 2026 à 11 h 00 (heure de Bucarest), deux heures" in invited
    assert not any("Why you get this" in each for each in read)
    assert all("Why you get this" in each for each in _read(town, by_reader=False))
