"""What differs between two versions of a definition, in sentences."""

import pytest

from engine.model.versions import version_differences

STEP = {"trigger": "harvest", "from": "planted", "to": "harvested", "by": ["facilitator"]}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"months": 18}, {"months": 19}, "months is 19, it was 18"),
        ({}, {"root": True}, "root is yes, nothing was said before"),
        ({"start": "T0"}, {}, "start is not said any more, it was T0"),
        (
            {"records": {"note": {"fields": {}}}},
            {"records": {"note": {"fields": {"count": {"kind": "whole", "at_least": 1}}}}},
            "record note, field count is new: kind whole, at_least 1",
        ),
        (
            {"records": {"note": {"fields": {"count": "whole"}}}},
            {"records": {"note": {"fields": {"count": "number"}}}},
            "record note, field count is number, it was whole",
        ),
        ({"records": {"note": {}}}, {}, "record note is gone"),
        (
            {"states": {"planted": {"window": {"target": "P1M"}}}},
            {"states": {"planted": {"window": {"target": "P2M"}}}},
            "state planted, window: target is P2M, it was P1M",
        ),
        (
            {"transitions": [STEP]},
            {"transitions": [{**STEP, "by": ["facilitator", "lead"]}]},
            "step harvest from planted to harvested: by is facilitator, lead, it was facilitator",
        ),
        (
            {"transitions": [{**STEP, "from": ["planted", "resting"]}]},
            {"transitions": []},
            "step harvest from planted, resting to harvested is gone",
        ),
        (
            {"settings": {"rhythm": {"is": "P3M"}}},
            {"settings": {"rhythm": {"is": "P2M"}}},
            "setting rhythm is P2M, it was P3M",
        ),
        (
            {"states": {"planted": {"entry": [{"open": "check_in"}]}}},
            {"states": {"planted": {"entry": []}}},
            "state planted: entry is nothing, it was open check_in",
        ),
        (
            {"transitions": [{**STEP, "from": ["resting", {"phase": "growing"}]}]},
            {"transitions": []},
            "step harvest from resting, phase growing to harvested is gone",
        ),
        (
            {"letters": {"N-1": {"stages": {}}}},
            {"letters": {"N-1": {"stages": {"ask": {"to": ["lead"], "minutes": None}}}}},
            "letter N-1, stage ask is new: to lead",
        ),
    ],
)
def test_a_difference_is_a_sentence(
    before: dict[str, object], after: dict[str, object], said: str
) -> None:
    assert version_differences(before, after) == (said,)


def test_rungs_are_told_apart_by_their_names() -> None:
    def with_rungs(*rungs: object) -> dict[str, object]:
        return {"states": {"planted": {"ladders": {"waiting": {"rungs": list(rungs)}}}}}

    ask, lead = {"name": "ask", "at": "P7D"}, {"name": "lead", "at": "P14D"}

    told = version_differences(with_rungs(ask), with_rungs(lead, {**ask, "at": "P9D"}))

    assert told == (
        "state planted, ladder waiting, rung ask: at is P9D, it was P7D",
        "state planted, ladder waiting, rung lead is new: at P14D",
    )


def test_what_is_the_same_is_not_told_whatever_its_order() -> None:
    before = {"months": 18, "records": {"note": {"by": ["lead"]}, "contact": {}}}
    after = {"records": {"contact": {}, "note": {"by": ["lead"]}}, "months": 18}

    assert version_differences(before, after) == ()


def test_a_new_thing_of_many_words_is_only_named() -> None:
    state = {"title": "A state that says very much of itself " * 5}

    assert version_differences({}, {"states": {"sown": state}}) == ("state sown is new",)
