"""A programme as it was read: its workflows, letters and reference rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from engine.checks.hierarchy import lineage
from engine.errors import DefinitionError, quoted
from engine.letters.answers import NO_ANSWERS, Answers
from engine.letters.catalogue import Catalogue
from engine.letters.spoken import Spoken
from engine.lint.accepted import Accepted
from engine.model.definition import Workflow
from engine.suggestions import suggestion


@dataclass(frozen=True, slots=True)
class Programme:
    """All files of one programme, as they stood at one moment; every part of it is good."""

    name: str
    workflows: Mapping[str, Workflow]
    letters: Catalogue
    reference: Mapping[str, object]  # what every other file says, by its name without .yaml
    texts: Mapping[str, str]  # every file as it stands on disk, by its name
    definitions: Mapping[str, str]  # each workflow as a text that needs no other file
    letters_text: str = ""  # the catalogue as such a text; empty where there is none
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of letters
    # What it says in each further language; its letters stand in `words`.
    spoken: Mapping[str, Spoken] = field(default_factory=lambda: MappingProxyType({}))
    accepted: tuple[Accepted, ...] = ()  # findings of the check that its files accept
    answers: Answers = NO_ANSWERS  # what its letters offer
    answers_text: str = ""  # the same, without words, as a text; empty where nothing is offered

    @property
    def root(self) -> str:
        """The workflow that people start: the one that no other opens, or that is declared so."""
        parents = lineage(self.workflows).parents
        tops = [name for name in self.workflows if not parents[name]]
        roots = [name for name in tops if self.workflows[name].is_root] or tops
        if len(roots) == 1:
            return roots[0]
        named = ", ".join(roots) or "none"
        raise DefinitionError(
            f"programme {self.name}: one workflow is started by people, here {named}: "
            "write root: true into one that no other opens"
        )

    def text_of(self, workflow: str) -> str:
        """A workflow with all its words, to be stored with the cases pinned to it (P12)."""
        return self.definitions[workflow]


def built_in(name: str) -> Path:
    """The folder of a programme that comes with this package."""
    room = Path(str(files("workflows")))
    folders = {path.parent.name: path.parent for path in room.glob("*/*.yaml")}
    if name not in folders:
        known = suggestion(name, sorted(folders))
        raise DefinitionError(f"no programme {quoted(name)} is built in: {known}")
    return folders[name]
