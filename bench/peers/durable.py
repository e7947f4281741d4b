"""DBOS: the step that is written by hand, inside a durable workflow, one at a time."""

import logging

from dbos import DBOS, SetWorkflowID

from bench.peers.contender import place, serve
from bench.peers.handwritten import Desk

_desks: list[Desk] = []  # what DBOS decorates are functions of a module


def main() -> None:
    path, cases = place()
    logging.disable(logging.CRITICAL)
    DBOS(config={"name": "bench", "system_database_url": f"sqlite:///{path}.dbos"})
    _desks.append(Desk(path, cases))
    DBOS.launch()
    serve(_step)
    DBOS.destroy()


def _step(case: int) -> None:
    with SetWorkflowID(f"finish-{case}"):
        finish_onboarding(case)


@DBOS.workflow()
def finish_onboarding(case: int) -> None:
    """Recorded when it begins, after its step, and when it ends."""
    move(case)


@DBOS.step()
def move(case: int) -> None:
    _desks[0].step(case)


if __name__ == "__main__":
    main()
