"""A changed definition is for new pairs; running ones keep the version they began with (P12)."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from runtime.pinned_letters import keep
from runtime.settings.settings import Settings
from runtime.wiring import Runtime, open_runtime
from storage.database.transactions import open_database, reading, transaction
from storage.journal.verify import verify
from tests.support.pairs import Pair, a_pair
from tests.support.world import START, World
from workflows.registry import Programme, load_programme
from workflows.yaml.problems import DefinitionProblemsError

HISTORY = (("formalised", START - timedelta(days=100)), ("memorandum", START))
OFFER = "offer: P8D  # it says"


def _in(town: World, runtime: Runtime) -> World:
    town.runtime = runtime
    return town


def _change(own: Settings, old: str, new: str, file: str = "pairing.yaml") -> None:
    path = Path(own.programme.folder) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _nameless(own: Settings) -> Programme:
    """Write the programme as it was kept before rungs had names: in full, and without them."""
    path = Path(own.programme.folder) / "pairing.yaml"
    full = json.loads(load_programme(path.parent).text_of("pairing"))
    for state in full["states"].values():
        for ladder in state.get("ladders", {}).values():
            for rung in ladder["rungs"]:
                del rung["name"]
    path.write_text(json.dumps(full, indent=1), encoding="utf-8")
    (path.parent / "words" / "en" / "pairing.yaml").unlink()
    programme = load_programme(path.parent)
    database = open_database(own.database.url)
    with transaction(database) as session:
        for name in programme.workflows:
            keep(session, programme, name, START)
    database.close()
    return programme


def _offered_on(pair: Pair) -> date:
    return pair.due()["unsigned/offer/0"]


def test_a_running_pair_keeps_its_rules_and_a_new_one_gets_the_new(
    town: World, own: Settings
) -> None:
    with open_runtime(own, town.clock) as runtime:
        running = a_pair(_in(town, runtime), "OLD", HISTORY)
    _change(own, OFFER, OFFER.replace("P8D", "P6D"))

    with open_runtime(own, town.clock) as runtime:
        new = a_pair(_in(town, runtime), "NEW", HISTORY)
        running.files("memorandum")  # whatever happens to it, its timers are armed anew

        assert _offered_on(running) == date(2026, 5, 19)
        assert _offered_on(new) == date(2026, 5, 17)
        assert running.dossier.digest != new.dossier.digest
        with reading(runtime.database) as session:
            assert list(verify(session)) == []


def test_a_running_pair_whose_rungs_have_no_names_goes_on_by_their_places(
    town: World, own: Settings
) -> None:
    named = shutil.copytree(own.programme.folder, Path(own.programme.folder).parent / "named")
    nameless = _nameless(own)
    with open_runtime(own, town.clock, nameless) as runtime:
        running = a_pair(_in(town, runtime), "OLD", HISTORY)
        town.days_pass(9)
        town.beat()
        asked = running.dossier.timers
    shutil.copytree(named, own.programme.folder, dirs_exist_ok=True)

    with open_runtime(own, town.clock) as runtime:
        new = a_pair(_in(town, runtime), "NEW", HISTORY)
        running.files("memorandum")

        assert [each.key for each in asked if each.outcome == "fired"] == ["unsigned/1/0"]
        assert {"unsigned/1/0", "unsigned/offer/0"}.isdisjoint(running.due())
        assert "unsigned/2/0" in running.due()
        assert "unsigned/offer/0" in new.due()
        with reading(runtime.database) as session:
            assert list(verify(session)) == []


def test_a_running_pair_goes_on_by_its_old_rules_and_its_timers_fire(
    town: World, own: Settings
) -> None:
    with open_runtime(own, town.clock) as runtime:
        running = a_pair(_in(town, runtime), "OLD").gets_to("first_visit")
    _change(own, "finish_visit:", "end_visit:")
    _change(own, "finish_visit:", "end_visit:", "words/en/pairing.yaml")

    with open_runtime(own, town.clock) as runtime:
        _in(town, runtime)
        running.files_all()
        town.days_pass(8)
        town.beat()

        assert running.refused("end_visit").names() == {"open"}
        assert running.goes("finish_visit").state == "memorandum"
        assert town.mailbox.letters != []


def test_a_change_in_one_workflow_leaves_the_others_as_they_were(
    town: World, own: Settings
) -> None:
    with open_runtime(own, town.clock) as runtime:
        before = {name: each.digest for name, each in runtime.programme.workflows.items()}
    _change(own, OFFER, OFFER.replace("P8D", "P6D"))

    with open_runtime(own, town.clock) as runtime:
        after = {name: each.digest for name, each in runtime.programme.workflows.items()}

    assert {name for name in before if before[name] != after[name]} == {"pairing"}


def test_a_broken_definition_is_refused_whole_and_the_pairs_stay_as_they_were(
    town: World, own: Settings
) -> None:
    with open_runtime(own, town.clock) as runtime:
        running = a_pair(_in(town, runtime), "OLD", HISTORY)
        before = running.dossier
    _change(own, "to: memorandum\n", "to: memorandun\n")

    with pytest.raises(DefinitionProblemsError, match="memorandun"), open_runtime(own, town.clock):
        pass

    _change(own, "to: memorandun\n", "to: memorandum\n")
    with open_runtime(own, town.clock) as runtime:
        _in(town, runtime)
        assert running.dossier == before
