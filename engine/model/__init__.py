"""Nouns, frozen: definitions, dossiers, events, decisions."""
