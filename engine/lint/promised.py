"""Promises that are left out, are kept for another reader, or were kept before they were made."""

from collections.abc import Iterator, Mapping

from engine.checks.hierarchy import Lineage, lineage
from engine.letters.catalogue import Catalogue
from engine.letters.promise import QUIET, Promise, Said
from engine.lint.findings import Problem
from engine.lint.promises import STEP, sent
from engine.lint.reachability import onwards, reachable
from engine.lint.sendings import Sending, sendings
from engine.model.definition import Workflow


def promised(
    workflows: Mapping[str, Workflow], letters: Catalogue, said: Mapping[str, Said]
) -> Iterator[Problem]:
    """What the texts of stages promise, held against what the catalogue names for it."""
    made = {promise.stage: promise for promise in letters.promises}
    for stage in sorted(sent(workflows) & said.keys()):
        words = said[stage].words
        if stage not in made:
            sentence = f'letter {stage} promises something ("{words}"), and nothing keeps it'
            remedy = f"name what keeps it under `promises` of letters.yaml: {stage}: [...]"
            yield Problem(said[stage].place, sentence, remedy)
        elif said[stage].to_reader and not _comes_to_reader(made[stage], letters):
            sentence = f'letter {stage} promises its reader something ("{words}"), and '
            kept = f"{' and '.join(made[stage].kept_by)} goes to others"
            yield Problem(made[stage].place, sentence + kept, "name a letter to the same reader")
        elif QUIET in made[stage].kept_by and not said[stage].quiet:
            sentence = f'letter {stage} promises something ("{words}"), and no quiet'
            remedy = "name what keeps it, or write that no more is sent about it"
            yield Problem(made[stage].place, sentence, remedy)
    lines = lineage(workflows)
    yield from _too_early(lines, letters)
    yield from _of_another_meeting(workflows, letters)


def _comes_to_reader(promise: Promise, letters: Catalogue) -> bool:
    known = {stage.id: stage for stage in letters.stages()}
    reader = known[promise.stage]
    kept = [known[keeper] for keeper in promise.kept_by if keeper in known]
    return "person" in promise.kept_by or any(map(reader.shares_readers, kept))


def _too_early(lines: Lineage, letters: Catalogue) -> Iterator[Problem]:
    """A letter or a step that comes only before the letter that promises it."""
    for workflow in lines.workflows.values():
        where: dict[str, list[Sending]] = {}
        for sending in sendings(workflow, lines):
            where.setdefault(sending.letter, []).append(sending)
        for promise in letters.promises:
            after = _after(workflow, where.get(promise.stage, []))
            for keeper in promise.kept_by if after else ():
                comes = _states(workflow, keeper, where)
                if keeper != promise.stage and comes and not comes & after:
                    sentence = (
                        f"letter {promise.stage} promises {keeper}, which comes only before it"
                    )
                    yield Problem(promise.place, sentence, "name what comes after it")


def _of_another_meeting(workflows: Mapping[str, Workflow], letters: Catalogue) -> Iterator[Problem]:
    """Letters of one meeting that promise the invitation to another."""
    meetings = [meeting for each in workflows.values() for meeting in each.meetings.values()]
    invitations = {each.invitation.letter: each.name for each in meetings}
    own = {_letter(stage) for stage in invitations}
    for promise in letters.promises:
        for keeper in promise.kept_by:
            is_other = keeper in invitations and _letter(keeper) != _letter(promise.stage)
            if is_other and _letter(promise.stage) in own:
                sentence = f"letter {promise.stage} promises the invitation to another meeting"
                remedy = f"name what keeps it instead of {keeper}"
                yield Problem(promise.place, f"{sentence}, {invitations[keeper]}", remedy)


def _letter(stage: str) -> str:
    return stage.partition(".")[0]


def _after(workflow: Workflow, sent_in: list[Sending]) -> set[str]:
    """The states from a letter on; none where it may be sent in any."""
    if not sent_in or not all(each.given.states for each in sent_in):
        return set()
    return reachable(onwards(workflow), [s for each in sent_in for s in each.given.states])


def _states(workflow: Workflow, keeper: str, where: Mapping[str, list[Sending]]) -> set[str]:
    """The states in which what keeps a promise may come; none where it may in any."""
    if keeper.startswith(STEP):
        steps = [s for s in workflow.transitions if f"{STEP}{s.trigger}" == keeper]
        return {source for step in steps for source in step.sources}
    found = where.get(keeper, [])
    if not all(each.given.states for each in found):
        return set()
    return {state for each in found for state in each.given.states}
