"""Codes with their titles beside them, as the definitions in force call them."""

from collections.abc import Iterable

from cli.shared.table import titled
from engine.checks.wording import plain
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
        """A state of a case: of a child its reference names the workflow, as P-1/check_in-2."""
        child = reference.partition("/")[2].rpartition("-")[0]
        return self.state(child or self._programme.root, code)

    def record(self, code: str) -> str:
        named = (each.records[code].title for each in self._every if code in each.records)
        return titled(code, next(named, ""))

    def requirement(self, code: str) -> str:
        named = (r.says for each in self._every for r in each.requirements() if r.name == code)
        return titled(code, next(named, ""))

    def flag(self, code: object) -> str:
        kinds = [each.flags for each in self._every]
        return titled(str(code), next((k[str(code)].title for k in kinds if str(code) in k), ""))

    def flags(self, open_flags: Iterable[str]) -> str:
        """Flags given as kind and severity."""
        words = (each.partition(" ") for each in open_flags)
        return ", ".join(f"{self.flag(kind)} ({severity})" for kind, _, severity in words)

    def noted(self, note: Noted) -> str:
        """What a preview notes: a record or a requirement by its title, a fact as it is said."""
        known = self.record(note.which)
        found = known if known != note.which else self.requirement(note.which)
        return found if found != note.which else plain(note.which)

    def letter(self, code: str) -> str:
        letter = self._programme.letters.letters.get(code.partition(".")[0])
        return titled(code, letter.title if letter is not None else "")
