"""How the tables came to be: numbered steps, forward only, run by storage.migrating."""
