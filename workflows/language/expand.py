"""From the language people write to the full form that a workflow is built of, places kept."""

from pydantic import BaseModel, ValidationError

from workflows.language.effects import written_effects
from workflows.language.lists import written_comparisons, written_lists
from workflows.language.meetings import written_meetings
from workflows.language.nodes import Node, tree_of, written_out
from workflows.language.records import written_flags, written_records
from workflows.language.requirements import Requirements
from workflows.language.scope import Around, Scope
from workflows.language.settings import written_settings
from workflows.language.shapes import DefinitionText
from workflows.language.states import written_phases, written_states
from workflows.language.steps import written_steps, written_watches
from workflows.language.words import Words, WordsShape
from workflows.schema.settings import declared
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.spot import spotted

_FULL = frozenset({"states", "transitions"})  # keys of the full form, and of it alone
_LIKE_IN_FULL = (
    *("workflow", "programme", "version", "source", "roles", "sides", "office", "initial"),
    *("root", "start", "months", "flag_workflow", "check_in_workflow", "sends_at", "facts"),
    *("anchors", "renamed"),
)


def is_in_full(document: Located) -> bool:
    """Whether a definition leaves nothing out: as versions are kept that cases are pinned to."""
    return isinstance(document.content, dict) and bool(_FULL & document.content.keys())


def in_full(document: Located, words: Located, around: Around) -> Located:
    """The definition with all that it leaves out, and the words that people read.

    Raises DefinitionProblemsError with everything
    that is wrong in either file.
    """
    fitting(document, DefinitionText)
    fitting(words, WordsShape)
    problems: list[str] = []
    said = Words(tree_of(words), problems)
    scope = Scope(tree_of(document), said, around, problems)
    root = _written(scope)
    problems += said.left_over()
    if problems:
        raise DefinitionProblemsError(dict.fromkeys(problems))
    return written_out(root, document.file)


def fitting(document: Located, shape: type[BaseModel]) -> None:
    """Refuse a file that is not of this shape, with everything that is wrong in it."""
    try:
        shape.model_validate(spotted(document), context=declared(document.content))
    except ValidationError as error:
        raise refusal(document, error, shape) from error


def _written(scope: Scope) -> Node:
    asked = Requirements(scope)
    parts = {key: each for key, each in scope.root.items() if key in _LIKE_IN_FULL}
    if partnership := scope.root.get("partnership"):
        parts["partnership"] = _lists(partnership, "ends", "keeps", "rule")
    parts["title"] = scope.words.say(scope.root, "title")
    parts["settings"] = written_settings(scope)
    parts["phases"] = written_phases(scope)
    parts["lists"] = written_lists(scope)
    parts["comparisons"] = written_comparisons(scope)
    parts["records"] = written_records(scope)
    if scope.root.get("meetings"):
        parts["meetings"] = written_meetings(scope)
    parts["flags"] = written_flags(scope)
    parts["states"] = written_states(scope, asked)
    parts["transitions"] = written_steps(scope, asked)
    parts["watches"] = written_watches(scope, asked)
    notices = {name: written_effects(each, scope) for name, each in scope.root.under("notices")}
    parts["notices"] = scope.part("notices").saying(notices)
    asked.report_unread()
    scope.report_strangers()
    scope.report_unread()
    return scope.root.saying(parts)


def _lists(node: Node, *keys: str) -> Node:
    return node.saying({key: n.listed() if key in keys else n for key, n in node.items()})
