"""The packaged migrations make exactly the tables the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import migrate
from storage.database.transactions import open_database
from storage.schema.tables import METADATA
from tests.storage.rows import TABLES


def test_migrations_and_models_say_the_same(migrated_url: str) -> None:
    database = open_database(migrated_url)

    with database._engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    database.close()
    assert len(TABLES) == 30
    assert differences == []


def test_the_revisions_named_in_code_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parents[1] / "migrations"))

    steps = ScriptDirectory.from_config(config).walk_revisions()

    assert tuple(step.revision for step in steps)[::-1] == migrate.REVISIONS
