"""Which tables a database has, and bringing them up to date: packaged migrations, run from code."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database.dialects import Opened
from storage.errors import SchemaError

REVISIONS = tuple(
    f"{number:04}" for number in (*range(1, 21), 22, 23, *range(25, 29))
)  # oldest first
NEWEST = REVISIONS[-1]
_LOCK = 20_260_401  # any number, the same in every version: upgrades stand in line
_FOLDER = Path(__file__).parents[1] / "migrations"


def revision(engine: Engine) -> str:
    """The revision of the tables, empty when there are none."""
    with engine.connect() as connection:
        return _revision(connection)


def refuse_other_schema(found: str, where: str) -> None:
    """Only the newest tables are worked with; each refusal names the remedy."""
    if found == NEWEST:
        return
    if not found:
        raise SchemaError(f"the database {where} has no tables yet; run: pairing db create")
    if found in REVISIONS:
        raise SchemaError(
            f"the tables of {where} are older ({found}) than this version works with ({NEWEST}); "
            "run: pairing db upgrade"
        )
    raise SchemaError(
        f"the tables of {where} are newer ({found}) than this version works with ({NEWEST}); "
        "install the version that made them"
    )


def upgrade(opened: Opened, where: str) -> None:
    """Apply the missing migrations in one transaction: all of them or none (P20)."""
    event.listen(opened.engine, "begin", _begin(opened))
    with opened.engine.begin() as connection:
        if opened.dialect.name == "postgres":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        found = _revision(connection)
        if found == NEWEST:
            return
        if found and found not in REVISIONS:
            refuse_other_schema(found, where)
        _apply(connection)


def _begin(opened: Opened) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        for word in opened.dialect.begin:
            connection.exec_driver_sql(word)

    return begin


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found or "")


def _apply(connection: Connection) -> None:
    # Here and not above: most commands never migrate, and alembic is slow to import.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        raise SchemaError(f"the tables could not be upgraded: {error.orig}") from error
