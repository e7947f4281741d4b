"""A letter on an agenda carries the programme, or says that it does not."""

from datetime import date

import pytest

from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair
from tests.support.world import World

BLOCK = {"title": "Wards", "hours": 2}


@pytest.mark.parametrize(
    ("record", "block", "carries", "tells"),
    [
        ("visit_1_agenda", {"day": 1, **BLOCK}, "Agenda of", "Agenda sent:"),
        ("workshop_agenda", BLOCK, "Workshop agenda", "Workshop agenda sent"),
    ],
)
def test_an_agenda_that_was_sent_elsewhere_is_told_with_its_day_and_not_as_if_it_were_there(
    town: World, record: str, block: dict[str, object], carries: str, tells: str
) -> None:
    pair = a_pair(town).gets_to("workshop" if record == "workshop_agenda" else "visit_preparation")
    arrived(pair)

    pair.files(record)
    town.beat()
    without = [text for _, subject, text in arrived(pair) if subject.startswith(tells)]
    pair.files(record, blocks=[block])
    town.beat()
    whole = [text for _, subject, text in arrived(pair) if subject.startswith(carries)]

    assert without
    assert len(without) == len(whole)
    assert all("Its programme is not in this letter" in text for text in without)
    day = date.fromisoformat(str(pair.dossier.records[record][0].content["sent_on"]))
    assert all(f"was sent on {day:%A} {day.day} {day:%B} {day.year}." in text for text in without)
    assert all("Wards (2 h)" in text and "not in this" not in text for text in whole)
