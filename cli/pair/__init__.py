"""`pairing pair`: one file for what its verbs have in common each."""
