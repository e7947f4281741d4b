"""What each part may say alone, and what cannot be meant together: never met, heard or ended."""

from collections.abc import Iterator

from engine.lint.certainty import Certainty
from engine.lint.contradictions import contradictions
from engine.lint.families import families
from engine.lint.findings import Problem
from engine.lint.marks import contradictory_marks
from engine.lint.names import Scope
from engine.lint.never import never
from engine.lint.presence import presence
from engine.lint.rungs import silent_rungs


def meaning(scope: Scope) -> Iterator[Problem]:
    workflow, certainty = scope.workflow, Certainty(scope.lines)
    yield from never(scope)
    yield from contradictions(scope, certainty)
    yield from presence(workflow)
    yield from families(scope)
    yield from contradictory_marks(workflow)
    yield from silent_rungs(workflow, certainty)
