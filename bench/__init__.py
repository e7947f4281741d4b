"""Measures the programme beside the bare SQL of the same work, in the same run."""
