"""`pairing mail`: one file a verb."""
