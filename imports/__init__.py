"""Reads tables: rows of files in, values out, each problem with its row."""
