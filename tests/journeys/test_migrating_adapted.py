"""A pair that was adapted is brought over with what was adapted, or stays where it is."""

from datetime import date
from pathlib import Path

from engine.decide.migrate import Becomes
from engine.model.outcomes import By
from runtime.queries.find_case import open_child
from runtime.queries.other_versions import wanted
from runtime.settings.settings import Settings
from runtime.use_cases.migrate import Brought, bring_over
from runtime.wiring import Runtime, open_runtime
from storage.database.transactions import reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Contact
from storage.journal.verify import verify
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

OPENS = "check_in_opens: {is: P3M, within: [P1M, P4M]"


def _adapted(town: World, runtime: Runtime) -> Pair:
    """A pair with check-ins every two months."""
    town.runtime = runtime
    with transaction(runtime.database) as session:
        number = directory.add_person(session, Contact("lead", "Lead", "lead@example.org"))
        roles.give(session, Role("lead", number))
    pair = a_pair(town).gets_to("implementation")
    rows = [{"setting": "check_in_opens", "value": "P2M"}]
    assert town.file(pair.case, "adaptation", FACILITATOR, settings=rows, reason="New.").accepted
    return pair


def _opens(pair: Pair) -> date:
    found = open_child(pair.world.runtime, pair.case, "check_in")
    assert found is not None
    due = Pair(pair.world, found[1]).due()
    return next(day for key, day in due.items() if "window_opens" in key)


def _brought(own: Settings, pair: Pair, opens: str) -> tuple[Brought, date, date]:
    """What became of it, with the day on which its check-in opened before and opens since."""
    path = Path(own.programme.folder) / "pairing.yaml"
    text = path.read_text(encoding="utf-8")
    assert OPENS in text
    before = _opens(pair)
    path.write_text(text.replace(OPENS, opens), encoding="utf-8")
    with open_runtime(own, pair.world.clock) as runtime:
        pair.world.runtime = runtime
        (brought,) = bring_over(runtime, wanted(runtime, ""), By("lead", ""))
        with reading(runtime.database) as session:
            assert list(verify(session)) == []
        return brought, before, _opens(pair)


def test_what_was_adapted_stays_so_while_the_setting_takes_it(town: World, own: Settings) -> None:
    with open_runtime(own, town.clock) as runtime:
        pair = _adapted(town, runtime)

        brought, before, since = _brought(own, pair, OPENS.replace("is: P3M", "is: P4M"))

        assert {fate.becomes for fate in brought.migration.fates} >= {Becomes.SAME}
        assert since == before


def test_a_pair_whose_setting_does_not_take_its_value_any_more_stays(
    town: World, own: Settings
) -> None:
    with open_runtime(own, town.clock) as runtime:
        pair = _adapted(town, runtime)

        brought, before, since = _brought(own, pair, OPENS.replace("[P1M", "[P3M"))

        why = [unmet.detail for fate in brought.migration.fates for unmet in fate.why]
        assert why[0] == "it is P2M here: from 3 months to 4 months is allowed"
        assert since == before
