"""Opening a database, and its transactions, on SQLite and PostgreSQL."""
