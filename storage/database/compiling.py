"""From a statement of SQLAlchemy to the text a driver is given, for each of the two databases.

The texts go to the drivers without SQLAlchemy's execution: values as they are stored, converted by
no type. Where its compilers count on that execution, ours write what stands for itself.
"""

from collections.abc import Callable

from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.sql.selectable import GenerativeSelect

Value = BindParameter[object]


class _Sqlite(SQLiteCompiler):
    def visit_bindparam(self, bindparam: Value, *further: bool, **words: bool) -> str:
        return _text(super().visit_bindparam, bindparam, *further, **words)

    def limit_clause(self, select: GenerativeSelect, **words: bool) -> str:
        # Theirs adds an OFFSET with a value that nobody would give.
        limit = select._limit_clause  # noqa: SLF001 - as their own compilers read it
        return "" if limit is None else f" LIMIT {self.process(limit, **words)}"


class _Postgres(PGCompiler):
    def visit_bindparam(self, bindparam: Value, *further: bool, **words: bool) -> str:
        return _text(super().visit_bindparam, bindparam, *further, **words)


def _text(theirs: Callable[..., object], value: Value, *further: bool, **words: bool) -> str:
    # A constant stands in the text: only so does a partial index (state = 'owed') serve it.
    words["literal_binds"] = not value.required
    return str(theirs(value, *further, **words))


class Among(ColumnElement[bool]):
    """Whether a column holds one of many values, given together as a list in JSON."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[object], values: Value) -> None:
        self.column, self.values = column, values


@compiles(Among, "sqlite")
def _among_sqlite(among: Among, compiler: SQLCompiler, **words: bool) -> str:
    column, values = (compiler.process(each, **words) for each in (among.column, among.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - what was compiled


@compiles(Among, "postgresql")
def _among_postgres(among: Among, compiler: SQLCompiler, **words: bool) -> str:
    column, values = (compiler.process(each, **words) for each in (among.column, among.values))
    kind = compiler.dialect.type_compiler_instance.process(among.column.type)
    return f"{column} = ANY (ARRAY(SELECT json_array_elements_text({values}::json)::{kind}))"


_SQLITE = SQLiteDialect(paramstyle="named")
_SQLITE.statement_compiler = _Sqlite
_SQLITE.supports_native_boolean = True  # "holds_place", the words of its partial index, not "= 1"
# The dialect of the server and not of psycopg, which would give each value a cast.
_POSTGRES = PGDialect(paramstyle="pyformat")  # type: ignore[no-untyped-call] # no types
_POSTGRES.statement_compiler = _Postgres


def for_sqlite(built: ClauseElement) -> str:
    return str(built.compile(dialect=_SQLITE)).replace("\n", " ")


def for_postgres(built: ClauseElement) -> str:
    return str(built.compile(dialect=_POSTGRES)).replace("\n", " ")
