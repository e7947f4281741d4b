"""What people of a simulation see of their cases: read once, until something there changes."""

from datetime import date

from engine.dates.anchors import Clockwork, rule_day
from engine.dates.view import View
from engine.model.dossier import CaseId, Dossier
from engine.model.plan import Plan
from engine.time.windows import DateRule
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading


class Eyes:
    """Dossiers of cases as they stand now."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._seen: dict[CaseId, Dossier] = {}
        self._roots: dict[CaseId, set[CaseId]] = {}

    def notice(self, _plan: Plan, dossier: Dossier) -> None:
        """A case was written: whoever looks at one of its family looks again."""
        for case_id in self._roots.pop(_root(dossier), ()):
            self._seen.pop(case_id, None)

    def look(self, case_id: CaseId) -> View:
        """The case at this moment."""
        dossier = self._seen.get(case_id)
        if dossier is None:
            with reading(self._runtime.database) as session:
                dossier = dossier_of(self._runtime, session, case_id)
            self._seen[case_id] = dossier
            self._roots.setdefault(_root(dossier), set()).add(case_id)
        return View(self._runtime.workflow_of(dossier), dossier, self._runtime.clock())

    def closely(self, case_id: CaseId) -> View:
        """The same, with what the programme's other cases hold."""
        with reading(self._runtime.database) as session:
            reads = frozenset({"places", "load"})
            dossier = dossier_of(self._runtime, session, case_id, reads)
        return View(self._runtime.workflow_of(dossier), dossier, self._runtime.clock())

    def day(self, case_id: CaseId, rule: DateRule | None) -> date | None:
        """The day a rule gives as the case stands now."""
        if rule is None:
            return None
        view = self.look(case_id)
        return rule_day(Clockwork(view.workflow, view.dossier, view.dossier.state), rule)


def _root(dossier: Dossier) -> CaseId:
    return dossier.id if dossier.parent is None else _root(dossier.parent.dossier)
