"""What people write for a setting of one case is read within its bounds, or said to be wrong."""

import pytest

from engine.model.settings import Setting
from engine.time.spans import Span

WHOLE = Setting("areas", 3, ("lead",), lowest=1, highest=4)
SHARE = Setting("share", 0.5, ("lead",), lowest=0.0, highest=1.0)
NO_BOUNDS = Setting("visits", 3, ("lead",))
SPAN = Setting("ahead", Span(days=14), ("lead",), lowest=Span(days=1), highest=Span(days=60))


def test_what_lies_within_its_bounds_is_read() -> None:
    assert WHOLE.read(" 4 ") == 4
    assert SHARE.read("0.25") == 0.25
    assert SPAN.read("20 days") == Span(days=20)


@pytest.mark.parametrize("setting", [WHOLE, SHARE, NO_BOUNDS, SPAN], ids=lambda each: each.name)
@pytest.mark.parametrize(
    "text", ["9" * 400, "9" * 5_000, "-" + "9" * 400, "nan", "inf", "1e400", "1_0", "\u0663", ""]
)
def test_what_is_no_number_of_any_case_is_refused(setting: Setting, text: str) -> None:
    with pytest.raises(ValueError, match=r"write|is allowed"):
        setting.read(text)
