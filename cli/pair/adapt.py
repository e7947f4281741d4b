"""`pairing pair adapt` and `settings`: what is another in one pair than in the programme."""

from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair, Reason
from cli.shared.decision import Decision, settle, take
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table, titled
from cli.shared.values import Assignment, assignment, word
from cli.shared.writing import written
from engine.decide.adaptations import Adapted
from engine.literals import shown
from engine.model.adapting import ASKED, SETTINGS, WRITTEN
from engine.model.outcomes import Amended, Waived
from engine.model.putting_right import Cause
from engine.model.settings import Setting, in_words
from engine.suggestions import suggestion
from runtime.queries.adaptable import Adaptable, Wanted, adaptable
from runtime.queries.find_case import find_case


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting: what it is here and in the programme, between which bounds, who changes it."""

    setting: str
    title: str
    here: str
    programme: str
    lowest: str
    highest: str
    changed_by: tuple[str, ...]
    rule: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairSettings:
    """What may be another in one pair."""

    pair: str
    settings: tuple[SettingLine, ...]


def settings(pair: Pair) -> PairSettings:
    """List what may be adapted for a pair: its value here and in the programme, who changes it."""
    with opened() as runtime:
        found = adaptable(runtime, find_case(runtime, pair))
    differs = {each.name: each for each in found.differs}
    lines = tuple(_line(each, differs.get(each.name)) for each in found.settings.values())
    rows = [
        (titled(e.setting, e.title), e.here, e.programme, _bounds(e), " or ".join(e.changed_by))
        for e in lines
    ]
    columns = ("setting", "here", "programme", "allowed", "changed by")
    change = f"to change one: pairing pair adapt {pair} SETTING=VALUE --reason ..."
    return answer(PairSettings(found.reference, lines), Table(columns, rows), change)


def adapt(
    pair: Pair,
    reason: Reason,
    settings: Annotated[
        list[Assignment] | None,
        typer.Argument(
            metavar="[SETTING=VALUE]...",
            help="Such as check_in_opens=P2M; `pair settings` lists them.",
            parser=assignment,
        ),
    ] = None,
    ask: Annotated[
        list[Assignment] | None,
        typer.Option(
            metavar="RECORD=STEP",
            help="This pair also files a record before a step. Repeatable.",
            parser=assignment,
        ),
    ] = None,
    waive: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REQUIREMENT", help="This pair does not need it. Repeatable.", parser=word
        ),
    ] = None,
) -> Decision:
    """Adapt the programme to one pair, with a reason; what hangs on it follows at once."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        acts: list[Cause] = []
        if settings or ask or written():
            acts += _changed(adaptable(runtime, case_id), settings or [], ask or [], reason)
        acts += [Waived(each, reason, who()) for each in waive or []]
        if not acts:
            raise typer.BadParameter(
                "say what is another: SETTING=VALUE, --ask, --write or --waive; "
                f"pairing pair settings {pair} lists what may be another"
            )
        return settle(pair, take(runtime, case_id, *acts))


def _changed(
    found: Adaptable, settings: list[Assignment], ask: list[Assignment], reason: str
) -> list[Cause]:
    """The next version of the record."""
    names = [each.name for each in settings]
    for name in names:
        if names.count(name) > 1:
            raise typer.BadParameter(f"{name} stands there twice: keep one", param_hint="SETTING")
    asked = tuple((each.name, word(each.value)) for each in ask)
    for rows, field, what, said in (
        (SETTINGS, "setting", "setting", names),
        (ASKED, "record", "record", [record for record, _ in asked]),
        (ASKED, "before", "step", [step for _, step in asked]),
        (WRITTEN, "letter", "letter", [letter for letter, _ in written()]),
        (WRITTEN, "to", "reader", [to for _, to in written()]),
    ):
        _refuse_unknown(found, list(found.choices(rows, field)), what, said)
    wanted = Wanted({each.name: each.value for each in settings}, asked, written())
    changes = found.changes(wanted, reason)
    return [Amended(found.record, changes, who())]


def _refuse_unknown(found: Adaptable, known: list[str], what: str, said: list[str]) -> None:
    for each in said:
        if known and each not in known:
            near = suggestion(each, known)
            if what == "setting":
                near += f" (pairing pair settings {found.reference} lists them all)"
            raise typer.BadParameter(f"there is no {what} {shown(each)}: {near}")


def _line(setting: Setting, differs: Adapted | None) -> SettingLine:
    own = in_words(setting.value)
    return SettingLine(
        setting=setting.name,
        title=setting.title,
        here=differs.here if differs is not None else own,
        programme=own,
        lowest=in_words(setting.lowest),
        highest=in_words(setting.highest),
        changed_by=setting.by,
        rule=setting.rule,
    )


def _bounds(line: SettingLine) -> str:
    return f"{line.lowest} to {line.highest}" if line.lowest else "yes or no"
