"""What was with a former partner is shown as history, by commands."""

from pathlib import Path

from tests.support.commands import Ended, pairing
from tests.support.pairs import a_pair
from tests.support.world import World


def test_what_was_with_a_former_partner_is_shown_as_history(town: World, tmp_path: Path) -> None:
    pair = a_pair(town).gets_to("match_validation")
    pair.goes("recall_proposal", note="Its team is lost.")
    pair.files("match")

    def types(*words: str) -> Ended:
        ended = pairing(*words, folder=tmp_path, PAIRING_DATABASE__URL=town.url)
        assert ended.code == 0, ended
        return ended

    shown = types("pair", "show", "VIE-BIR").out
    body = types("pair", "show", "VIE-BIR", "--json").body["pair"]
    match = types("pair", "record", "VIE-BIR", "match", "--show").out
    journal = types("pair", "journal", "VIE-BIR", "--json").out

    assert "History: with VIE-BIR-c, ended" in shown
    assert isinstance(body, dict)
    assert [r["version"] for r in body["records"] if r["record"] == "match"] == [2]
    (former,) = body["former"]
    assert [(r["record"], r["version"]) for r in former["records"]] == [("match", 1)]
    assert "history: filed with a former partner (VIE-BIR-c)" in " ".join(match.split())
    assert "partnership 1 with VIE-BIR-c" in journal
