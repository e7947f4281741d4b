"""A centre of which only what is needed is on file gets every letter that others get."""

from dataclasses import replace

from engine.model.outcomes import By
from runtime.use_cases.directory import change_centre
from storage.database.transactions import reading
from storage.mail.queries import LetterQuery, letters
from tests.support.pairs import WAY, Pair, a_pair, days_go_by
from tests.support.world import World


def _bare(pair: Pair) -> None:
    """Take away what a centre may be entered without."""
    for key in ("VIE-BIR-c", "VIE-BIR-a"):
        change_centre(pair.world.runtime, key, lambda it: replace(it, city="", country=""), By())


def _stuck(pair: Pair) -> list[tuple[str, str]]:
    with reading(pair.world.runtime.database) as session:
        found = letters(session, LetterQuery(state="needs_human"))
    return [(each.letter, each.reason) for each in found]


def test_no_letter_of_a_pair_fails_for_a_city_or_a_country_that_is_not_on_file(
    town: World,
) -> None:
    pair = a_pair(town)
    _bare(pair)

    for state in WAY:
        pair.gets_to(state)
        days_go_by(town, 12)
    town.days_pass(200)
    town.beat()

    assert _stuck(pair) == []
    with reading(town.runtime.database) as session:
        sent = {each.letter for each in letters(session)}
    assert {"N-03.ask", "N-05.coordinator", "N-17.agenda_ask"} <= sent


def test_no_poll_for_the_workshop_fails_for_a_city_that_is_not_on_file(town: World) -> None:
    pair = a_pair(town).gets_to("continued_implementation")
    _bare(pair)

    days_go_by(town, 430)

    assert _stuck(pair) == []
    with reading(town.runtime.database) as session:
        sent = [each.letter for each in letters(session)]
    assert sent.count("N-17.poll") == sent.count("N-17.poll_nudge") == 2
