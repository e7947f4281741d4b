"""Decides: definitions, dossiers and moments in, plans and refusals out; values only."""
