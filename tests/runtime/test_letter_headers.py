"""What the programme puts around its letters, by what each letter is to its reader."""

from tests.support.grove import Grove, read


def test_who_is_asked_may_answer_that_they_are_away_and_who_is_told_is_left_alone(
    grove: Grove,
) -> None:
    grove.files_note("VIE-BIR")
    grove.writes(8)

    [told, *_] = read(grove.frozen("VIE-BIR"))
    [asked, *_] = read(grove.frozen("LIS-ELM"))

    assert told["X-Auto-Response-Suppress"] == "All"
    assert asked["X-Auto-Response-Suppress"] == "DR, RN, NRN"
    assert told["List-Id"] == asked["List-Id"] == "<orchard.example.org>"
