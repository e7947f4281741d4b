"""Pairs brought to another version, as whoever brings them reads it."""

import re
from contextlib import closing
from pathlib import Path

from tests.support.orchard import Orchard


def test_of_two_versions_of_one_name_both_are_told_by_their_hashes(tmp_path: Path) -> None:
    with closing(Orchard(tmp_path)) as orchard:
        definition = tmp_path / "orchard" / "pairing.yaml"
        text = definition.read_text(encoding="utf-8")
        definition.write_text(text.replace('fruit: ""', 'fruit: "Apple"'), encoding="utf-8")

        tried = orchard.try_("migrate", "--dry-run", "--by", "lead")[0]

    now, before = re.findall(r"\(([0-9a-f]{8})\)", tried.out.splitlines()[1])
    assert now != before
