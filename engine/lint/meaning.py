"""What each part may say alone, and what cannot be meant together: never met, heard or ended."""

from collections.abc import Iterator

from engine.lint.certainty import certainty_of
from engine.lint.contradictions import contradictions
from engine.lint.extremes import extremes
from engine.lint.fact_words import fact_words
from engine.lint.families import families
from engine.lint.findings import Problem, of_kind
from engine.lint.hidden import hidden_flags
from engine.lint.kinds import kinds
from engine.lint.marks import contradictory_marks
from engine.lint.names import Scope
from engine.lint.never import never
from engine.lint.other_meetings import other_meetings
from engine.lint.presence import presence
from engine.lint.rungs import silent_rungs
from engine.lint.sequence import sequence
from engine.lint.timer_series import timer_series


def meaning(scope: Scope) -> Iterator[Problem]:
    workflow, certainty = scope.workflow, certainty_of(scope.lines)
    yield from of_kind("never_met", never(scope))
    yield from of_kind("never_met", kinds(scope))
    yield from of_kind("unknown_word", fact_words(scope))
    yield from of_kind("contradiction", contradictions(scope, certainty))
    yield from of_kind("nobody_there", presence(workflow))
    yield from of_kind("parent_and_child", families(scope))
    yield from of_kind("case_without_end", timer_series(scope))
    yield from of_kind("before_its_turn", sequence(workflow))
    yield from of_kind("other_meeting", other_meetings(workflow))
    yield from contradictory_marks(workflow)
    yield from of_kind("hidden_flag", hidden_flags(scope))
    yield from of_kind("settings_cross", extremes(scope))
    yield from of_kind("silent_rung", silent_rungs(workflow, certainty))
