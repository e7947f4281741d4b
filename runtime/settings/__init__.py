"""Every setting: where it stands, what it may be, what is wrong with it."""
