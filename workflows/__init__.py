"""Declares: the programmes as data, every version kept, and the strict reader of their files."""
