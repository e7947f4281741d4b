"""`pairing pair undo`, `void` and `correct`: what went wrong is put right."""

from typing import Annotated

import typer

from cli.pair.arguments import Facts, Pair, Reason, RequestKey
from cli.shared.days import here
from cli.shared.decision import Decision, decide, settle, take
from cli.shared.opening import opened, who
from cli.shared.recording import wanted
from cli.shared.row_words import Given, changes
from cli.shared.values import side_of, whole, word
from engine.model.dossier import CaseId
from engine.model.putting_right import Corrected, Undone, Voided
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type
from runtime.queries.record_versions import former_partners, record_versions
from runtime.wiring import Runtime

_Name = Annotated[str, typer.Argument(metavar="RECORD", help="Such as roadmap.", parser=word)]


def undo(pair: Pair, reason: Reason, request_key: RequestKey = None) -> Decision:
    """Take back the last step, record, substitution, correction or void of a case, or its version.

    Until something rests on it: a later step, record or signature is to be taken back first.
    Of a correction or a void the version before stands again, with the signatures under it.
    Acts of one command are taken back one by one: the answer names what stands. A letter that
    nobody has read is withdrawn, whoever read one is told. Once more, it takes back what was done
    before that; what was taken back by mistake is done again by its own command.
    """
    return decide(pair, Undone(reason, who()), request_key)


def void(
    pair: Pair,
    record: _Name,
    reason: Reason,
    version: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="Else the one in force.", parser=whole(1)),
    ] = None,
    request_key: RequestKey = None,
) -> Decision:
    """Let a version of a record count for nothing: the one before it is in force again.

    A later version, if there is one, stays in force. With a correction goes what it corrected:
    to have that back, undo the correction. What followed is decided anew; a step or a signature
    that rested on it is listed.
    """
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        name = record_type(runtime, case_id, record).name
        voided = Voided(name, reason, who(), version)
        decided = take(runtime, case_id, voided, request=request_key)
        return settle(pair, decided, _standing(runtime, case_id, name) if decided.accepted else "")


def _standing(runtime: Runtime, case_id: CaseId, name: str) -> str:
    """What is in force of a record by now."""
    former = former_partners(runtime, case_id, name)
    versions = record_versions(runtime, case_id, name)
    counting = [v.number for v in versions if not v.void and v.number not in former]
    return f"in force now: {f'version {counting[-1]}' if counting else 'no version'} of {name}"


def correct(
    pair: Pair,
    record: Annotated[
        str,
        typer.Argument(
            metavar="RECORD[=CENTRE]",
            help="Such as roadmap; the centre where its side holds several.",
            parser=side_of,
        ),
    ],
    reason: Reason,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> Decision:
    """Say what is right in the version in force: what is not named stays.

    It counts from the day on which the wrong one was filed, and what followed is decided anew.
    """
    name, _, centre = record.partition("=")
    asked = wanted()
    if set_ is None and not asked.changes:
        raise typer.BadParameter("say what is right with --set, --clear, --add, --row or --remove")
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kind = record_type(runtime, case_id, name)
        given = Given(set_ or [], asked.clear, asked.row, asked.remove, asked.add)
        right = changes(kind.fields, name, given, here(runtime))
        corrected = Corrected(name, right, reason, who(), centre)
        return settle(pair, take(runtime, case_id, corrected, request=request_key))
