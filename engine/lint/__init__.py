"""What can be wrong with a definition."""
