"""Several events of one case that belong together: all of them happen, or none."""

from dataclasses import replace
from itertools import chain

from engine.model.dossier import CaseId
from engine.model.putting_right import Cause
from runtime.families import Families
from runtime.use_cases.advance import Answer, answer_of
from runtime.wiring import Runtime
from storage.database.transactions import transaction


def act_together(runtime: Runtime, case_id: CaseId, *events: Cause) -> Answer:
    """One transaction: the answer of the last event with what all of them bring about.

    The first refusal takes back what happened before it, and is the answer.
    """
    answers: list[Answer] = []
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        for event in events:
            outcome = acting.happen(case_id, event, along=bool(answers))
            answers.append(answer_of(outcome))
            if not answers[-1].accepted:
                session.rollback_only()
                return answers[-1]
    return replace(
        answers[-1],
        left=answers[0].left,
        warnings=tuple(chain.from_iterable(each.warnings for each in answers)),
        letters=tuple(chain.from_iterable(each.letters for each in answers)),
        opened=tuple(chain.from_iterable(each.opened for each in answers)),
    )
