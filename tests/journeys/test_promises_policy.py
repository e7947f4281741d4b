"""P12: a case goes on with the very definition it began with, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from runtime.definitions import NotAvailableError
from storage.database.statements import Change
from storage.database.transactions import transaction
from tests.support.pairs import a_pair
from tests.support.world import START, world

_LOOSEN = Change("UPDATE definitions SET text = replace(text, '\"P14D\"', '\"P1D\"')")


def test_a_definition_changed_behind_its_cases_is_not_followed(
    tmp_path: Path, world_url: str | None
) -> None:
    with world(tmp_path, world_url) as programme:
        pair = a_pair(programme, history=(("memorandum", START),))
        with transaction(programme.runtime.database) as session:
            session.change(_LOOSEN)
        programme.runtime = replace(programme.runtime, pinned={})

        with pytest.raises(NotAvailableError, match="changed in the database"):
            pair.files("indicators")
