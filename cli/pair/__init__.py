"""`pairing pair`: one file a verb."""
