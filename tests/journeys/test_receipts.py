"""Whoever answers hears at once what was recorded, and takes it back with what followed (P21)."""

from dataclasses import replace
from datetime import UTC, datetime

from engine.model.putting_right import Undone
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.storage.rows import everything, meddle
from tests.support.actors import act
from tests.support.answer_pages import Site, served
from tests.support.linked import linked, tokens
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, words_of
from tests.support.world import FACILITATOR as FACILITATES
from tests.support.world import World, wp6

COORDINATOR = "coordinator.vie-bir@"


def _confirmed(world: World, site: Site) -> tuple[Pair, str]:
    """A pair whose coordinator has just confirmed the match by a link."""
    pair = a_pair(world).gets_to("match_validation")
    days_go_by(world, 1)
    (token,) = tokens(world, COORDINATOR)
    assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text
    world.beat()
    return pair, token


def _undoing(world: World) -> str:
    """The link in the last letter to the coordinator, which is a receipt."""
    return list(tokens(world, COORDINATOR))[-1]


def test_a_receipt_goes_at_once_to_whoever_answered_and_to_the_facilitator(
    linked_town: World, site: Site
) -> None:
    _confirmed(linked_town, site)

    receipts = {
        each.recipient: each.frozen
        for each in linked_town.mailbox.letters
        if b"Subject: Recorded: Yes, pair us" in each.frozen
    }

    assert sorted(each.partition("@")[0] for each in receipts) == [
        "coordinator.vie-bir",
        "facilitator.vie-bir",
    ]
    seen = site.opens(_undoing(linked_town))
    assert "For Coordinator VIE-BIR: Recorded: Yes, pair us" in seen.text
    assert seen.text.count('type="radio"') == 1
    assert " asks you, by " not in seen.text


def test_a_receipt_thanks_whoever_answered_and_tells_the_facilitator_who_it_was(
    linked_town: World, site: Site
) -> None:
    pair, _ = _confirmed(linked_town, site)

    (mine,), (other,) = (
        letters_to(pair, role, "Recorded: Yes, pair us") for role in ("coordinator", "facilitator")
    )
    said, told = (" ".join(words_of(each).split()) for each in (mine, other))

    assert 'Thank you. You answered the letter "Please confirm' in said
    assert "Who else was told: Facilitator VIE-BIR. Why you get this: you answered" in said
    assert 'Coordinator VIE-BIR answered the letter "Please confirm' in told
    assert "Who else was told: Coordinator VIE-BIR. Why you get this: you run the pair." in told


def test_within_a_day_an_answer_is_taken_back_whatever_followed(
    linked_town: World, site: Site
) -> None:
    pair, token = _confirmed(linked_town, site)
    pair.goes("formalise")
    linked_town.beat()
    undoing = _undoing_before(linked_town, token)
    arrived(pair)

    seen = site.chooses(undoing, "undo")
    days_go_by(linked_town, 1)

    assert "recorded: Take back what was recorded" in seen.text
    assert pair.state == "match_validation"
    assert pair.dossier.latest("match_answer") is None
    with reading(linked_town.runtime.database) as session:
        assert list(verify(session)) == []
    told = {who for who, subject, _ in arrived(pair) if subject.startswith("Taken back")}
    assert told == {"facilitator", "aspiring", "deputy", "coordinator"}


def _undoing_before(world: World, answered: str) -> str:
    """The link of the receipt that the coordinator got for an answer."""
    found = list(tokens(world, COORDINATOR))
    return found[found.index(answered) + 1]


def test_after_an_undo_the_letter_is_answered_anew(linked_town: World, site: Site) -> None:
    pair, token = _confirmed(linked_town, site)
    assert "recorded" in site.chooses(_undoing(linked_town), "undo").text

    again = site.chooses(token, "decline", reason="We have no time this year.")

    assert "recorded: No, we decline" in again.text
    assert pair.state == "match_proposed"


def test_who_declined_by_mistake_is_asked_as_before(linked_town: World, site: Site) -> None:
    pair = a_pair(linked_town).gets_to("match_validation")
    days_go_by(linked_town, 1)
    (token,) = tokens(linked_town, COORDINATOR)
    site.chooses(token, "decline", reason="We have no time this year.")
    linked_town.beat()
    assert pair.state == "match_proposed"

    seen = site.chooses(_undoing(linked_town), "undo")

    assert "recorded" in seen.text
    assert pair.state == "match_validation"
    assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text


