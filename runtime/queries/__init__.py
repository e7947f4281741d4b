"""What every screen reads."""
