"""A day off of one side alone moves the mail to that side, and neither the other's nor the day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from runtime.queries.forecast import letters_due
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import start_pair
from runtime.workers.rehearse import advance_clock
from tests.support.at_slots import orchard_at_slots
from tests.support.dossiers import moment
from tests.support.grove import Grove, opened, settings
from tests.support.growers import LEAD, ROLES, key_of, new_pair, settle_in
from workflows.registry import load_programme

ASK = "N-2.ask"


@pytest.mark.parametrize(
    ("begins", "centres", "days"),
    [
        # Epiphany: Vienna rests, Elmford in Iceland works.
        ("2027-01-03", ("vienna", "elmford"), ("2027-01-07 12:00", "2027-01-06 13:00")),
        # Good Friday of Birchwater in Romania, and its Easter Monday: Vienna works.
        ("2027-04-27", ("vienna", "birchwater"), ("2027-04-30 11:00", "2027-05-04 10:00")),
    ],
)
def test_who_rests_on_the_day_gets_the_letter_on_their_next_working_day(
    begins: str, centres: tuple[str, str], days: tuple[str, str], tmp_path: Path
) -> None:
    folder, begun = orchard_at_slots(tmp_path), moment(begins, "09:00")
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    own = where.programme.model_copy(update={"folder": str(folder)})
    where = where.model_copy(update={"programme": own})
    programme, until = load_programme(folder), begun + timedelta(days=8)
    create_database(where, rehearsal=True, at=begun, programme=programme)
    with opened(where, programme, begun) as grove:
        people = _begins(grove, centres)
        foretold = {each.to: each.at for each in letters_due(grove.runtime, until)}

        list(advance_clock(grove.runtime, until, LEAD))

        asked = [each for each in grove.letters() if each.letter == ASK]
        names = {key: grove.name_of(key) for key in people}
    at = {str(each.person): each.settled_at for each in asked}
    assert at == {key: _at(day) for key, day in zip(people, days, strict=True)}
    assert at == {key: foretold[name] for key, name in names.items()}
    assert len({each.facts["due_on"] for each in asked}) == 1


def _begins(grove: Grove, centres: Sequence[str]) -> tuple[str, str]:
    """A pair of these centres is begun; its coordinator, and who aspires."""
    settle_in(grove.runtime)
    coordinator, aspiring = centres
    own = "LIS-ELM" if aspiring == "elmford" else "VIE-BIR"
    players = {role: (key_of("VIE-BIR", role),) for role in ROLES}
    players["aspiring"] = (key_of(own, "aspiring"),)
    parties = {"coordinator": (coordinator,), "aspiring": (aspiring,)}
    start_pair(grove.runtime, new_pair("VIE-BIR", parties=parties, people=players), LEAD)
    return players["coordinator"][0], players["aspiring"][0]


def _at(text: str) -> datetime:
    return moment(*text.split())
