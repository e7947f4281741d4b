"""Remembers: tables, transactions and claims, on SQLite and PostgreSQL."""
