"""Bringing running cases to another version of their definitions, a family a transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.decide.acts import Verb
from engine.decide.fire import fire
from engine.decide.migrate import Migration, migrate
from engine.model.decision import Decision
from engine.model.dossier import CaseId
from engine.model.migrating import Migrated, Version
from engine.model.outcomes import By
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.pinned_letters import keep
from runtime.queries.letters_to_come import LetterToCome, letters_to_come, withdrawn
from runtime.queries.preview import Preview, preview_of
from runtime.wiring import Runtime
from storage.cases import cases
from storage.database.transactions import reading, transaction
from storage.mail.posted import posted


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one family, or would: each case, all that follows, who hears at once."""

    migration: Migration
    follows: Preview
    at_once: tuple[LetterToCome, ...] = ()


def bring_over(
    runtime: Runtime, versions: Mapping[str, Version], by: By, only: CaseId | None = None
) -> Iterator[Brought]:
    """One family after the other; those that are there already are passed by.

    Each in a transaction of its own: killed in the middle, it goes on where it stood when it is
    run again. NotEntitledError: it is not theirs to do.
    """
    with reading(runtime.database) as session:
        who = leave_of_office(session, runtime, by, Verb.MIGRATE)
        roots = (only,) if only is not None else cases.roots(session)
    for root in roots:
        yield _bring(runtime, versions, Migrated(who), root)


def _bring(
    runtime: Runtime, versions: Mapping[str, Version], event: Migrated, case: CaseId
) -> Brought:
    with transaction(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        family = families.load(case)
        letters = posted(session, family.root)
        found = families.with_others(
            family, lambda whole: migrate(whole, versions, event, families.now, letters)
        )
        if found.decision is None:
            return Brought(found, Preview())
        for name, version in versions.items():
            current = runtime.programme.workflows.get(name)
            if current is not None and version.workflow.digest == current.digest:
                keep(session, runtime.programme, name, families.now)
        families.write(found.decision)
        return Brought(found, _follows(runtime, found.decision), _at_once(families, found.decision))


def _follows(runtime: Runtime, decision: Decision) -> Preview:
    gone = tuple(withdrawn(each, decision) for each in decision.ended.values())
    return replace(preview_of(decision.plans, runtime.workflow), withdrawn=gone)


def _at_once(families: Families, decision: Decision) -> tuple[LetterToCome, ...]:
    """The letters that the next beat owes: what comes due with it."""
    after = replace(decision.after, others={})
    fired = families.with_others(after, lambda whole: fire(whole, families.now))
    plans = fired.plans if fired is not None else ()
    return tuple(each for plan in plans for each in letters_to_come(plan))
