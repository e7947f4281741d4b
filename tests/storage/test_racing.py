"""P10: of conflicting decisions on one case exactly one is taken, the others are refused."""

import threading

from engine.model.dossier import CaseId
from engine.model.outcomes import Refusal, Triggered
from engine.model.plan import Plan
from storage.database.transactions import reading
from storage.errors import StorageError
from storage.journal.verify import verify
from tests.storage.lives import FACILITATOR, Lives, lives

RACERS, ROUNDS = 6, 8


def test_of_many_at_once_one_goes_on_and_the_others_are_refused(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.files(case)
        for round_ in range(ROUNDS):
            trigger = ("work", "meet", "again")[min(round_, 1 + (round_ + 1) % 2)]
            won, refused, failed = _race(story, trigger, case)

            assert failed == []
            assert (won, refused) == (1, RACERS - 1), f"round {round_}"

        with reading(story.database) as session:
            assert list(verify(session)) == []
        assert len(story.dossier(case).stays) == 1 + ROUNDS


def _race(story: Lives, trigger: str, case: CaseId) -> tuple[int, int, list[StorageError]]:
    together = threading.Barrier(RACERS)
    outcomes: list[Plan | Refusal] = []
    failed: list[StorageError] = []

    def run() -> None:
        together.wait()
        try:
            outcomes.append(story.happens(case, Triggered(trigger, FACILITATOR)))
        except StorageError as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = sum(isinstance(outcome, Plan) for outcome in outcomes)
    return won, len(outcomes) - won, failed
