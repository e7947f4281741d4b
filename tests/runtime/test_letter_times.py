"""When letters go that are said in one: in the hours of whoever the written one goes to."""

from dataclasses import replace
from datetime import datetime, time
from itertools import islice
from pathlib import Path

import pytest

from engine.dates.view import View
from engine.letters.attention import Attention
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from engine.time.slots import Slot
from runtime.families import Families
from runtime.queries.forecast import letters_due
from runtime.reader_hours import hours_of
from runtime.workers.rehearse import advance_clock
from storage.cases import cases
from storage.database.transactions import reading, transaction
from storage.directory import directory
from tests.support.dossiers import moment
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import LEAD, key_of
from workflows.registry import Programme

ROLES = ("aspiring", "coordinator")
UNTIL = moment("2026-03-08", "12:00")
EARLY = Attention(time(8), time(10), (Slot(time(8)),), "N-2.ask")
LATE = Attention(time(15), time(18), (Slot(time(15)),), "N-2.ask")


@pytest.mark.parametrize(("aspiring", "coordinator", "at"), [(EARLY, LATE, 6), (LATE, EARLY, 13)])
def test_one_mailbox_of_two_who_never_work_at_one_time_gets_its_letter(
    aspiring: Attention, coordinator: Attention, at: int, tmp_path: Path, orchard: Programme
) -> None:
    hours = {"aspiring": aspiring, "coordinator": coordinator}
    programme = replace(orchard, letters=replace(orchard.letters, attention=hours))
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, programme, rehearsal=True) as grove:
        _share_a_mailbox(grove)
        foretold = _foretold(grove)

        stops = list(islice(advance_clock(grove.runtime, UNTIL, LEAD), 20))

        letters = grove.letters("VIE-BIR")
        shared = [each for each in letters if each.recipient == "office@example.org"]
    assert len(stops) < 20
    assert [each.person for each in shared] == [key_of("VIE-BIR", role) for role in ROLES]
    assert len({each.message for each in shared}) == 1
    # By the clocks in Bucharest, of whoever it is written to.
    assert [each.settled_at for each in shared] == [moment("2026-03-05", f"{at:02}:00")] * 2
    assert foretold == [each.settled_at for each in shared]


@pytest.mark.parametrize("followed_by", [("lisbon",), ()])
def test_who_has_left_is_written_to_by_the_clocks_of_their_own_centre(
    followed_by: tuple[str, ...], grove: Grove, orchard: Programme
) -> None:
    case, left = grove.pairs["VIE-BIR"], key_of("VIE-BIR", "coordinator")
    letters = replace(orchard.letters, attention={"coordinator": LATE})
    grove.empties("VIE-BIR", "coordinator")
    with transaction(grove.runtime.database) as session:
        centres = tuple(directory.centre(session, key).id for key in followed_by)
        cases.set_party(session, case, "coordinator", centres)

    with reading(grove.runtime.database) as session:
        family = Families(session, grove.runtime, grove.clock()).look(case)
        view = View(orchard.workflows["pairing"], family.whole(case), grove.clock())
        person = directory.person_id(session, left)
        owed = LetterOwed("N-2.ask", "coordinator", person, "", {})
        letter = Letter(1, case, 1, owed, grove.clock(), name="coordinator")
        hours = hours_of(session, letters, view, letter, person)

    assert hours is not None
    assert (hours.zone, hours.workdays.country) == ("Europe/Vienna", "AT")


def _foretold(grove: Grove) -> list[datetime]:
    names = [grove.name_of(key_of("VIE-BIR", role)) for role in ROLES]
    return [
        each.at
        for each in letters_due(grove.runtime, UNTIL)
        if each.letter == "N-2.ask" and each.to in names
    ]


def _share_a_mailbox(grove: Grove) -> None:
    for role in ROLES:
        grove.moves_to(key_of("VIE-BIR", role), "office@example.org")
