"""Cases whose sides are played by everybody of their centres, where nobody else is named."""

from dataclasses import replace

from engine.model.dossier import CaseId
from engine.model.outcomes import By, Refusal
from engine.model.plan import Plan
from runtime.use_cases.start_case import NewPair, Part, assign_party, start_pair
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.directory import directory


def start_with_teams(runtime: Runtime, new: NewPair, by: By) -> CaseId:
    """Start a pair; a side nobody is named for is played by everybody of its centres."""
    teams = {side: team(runtime, keys) for side, keys in new.parties.items()}
    people = {**{side: keys for side, keys in teams.items() if keys}, **new.people}
    return start_pair(runtime, replace(new, people=people), by)


def assign_with_team(
    runtime: Runtime, case_id: CaseId, part: Part, by: By
) -> tuple[Plan | Refusal, tuple[str, ...]]:
    """Put a centre on a side, with those named or its whole team; who that is."""
    named = part.people or team(runtime, (part.key,))
    return assign_party(runtime, case_id, replace(part, people=named), by), named


def team(runtime: Runtime, centres: tuple[str, ...]) -> tuple[str, ...]:
    """Everybody of these centres; who was entered first is main."""
    with reading(runtime.database) as session:
        meant = {each.id for each in directory.centres(session) if each.key in centres}
        there = [person for person in directory.people(session) if person.centre_id in meant]
    return tuple(person.key for person in sorted(there, key=lambda person: person.id))
