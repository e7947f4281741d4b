"""Opening a programme: the right database, the definitions its cases stay on, a safe mailer."""

from dataclasses import replace
from pathlib import Path

import pytest

from notifications.folder import Folder
from notifications.smtp import Smtp
from runtime.definitions import NotAvailableError
from runtime.use_cases.create_database import create_database
from runtime.wiring import open_runtime
from runtime.workers.mailers import mailer_of
from storage.errors import ConflictError
from tests.storage.rows import meddle
from tests.support.grove import Grove, opened, settings
from tests.support.grove import grove as planted
from tests.support.growers import OPENED
from workflows.registry import Programme


def test_a_database_is_made_once(any_grove: Grove, orchard: Programme) -> None:
    with pytest.raises(ConflictError):
        create_database(any_grove.runtime.settings, rehearsal=False, programme=orchard)

    assert any_grove.dossier("VIE-BIR").reference == "VIE-BIR"


def test_a_database_of_another_programme_is_not_opened(grove: Grove, orchard: Programme) -> None:
    other = replace(orchard, name="garden")

    with (
        pytest.raises(NotAvailableError, match="holds programme orchard, the settings name garden"),
        open_runtime(grove.runtime.settings, grove.clock, other),
    ):
        pass


def test_what_was_written_is_there_when_it_is_opened_once_more(
    any_grove: Grove, orchard: Programme
) -> None:
    any_grove.files_note("VIE-BIR")
    before = {pair: any_grove.dossier(pair) for pair in any_grove.pairs}

    with opened(any_grove.runtime.settings, orchard, OPENED) as again:
        again.pairs.update(any_grove.pairs)
        after = {pair: again.dossier(pair) for pair in again.pairs}

    assert after == before


def test_a_case_stays_on_the_definition_it_began_with(grove: Grove, orchard: Programme) -> None:
    digest = grove.dossier("VIE-BIR").digest
    changed = replace(orchard.workflows["pairing"], digest="another", title="Other orchards")
    newer = replace(orchard, workflows={**orchard.workflows, "pairing": changed})

    with opened(grove.runtime.settings, newer, OPENED) as later:
        found = later.runtime.workflow(digest)

    assert (found.title, found.digest) == ("Orchards", digest)


def test_a_definition_that_is_gone_or_was_changed_stops_what_rests_on_it(grove: Grove) -> None:
    runtime = replace(grove.runtime, pinned={})
    digest = grove.dossier("VIE-BIR").digest

    with pytest.raises(NotAvailableError, match="which is not in the database"):
        runtime.workflow("0" * 64)
    changed = "UPDATE definitions SET text = replace(text, 'Planted', 'Planned') WHERE digest = :d"
    assert meddle(grove.runtime.database, changed, d=digest)
    with pytest.raises(NotAvailableError, match="was changed in the database"):
        runtime.workflow(digest)


def test_a_rehearsal_writes_into_a_folder_whatever_the_settings_say(
    tmp_path: Path, orchard: Programme
) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, orchard, rehearsal=True) as grove:
        smtp = where.mail.model_copy(update={"mode": "smtp", "host": "mail.example.org"})
        rehearsed = grove.with_settings(mail=smtp)
        real = replace(rehearsed, rehearsal=False)

        assert isinstance(mailer_of(rehearsed), Folder)
        assert isinstance(mailer_of(real), Smtp)
        assert isinstance(mailer_of(replace(real, settings=where)), Folder)
