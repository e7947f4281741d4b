"""One pair is adapted (B-15): what hangs on its settings follows, as for any record."""

from datetime import date, timedelta

from engine.model.changes import Changes, Row, RowChange
from engine.model.outcomes import By
from engine.model.putting_right import Corrected, Undone
from runtime.queries.find_case import open_child
from runtime.use_cases.advance import Answer
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World

REASON = "The team is new and asks for more support."


def _adapts(pair: Pair, by: By = FACILITATOR, **settings: str) -> Answer:
    rows = [{"setting": name, "value": value} for name, value in settings.items()]
    return pair.world.file(pair.case, "adaptation", by, settings=rows, reason=REASON)


def _check_in(pair: Pair) -> Pair:
    found = open_child(pair.world.runtime, pair.case, "check_in")
    assert found is not None
    return Pair(pair.world, found[1])


def _opens(check_in: Pair) -> date:
    return next(day for key, day in check_in.due().items() if "window_opens" in key)


def test_check_ins_follow_the_rhythm_of_their_pair(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    check_in, before = _check_in(pair), _opens(_check_in(pair))
    baselines = {name: each.baseline for name, each in pair.dossier.dates.items()}

    answer = _adapts(pair, check_in_opens="P2M")

    assert answer.accepted, answer.unmet
    assert timedelta(27) < before - _opens(check_in) < timedelta(32)
    assert check_in.dossier.dates["due"].forecast == _opens(check_in)
    assert {name: each.baseline for name, each in pair.dossier.dates.items()} == baselines


def test_undone_an_adaptation_gives_back_every_due_day(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    before, window = pair.due(), pair.dossier.dates

    assert _adapts(pair, signing_days="P20D").accepted
    moved = pair.due()
    undone = act(town.runtime, pair.case, Undone("Meant for another pair.", FACILITATOR))

    assert undone.accepted, undone.unmet
    changed = {key for key in before if before[key] != moved[key]}
    assert changed == {"unsigned/phone/0"}
    assert (pair.due(), pair.dossier.dates) == (before, window)


def test_a_rung_that_has_spoken_stays_silent(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    town.days_pass(16)
    town.beat()

    assert _adapts(pair, signing_days="P20D").accepted
    town.days_pass(7)
    town.beat()

    spoken = [each for each in pair.dossier.timers if each.key == "unsigned/phone/0"]
    assert [each.outcome for each in spoken] == ["fired"]


def test_a_step_asks_for_the_number_that_was_adapted(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")
    pair.files_all("areas")
    pair.files("areas", areas=["Nursing", "Data"])
    asked = pair.refused("finish_visit").unmet["areas_in_number"]["detail"]

    assert _adapts(pair, LEAD, areas_at_least="2").accepted

    assert str(asked).endswith("3 to 4 are needed")
    pair.goes("finish_visit")


def test_a_number_that_the_protocol_demands_is_for_the_lead(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")

    answer = _adapts(pair, areas_at_least="2")

    assert not answer.accepted
    assert answer.unmet[0]["detail"] == "facilitator may not change it"
    assert answer.unmet[0]["remedy"] == "Ask: lead."


WRONG = (
    ("check_in_opens", "P9M", "from 1 month to 4 months is allowed"),
    ("check_in_opens", "often", "such as 2 months"),
    ("check_in_opens", "P3M", "that is what the programme has"),
    ("check_ins_after_mid_term", "maybe", "write yes or no"),
    ("check_ins_before_mid_term", "1.5", "write a whole number"),
    ("check_in_opnes", "P2M", "is 'check_in_opnes'"),
)


def test_a_value_that_cannot_be_is_refused(town: World) -> None:
    pair = a_pair(town).gets_to("diagnostic")

    answers = [_adapts(pair, FACILITATOR, **{name: value}) for name, value, _ in WRONG]

    assert not any(answer.accepted for answer in answers)
    said = [str(answer.unmet[0]["detail"]) for answer in answers]
    assert [words for (*_, words), each in zip(WRONG, said, strict=True) if words not in each] == []


def test_check_ins_after_the_mid_term_are_switched_off_and_on_for_one_pair(town: World) -> None:
    pair = a_pair(town).gets_to("continued_implementation")
    assert open_child(town.runtime, pair.case, "check_in") is not None

    assert _adapts(pair, check_ins_after_mid_term="no").accepted
    switched_off = open_child(town.runtime, pair.case, "check_in")
    assert _adapts(pair, slip_of_objectives="90").accepted

    assert switched_off is None
    assert open_child(town.runtime, pair.case, "check_in") is not None


def test_what_is_corrected_is_up_to_the_same_people(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")
    assert _adapts(pair, FACILITATOR, check_in_opens="P2M").accepted

    def rights(name: str, value: str, by: By = FACILITATOR) -> Answer:
        row = RowChange(Row("settings", 1), {"setting": name, "value": value})
        return act(
            town.runtime, pair.case, Corrected("adaptation", Changes(rows=(row,)), "Typo.", by)
        )

    refused = rights("areas_at_least", "2")

    assert not refused.accepted
    assert refused.unmet[0]["detail"] == "facilitator may not change it"
    assert rights("check_in_opens", "P1M").accepted
    assert rights("areas_at_least", "2", LEAD).accepted


def test_a_record_is_added_before_a_step(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files_all()
    row = {"record": "areas", "before": "begin_visit"}

    assert town.file(pair.case, "adaptation", FACILITATOR, asked=[row], reason=REASON).accepted

    asked = pair.refused("begin_visit").unmet
    assert set(asked) == {"areas_added"}
    pair.files("areas")
    pair.goes("begin_visit")


def test_a_record_is_not_added_before_a_step_that_lies_behind(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    row = {"record": "support", "before": "finish_diagnostic"}

    answer = town.file(pair.case, "adaptation", FACILITATOR, asked=[row], reason=REASON)

    assert not answer.accepted
    assert "lies behind" in str(answer.unmet[0]["detail"])
    assert "begin_visit" in str(answer.unmet[0]["remedy"])


def test_the_next_partnership_begins_with_the_values_of_the_programme(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    assert _adapts(pair, slip_of_objectives="90").accepted

    pair.goes("withdraw_coordinator", LEAD, note="The hospital is being rebuilt.")

    assert pair.dossier.latest("adaptation") is None
