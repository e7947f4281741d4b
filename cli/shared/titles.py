"""Codes with their titles beside them, as the definitions in force call them."""

from collections.abc import Iterable

from cli.shared.table import titled
from engine.checks.wording import plain
from engine.model.definition import Workflow
from runtime.queries.notes import Noted
from runtime.wiring import Runtime


class Titles:
    """What states, records, requirements, flags and letters are called; else the code alone."""

    def __init__(self, runtime: Runtime) -> None:
        self._programme = runtime.programme
        self._every = tuple(runtime.programme.workflows.values())

    def state(self, workflow: str, code: str) -> str:
        known = self._programme.workflows.get(workflow)
        state = known.states.get(code) if known is not None else None
        return titled(code, state.title if state is not None else "")

    def state_of(self, reference: str, code: str) -> str:
        """A state of a case."""
        return self.state(self._workflow_of(reference), code)

    def record(self, reference: str, code: str) -> str:
        """A record of a case."""
        kind = self._of(reference).records.get(code)
        return titled(code, kind.title if kind is not None else "")

    def requirement(self, reference: str, code: str) -> str:
        """A requirement of a case."""
        named = (r.says for r in self._of(reference).requirements() if r.name == code)
        return titled(code, next(named, ""))

    def noted(self, note: Noted) -> str:
        """What a preview notes: a record or a requirement by its title, a fact as it is said."""
        if note.what in {"fact", "party"}:
            return plain(note.which)
        is_record = note.which in self._of(note.case).records
        named = self.record if is_record else self.requirement
        return named(note.case, note.which)

    def _of(self, reference: str) -> Workflow:
        return self._programme.workflows[self._workflow_of(reference)]

    def _workflow_of(self, reference: str) -> str:
        """Of a child its reference names the workflow, as P-1/check_in-2."""
        child = reference.partition("/")[2].rpartition("-")[0]
        return child if child in self._programme.workflows else self._programme.root

    def flag(self, code: object) -> str:
        kinds = [each.flags for each in self._every]
        return titled(str(code), next((k[str(code)].title for k in kinds if str(code) in k), ""))

    def flags(self, open_flags: Iterable[str]) -> str:
        """Flags given as kind and severity."""
        words = (each.partition(" ") for each in open_flags)
        return ", ".join(f"{self.flag(kind)} ({severity})" for kind, _, severity in words)

    def letter(self, code: str) -> str:
        letter = self._programme.letters.letters.get(code.partition(".")[0])
        return titled(code, letter.title if letter is not None else "")
