"""Migrating: a case goes on by another version of its definition, on purpose (P12)."""

from dataclasses import dataclass

from engine.model.definition import Workflow
from engine.model.outcomes import By


@dataclass(frozen=True, slots=True)
class Migrated:
    """Somebody brings the cases of a family to another version of their definitions."""

    by: By
    what: str = ""  # from which version to which, as people call them


@dataclass(frozen=True, slots=True)
class Version:
    """A definition with the names of the letters that its catalogue has."""

    workflow: Workflow
    letters: frozenset[str]
