"""What may be another in one case, what is so by now, and what has to be filed to change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.decide.adaptations import Adapted, adaptations
from engine.errors import ProjectError
from engine.model.adapting import ASKED, REASON, SETTINGS, WRITTEN, adapting, rows_of
from engine.model.changes import Added, Changes, Row, RowChange
from engine.model.dossier import CaseId
from engine.model.fields import Field
from engine.model.settings import Setting
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading


class NotAdaptableError(ProjectError):
    """The definition of a case lets nothing be another in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be another: settings, records before steps, letters to others as well."""

    settings: Mapping[str, str]
    asked: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Adaptable:
    """The settings of a case as the programme has them, and its record of what is another."""

    reference: str
    record: str
    settings: Mapping[str, Setting]
    differs: tuple[Adapted, ...]
    content: Mapping[str, object]
    fields: tuple[Field, ...]  # of the record

    def choices(self, rows: str, name: str) -> tuple[str, ...]:
        """What a field of its rows may be, where that is one of a list."""
        of_rows = (field for each in self.fields if each.name == rows for field in each.rows)
        return next((field.choices for field in of_rows if field.name == name), ())

    def changes(self, wanted: Wanted, reason: str) -> Changes:
        """What of the record is to be another.

        A setting that is given the value of the programme is as there again.
        """
        values = wanted.settings
        rows = list(rows_of(self.content, SETTINGS))
        places = {row["setting"]: number for number, row in enumerate(rows, 1)}
        back = {name for name in values if name in places and self._is_own(name, values[name])}
        return Changes(
            values={REASON: reason},
            rows=tuple(
                RowChange(Row(SETTINGS, places[name]), {"value": value})
                for name, value in values.items()
                if name in places and name not in back
            ),
            removed=tuple(Row(SETTINGS, places[name]) for name in back),
            added=(
                *(
                    Added(SETTINGS, {"setting": name, "value": value})
                    for name, value in values.items()
                    if name not in places
                ),
                *(Added(ASKED, {"record": r, "before": step}) for r, step in wanted.asked),
                *(Added(WRITTEN, {"letter": n, "to": to}) for n, to in wanted.written),
            ),
        )

    def _is_own(self, name: str, value: str) -> bool:
        try:
            return name in self.settings and (
                self.settings[name].parsed(value) == self.settings[name].value
            )
        except ValueError:
            return False


def adaptable(runtime: Runtime, case_id: CaseId) -> Adaptable:
    """What may be another in a case. NotAdaptableError: nothing."""
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id)
    workflow = runtime.workflow(dossier.digest)
    record = adapting(workflow)
    if not record:
        above = f"adapt {dossier.parent.dossier.reference}" if dossier.parent else "nothing to do"
        raise NotAdaptableError(f"nothing is adapted in {dossier.reference}: {above}")
    latest = dossier.latest(record)
    return Adaptable(
        dossier.reference,
        record,
        workflow.settings,
        adaptations(workflow, dossier),
        latest.content if latest is not None else {},
        workflow.records[record].fields,
    )
