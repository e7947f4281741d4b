"""Below each letter of a pair: what it has behind it, where it stands, and what comes next."""

from datetime import timedelta

from tests.storage.rows import meddle
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, words_of
from tests.support.world import FACILITATOR, World


def _timeline(pair: Pair, role: str, subject: str) -> list[str]:
    """The lines from where a pair stands to the gap below them, unfolded."""
    text = words_of(letters_to(pair, role, subject)[-1]).partition("\n----\n")[2]
    return text.strip().partition("\n\n")[0].replace("\n", " ").split(". ")


def test_a_letter_says_what_is_done_where_the_pair_stands_and_what_comes_next(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files_all()
    pair.goes("finish_onboarding")
    town.beat()
    planned = _timeline(pair, "aspiring", "Your dates for the visit")
    begins, last = (pair.today + timedelta(days=each) for each in (59, 60))
    pair.files("visit_1_dates", FACILITATOR, starts_on=f"{begins}", ends_on=f"{last}")
    days_go_by(town, 1)

    fixed = _timeline(pair, "aspiring", "Visit to")

    assert planned == [
        (
            "Where the pair stands: Preparation of the first visit since Monday 11 May 2026, "
            "month 1 of 18"
        ),
        "Done: Online onboarding (11 May)",
        ("Next: First on-site visit (around 11 August), Signing the Memorandum of Understanding."),
    ]
    assert fixed[:2] == planned[:2]
    assert fixed[2].startswith("Next: First on-site visit (9 July), ")


def test_a_french_letter_says_it_in_french(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    meddle(
        town.runtime.database, "UPDATE people SET language = 'fr' WHERE key = 'vie-bir-aspiring'"
    )
    pair.files_all()
    pair.goes("finish_onboarding")
    town.beat()

    said = _timeline(pair, "aspiring", "")

    assert said[1:] == [
        "Fait\N{NO-BREAK SPACE}: Réunion de lancement en ligne (11\N{NO-BREAK SPACE}mai)",
        (
            "Ensuite\N{NO-BREAK SPACE}: Première visite sur site "
            "(vers le 11\N{NO-BREAK SPACE}août), "
            "Signature du protocole d\N{RIGHT SINGLE QUOTATION MARK}accord."
        ),
    ]


def test_a_pair_that_is_not_formed_has_no_timeline(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)

    assert "Next: " not in words_of(letters_to(pair, "coordinator", "Please confirm")[-1])


def test_a_state_that_only_ends_on_a_day_is_ahead_without_one(town: World) -> None:
    """While a pair signs, the implementation begins next: its day is the one on which it ends."""
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    days_go_by(town, 1)

    said = _timeline(pair, "aspiring", "sign")

    assert said[1].startswith("Done: ")
    assert said[1].index("Preparation of the first visit") < said[1].index("First on-site visit")
    assert said[2].startswith("Next: Implementation, Mid-term checkpoint (around ")
