"""What a record that adapts a case may say: settings within their bounds, by whose they are."""

from collections.abc import Iterator, Mapping

from engine.decide.draft import Draft
from engine.decide.unmet import not_taken
from engine.model.adapting import ASKED, SETTINGS, WRITTEN, origin, rows_of
from engine.model.definition import RecordType, Workflow
from engine.model.outcomes import Filed, Unmet
from engine.model.partners import ahead, every_version
from engine.model.settings import Adapts, Setting, in_words


def not_adapting(draft: Draft, kind: RecordType, event: Filed) -> tuple[Unmet, ...]:
    """What of an adaptation cannot be, and what of it is not up to the role that files it."""
    if kind.adapts is None:
        return ()
    had = _before(draft, event)
    return (
        *_settings(draft, had, event),
        *_asked(draft, had, event),
        *_written(draft.workflow, kind.adapts, had, event),
    )


def _before(draft: Draft, event: Filed) -> Mapping[str, object]:
    """What stood there: in force, or in the version that is put right."""
    if event.corrects is not None:
        every = every_version(draft.dossier)[event.record]
        return next(each.content for each in every if each.number == event.corrects.number)
    latest = draft.dossier.latest(event.record)
    return latest.content if latest is not None else {}


def _settings(draft: Draft, had: Mapping[str, object], event: Filed) -> Iterator[Unmet]:
    known = origin(draft.workflow).settings
    rows = list(rows_of(event.content, SETTINGS))
    yield from _twice(event.record, [row["setting"] for row in rows])
    for row in _changed(had, event.content, SETTINGS):
        setting = known.get(row["setting"])
        if setting is None:
            continue  # of another version of the programme: it may be taken out
        if event.by.role not in setting.by:
            yield _not_theirs(setting, event)
        elif row in rows and (wrong := _unfit(setting, row["value"])):
            detail = f"{setting.name} is {row['value']}: {wrong}"
            yield not_taken(event.record, detail, _remedy(setting))


def _unfit(setting: Setting, text: str) -> str:
    try:
        wanted = setting.read(text)
    except ValueError as error:
        return str(error)
    return "that is what the programme has" if wanted == setting.value else ""


def _remedy(setting: Setting) -> str:
    own = in_words(setting.value)
    if setting.lowest is None:
        return f"Write yes or no; the programme has {own}."
    lowest, highest = in_words(setting.lowest), in_words(setting.highest)
    return f"Write a value from {lowest} to {highest}; the programme has {own}."


def _not_theirs(setting: Setting, event: Filed) -> Unmet:
    roles = " or ".join(setting.by)
    return Unmet(
        requirement=setting.name,
        says=f'The setting "{setting.title or setting.name}" is changed by: {roles}.',
        detail=f"{event.by.role} may not change it",
        owner=setting.by[0],
        remedy=f"Ask: {roles}.",
        rule=setting.rule,
    )


def _asked(draft: Draft, had: Mapping[str, object], event: Filed) -> Iterator[Unmet]:
    rows = list(rows_of(event.content, ASKED))
    yield from _twice(event.record, [f"{row['record']} before {row['before']}" for row in rows])
    for row in _changed(had, event.content, ASKED):
        if row in rows and (there := _already(draft.workflow, row)):
            detail = f"{row['before']} asks for {row['record']} already: {there}"
            yield not_taken(event.record, detail, "Leave it out.")
        elif row in rows and row["before"] not in (to_come := ahead(draft.workflow, draft.dossier)):
            detail = f"{row['before']} lies behind: nothing leads there any more"
            yield not_taken(event.record, detail, f"Choose one of: {', '.join(sorted(to_come))}.")


def _already(workflow: Workflow, row: Mapping[str, str]) -> str:
    """The requirement by which a step asks for a record as the programme has it."""
    asked = workflow.records[row["record"]].ask
    return next(
        (
            each.name
            for step in origin(workflow).transitions
            if step.trigger == row["before"]
            for each in step.requires
            if asked is not None and each.check == asked.check
        ),
        "",
    )


def _written(
    workflow: Workflow, adapts: Adapts, had: Mapping[str, object], event: Filed
) -> Iterator[Unmet]:
    """A letter may go to the office as well, or to the whole team of a side that gets it."""
    rows = list(rows_of(event.content, WRITTEN))
    yield from _twice(event.record, [f"{row['letter']} to {row['to']}" for row in rows])
    for row in _changed(had, event.content, WRITTEN):
        usual = adapts.letters.get(row["letter"], ())
        role = row["to"].partition(".")[0]
        if row in rows and role not in {*workflow.office, *usual}:
            detail = f"{row['letter']} is not written for {role}"
            may = (*workflow.office, *(f"{each}.team" for each in usual if each in workflow.sides))
            yield not_taken(event.record, detail, f"Choose one of: {', '.join(may)}.")


def _twice(record: str, names: list[str]) -> Iterator[Unmet]:
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield not_taken(record, f"{name} stands there twice", "Keep one of the two.")


def _changed(
    had: Mapping[str, object], has: Mapping[str, object], name: str
) -> Iterator[dict[str, str]]:
    """The rows that are new or another, and those that are gone."""
    before, after = list(rows_of(had, name)), list(rows_of(has, name))
    yield from (row for row in after if row not in before)
    yield from (row for row in before if row not in after)
