"""What people who follow cases get each week, as ``letters.yaml`` says it (N-22)."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from engine.letters.attention import FIXED_SLOT, Overview
from engine.letters.catalogue import Catalogue
from engine.suggestions import suggestion
from workflows.schema.attention import WrittenSlot
from workflows.schema.spelling import LetterId, Listed, Name, Shape, Some
from workflows.yaml.located import Located


class OverviewShape(Shape):
    """What people in some roles get each week of all that they follow."""

    roles: Some[Listed[Name]]
    at: WrittenSlot
    full: LetterId
    quiet: LetterId
    calls: Name

    @model_validator(mode="after")
    def _is_weekly(self) -> Self:
        if self.at.weekday is None:
            raise ValueError(f"an overview comes once a week: write monday {self.at.at:%H:%M}")
        return self


def overview_of(written: OverviewShape | None) -> Overview | None:
    """As the engine takes it."""
    if written is None:
        return None
    return Overview(written.roles, written.at, written.full, written.quiet, written.calls)


def wrong_overview(catalogue: Catalogue, document: Located) -> Iterator[str]:
    """What an overview cannot be, and stages with a slot of their own that have none.

    Letters of old were kept before there were any, and stand as they are.
    """
    overview = catalogue.overview
    if overview is None:
        return
    yield from _wrong(catalogue, overview, document)
    own = {overview.full, overview.quiet, *(e.merged for e in catalogue.attention.values())}
    for stage in catalogue.stages():
        if stage.urgency == FIXED_SLOT and stage.id not in own:
            place = document.place(("letters", stage.letter, "stages", stage.name))
            yield (
                f"{place}: {stage.id} has a fixed slot, and none is named: "
                "name the stage in overview or merged, or write another urgency"
            )


def _wrong(catalogue: Catalogue, overview: Overview, document: Located) -> Iterator[str]:
    yield from _wrong_hours(catalogue, overview, document)
    yield from _wrong_calls(catalogue, overview, document)
    stages = {stage.id: stage for stage in catalogue.stages()}
    for key, name in (("full", overview.full), ("quiet", overview.quiet)):
        place = document.place(("overview", key))
        if name not in stages:
            yield f"{place}: no letter is called {name}; {suggestion(name, sorted(stages))}"
        elif stages[name].urgency != FIXED_SLOT:
            yield f"{place}: {name} goes at the slot of the overview: write urgency: {FIXED_SLOT}"
        elif missing := set(overview.roles) - {to.partition(".")[0] for to in stages[name].to}:
            role = min(missing)
            yield f"{place}: {name} is not written to {role}: add it to its readers"


def _wrong_calls(catalogue: Catalogue, overview: Overview, document: Located) -> Iterator[str]:
    names = sorted({stage.name for stage in catalogue.stages()})
    if overview.calls not in names:
        yield (
            f"{document.place(('overview', 'calls'))}: no stage is called {overview.calls}; "
            f"{suggestion(overview.calls, names)}"
        )


def _wrong_hours(catalogue: Catalogue, overview: Overview, document: Located) -> Iterator[str]:
    for role in overview.roles:
        hours = catalogue.attention.get(role)
        place = document.place(("overview", "roles"))
        if hours is None:
            yield f"{place}: nothing says when {role} is written to: add the role to attention"
        elif not hours.opens <= overview.at.at < hours.closes:
            yield (
                f"{document.place(('overview', 'at'))}: {overview.at.at:%H:%M} is outside of the "
                f"hours of {role}: name a time from {hours.opens:%H:%M} and before "
                f"{hours.closes:%H:%M}"
            )
