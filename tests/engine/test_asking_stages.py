"""Which letters ask their reader for something."""

from dataclasses import replace

import pytest

from engine.letters.catalogue import Stage

STAGE = Stage("N-1", "ask", ("coordinator",), "at_once", "sign", "nobody", "you sign")


@pytest.mark.parametrize(
    ("act", "asks"),
    [("sign", True), ("none", False), ("none; reply only if it does not suit", False)],
)
def test_a_letter_without_an_act_asks_for_nothing(act: str, *, asks: bool) -> None:
    assert replace(STAGE, act=act).asks is asks
