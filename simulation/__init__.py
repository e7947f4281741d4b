"""Rehearses: invented people through their months on the real engine."""
