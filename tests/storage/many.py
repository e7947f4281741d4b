"""A database with very many rows of what the hot statements look at."""

from datetime import UTC, datetime

from storage.database.transactions import Database
from tests.storage.rows import meddle

MANY = 50_000
NOW = datetime(2027, 1, 1, tzinfo=UTC)
_COUNTED = """WITH RECURSIVE counted(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {})"""
_AT = "'2026-06-0' || (1 + n % 9) || 'T00:00:00.000000Z'"
_FILL = (
    "INSERT INTO definitions VALUES ('d', 'pairing', 'p', '1', 'text', 'then', '')",
    """{of} INSERT INTO people SELECT n, 'p' || n, 'Ana', 'a@example.org', 'en', '', '[]', '', NULL,
        TRUE, NULL, '', '', NULL FROM counted WHERE n < 2000""",
    """{of} INSERT INTO absences SELECT n, {at}, {at}, 1 + n % 100, '' FROM counted
    WHERE n < 2000""",
    # Families of five: a root and four children.
    """{of} INSERT INTO cases (id, parent_id, root_id, workflow, digest, reference, state, stay,
        version, entered_at, opened_at, closed_at, holds_place, facts, head)
    SELECT n, CASE WHEN n % 5 = 0 THEN NULL ELSE n - n % 5 END, n - n % 5, 'pairing', 'd',
        'P-' || n, 'open', 1, 1, {at}, {at}, NULL, n % 5 = 0, '{{}}', '' FROM counted
    WHERE n >= 5""",
    "{of} INSERT INTO stays SELECT n, 1, 'open', {at}, NULL, 1 FROM counted WHERE n >= 5",
    """{of} INSERT INTO centres SELECT n, 'c' || n, '', '', 'aspiring', '', '', '', '', '', '', ''
    FROM counted WHERE n < 2000""",
    """{of} INSERT INTO roles (case_id, role, person_id, main, function, department, starts_on,
        ends_on) SELECT n, 'aspirant', 1 + n % 100, TRUE, '', '', NULL, NULL FROM counted
    WHERE n % 5 = 0""",
    """{of} INSERT INTO parties (case_id, side, place, centre_id)
    SELECT n, 'aspiring', 0, 1 + n % 100 FROM counted WHERE n % 5 = 0""",
    """{of} INSERT INTO pauses SELECT n, 1, {at}, NULL FROM counted WHERE n >= 5""",
    """{of} INSERT INTO milestones SELECT n, 1, 'm', {at}, {at}, NULL, NULL, '', FALSE
    FROM counted WHERE n >= 5""",
    "{of} INSERT INTO waivers SELECT n, 'r', 1, '', '', '', {at} FROM counted WHERE n >= 5",
    """{of} INSERT INTO records (case_id, name, number, content, filed_at, filed_by, imported)
    SELECT n, 'r', 1, '{{}}', {at}, '', FALSE FROM counted WHERE n >= 5""",
    """{of} INSERT INTO signatures (case_id, record, number, role, centre, person, signed_on)
    SELECT n, 'r', 1, 'aspirant', '', '', {at} FROM counted WHERE n >= 5""",
    """{of} INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
        settled_at, outcome, graced, failures)
    SELECT n, 1, 'asks', 'first', 0, n - n % 5, {at}, {at}, NULL, '', FALSE, 0
    FROM counted WHERE n >= 5""",
    """{of} INSERT INTO messages (id, message_id, person_id, recipient, subject, text, frozen,
        composed_at, state, next_at, attempts, ambiguous, lease_token, settled_at, reply, claim_at)
    SELECT n, '<' || n || '>', 1, 'a@example.org', '', '', '', {at}, 'waiting', {at}, 0, 0, NULL,
        NULL, '', {at} FROM counted""",
    "{of} INSERT INTO attempts SELECT n, 1, {at}, {at}, 'later', '' FROM counted WHERE n % 2 = 0",
    """{of} INSERT INTO intents (id, key, case_id, root_id, stay, letter, audience, person_id,
        ladder, facts, owed_at, state, reason, message_id)
    SELECT n, 'k' || n, n, n - n % 5, 1, 'N-01.ask', 'aspirant', 1, '', '{{}}', {at},
        CASE WHEN n % 2 = 0 THEN 'owed' ELSE 'composed' END, '', NULL FROM counted
    WHERE n >= 5""",
)


def fill(database: Database, count: int = MANY) -> None:
    """So many timers due, letters owed and messages waiting, in a fifth as many families."""
    for text in _FILL:
        meddle(database, text.format(of=_COUNTED.format(count), at=_AT))
    if database.dialect.name == "postgres":  # where the server does so by itself
        connection = database.connect()
        connection.cursor().execute("ANALYZE")
        connection.close()
