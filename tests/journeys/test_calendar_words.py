"""What stands in a calendar is in the language of its reader, as the letter is."""

import shutil
from dataclasses import replace
from pathlib import Path

from engine.letters.spoken import Spoken
from runtime.texts import texts_of
from runtime.use_cases.directory import change_person
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.calendar_mail import items
from tests.support.pairs import a_pair
from tests.support.world import FACILITATOR, LEAD, World, wp6
from workflows.registry import built_in

READER = "vie-bir-aspiring"
ADDRESS = "aspiring.vie-bir@example.org"


def test_an_entry_is_called_what_its_reader_calls_the_meeting(town: World, tmp_path: Path) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    items(town)
    change_person(town.runtime, READER, lambda each: replace(each, language="fr"), LEAD)
    for letters in ("en", "fr"):
        shutil.copytree(built_in("wp6") / "words" / "en", tmp_path / "words" / letters)
    french = {"fr": Spoken({"Online onboarding": "Réunion de lancement"})}
    texts = texts_of(tmp_path, wp6().letters, spoken=french)
    runtime = replace(town.runtime, texts=lambda _digest: texts)

    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")
    compose_owed(runtime)
    deliver(runtime, town.mailbox)

    titles = {reader: each.title.partition(":")[0] for reader, each in items(town)}
    assert titles.pop(ADDRESS) == "Réunion de lancement\u00a0"  # which no calendar loses
    assert set(titles.values()) == {"Online onboarding"}
