"""The longest silence of a programme, for its picture and to hold lives against it."""

from collections.abc import Mapping

from engine.lint.silence import Silence, silences
from engine.model.definition import Workflow


def longest_silence(workflows: Mapping[str, Workflow]) -> Silence:
    """The longest of them all: one without end before any that has one."""
    return max(silences(workflows), key=lambda each: (each.days is None, each.days or 0))
