"""Drives: wiring, the clock, the use cases and the beats of the metronome."""