def test_what_is_taken_back_has_a_receipt_that_takes_nothing_back(
    linked_town: World, site: Site
) -> None:
    pair, _ = _confirmed(linked_town, site)
    pair.goes("formalise")
    site.chooses(_undoing(linked_town), "undo")
    before = len(list(tokens(linked_town, COORDINATOR)))

    linked_town.beat()

    (mine,) = letters_to(pair, "coordinator", "Taken back: Answer to the match proposal")
    text = " ".join(words_of(mine).split())
    assert "You took back what was recorded" in text
    gone = ["Answer to the match proposal", "Confirm the match", "Formalise the pair"]
    assert f"this counts no more: - {' - '.join(gone)} The letter that was answered" in text
    assert "and whoever had a letter about it or did what went with it" in text
    assert "is recorded" not in text
    assert len(list(tokens(linked_town, COORDINATOR))) == before


def test_a_second_undo_changes_nothing(linked_town: World, site: Site) -> None:
    _confirmed(linked_town, site)
    undoing = _undoing(linked_town)
    site.chooses(undoing, "undo")
    before = everything(linked_town.runtime.database)

    again = site.chooses(undoing, "undo")

    assert "answered before: Take back what was recorded" in again.text
    assert everything(linked_town.runtime.database) == before


def test_after_a_day_an_answer_is_taken_back_as_long_as_nobody_acted_on_it(
    linked_town: World, site: Site
) -> None:
    pair, token = _confirmed(linked_town, site)
    days_go_by(linked_town, 2)

    seen = site.chooses(_undoing_before(linked_town, token), "undo")

    assert "recorded" in seen.text
    assert pair.state == "match_validation"


def test_after_a_day_what_somebody_acted_on_stays(linked_town: World, site: Site) -> None:
    pair, token = _confirmed(linked_town, site)
    pair.goes("formalise")
    days_go_by(linked_town, 2)
    before = everything(linked_town.runtime.database)

    seen = site.chooses(_undoing_before(linked_town, token), "undo")

    assert "refused" in seen.text
    assert "the step Formalise the pair, of 12 May 2026, rests on it" in seen.text
    assert everything(linked_town.runtime.database) == before


def test_what_the_office_took_back_may_be_answered_anew(linked_town: World, site: Site) -> None:
    pair, token = _confirmed(linked_town, site)
    assert "Recorded" in site.opens(token).text
    for _ in ("the step", "the record"):
        undone = Undone("It was a slip.", FACILITATES)
        assert act(linked_town.runtime, pair.case, undone).accepted

    assert "Recorded" not in site.opens(token).text
    assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text


def test_a_french_reader_reads_what_they_chose_in_french(linked_town: World, site: Site) -> None:
    french = "UPDATE people SET language = 'fr' WHERE key = :key"
    pair = a_pair(linked_town).gets_to("match_validation")
    meddle(linked_town.runtime.database, french, key="vie-bir-coordinator")
    days_go_by(linked_town, 1)
    (token,) = tokens(linked_town, COORDINATOR)
    assert "Oui, formons ce binôme" in site.opens(token).text
    site.chooses(token, "confirm")
    linked_town.beat()

    subjects = [subject for _, subject, _ in arrived(pair)]

    assert "Enregistré\N{NO-BREAK SPACE}: Oui, formons ce binôme" in subjects


def test_a_receipt_waits_for_no_working_hour(linked_town: World, site: Site) -> None:
    a_pair(linked_town).gets_to("match_validation")
    days_go_by(linked_town, 1)
    (token,) = tokens(linked_town, COORDINATOR)
    linked_town.clock.move_to(datetime(2026, 5, 17, 1, 30, tzinfo=UTC))  # a Sunday
    linked_town.runtime = replace(linked_town.runtime, programme=wp6())
    assert "recorded" in site.chooses(token, "confirm").text

    linked_town.beat()

    sent = [each for each in linked_town.mailbox.letters if b"Recorded: Yes" in each.frozen]
    assert len(sent) == 2


def test_without_a_public_address_a_receipt_names_its_day_and_no_link(town: World) -> None:
    with served(linked(town).runtime) as site:
        pair = a_pair(town).gets_to("match_validation")
        days_go_by(town, 1)
        (token,) = tokens(town, COORDINATOR)
        town.settings = town.settings.model_copy(update={"web": type(town.settings.web)()})
        site.chooses(token, "confirm")
    town.reopen()
    town.beat()

    ((_, _, text), *_) = [each for each in arrived(pair) if each[1].startswith("Recorded")]
    assert "It can be taken back until Wednesday 13 May 2026" in " ".join(text.split())
    assert "://" not in text
