"""The programme a command works on: its settings, its parts, and who acts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from cli.shared.calling import this_call, use_zone
from cli.shared.in_force import settings
from engine.decide.permissions import CHANNELS
from engine.literals import shown
from engine.model.definition import SYSTEM
from engine.model.outcomes import By
from engine.suggestions import suggestion
from runtime.wiring import Runtime, open_runtime


@contextmanager
def opened() -> Iterator[Runtime]:
    """All parts, opened for one command and closed after it."""
    with open_runtime(settings()) as runtime:
        use_zone(runtime.settings.programme.zone)
        _known_role(runtime)
        yield runtime


def _known_role(runtime: Runtime) -> None:
    """Refuse a role that nobody plays in any workflow, also where only something is shown."""
    role = this_call().role
    workflows = (*runtime.programme.workflows.values(), *runtime.pinned.values())
    known = {SYSTEM, *(each for workflow in workflows for each in workflow.roles)}
    if role and role not in known:
        near = suggestion(role, sorted(known - {SYSTEM}))
        raise typer.BadParameter(f"there is no role {shown(role)}: {near}", param_hint="--as")


def who() -> By:
    """Who acts in this command, and from whom they heard it; empty words are found out later."""
    call = this_call()
    if call.role == SYSTEM:
        raise typer.BadParameter(f"nobody acts as {SYSTEM}: timers do", param_hint="--as")
    if bool(call.heard_from) != bool(call.heard_by):
        lone = "--heard" if call.heard_by else "--for"
        raise typer.BadParameter("--for PERSON and --heard CHANNEL go together", param_hint=lone)
    if call.heard_by and call.heard_by not in CHANNELS:
        near = suggestion(call.heard_by, list(CHANNELS))
        raise typer.BadParameter(f"no way to hear: {near}", param_hint="--heard")
    person = call.person or os.environ.get("PAIRING_PERSON", "").strip()
    return By(person, call.role, call.heard_from, call.heard_by)
