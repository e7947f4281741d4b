"""Centres and people, and who plays which role."""
