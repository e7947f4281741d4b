"""The language people write definitions in, and how it is written out in full."""
