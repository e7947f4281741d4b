"""Tells: letters, the words they are made of, and the ways they leave the house."""
