"""SpiffWorkflow: a BPMN process with such timers, read from its row and written back each step."""

import sqlite3
from functools import partial
from io import BytesIO
from itertools import pairwise

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.peers.contender import AFTER, AT, BEFORE, LETTERS, RECORDS, STATES, WHAT, place, serve

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="bench" id="bench">'
    '<bpmn:process id="pair" isExecutable="true">'
)
_TABLES = """
    CREATE TABLE cases (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, workflow TEXT NOT NULL);
    CREATE TABLE journal (case_id INTEGER, seq INTEGER, at TEXT, entry TEXT,
        PRIMARY KEY (case_id, seq));
    CREATE TABLE letters (key TEXT PRIMARY KEY, case_id INTEGER, audience TEXT, state TEXT);
"""


def main() -> None:
    path, cases = place()
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")
    connection.executescript(_TABLES)
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    begun = serializer.serialize_json(_begun())
    connection.executemany(
        "INSERT INTO cases VALUES (?, 1, ?)", [(number, begun) for number in range(1, cases + 1)]
    )
    serve(partial(_step, connection, serializer))


def _begun() -> BpmnWorkflow:
    """A pair in its onboarding, its records filed, five timers armed."""
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(_process().encode()))
    workflow = BpmnWorkflow(parser.get_spec("pair"))
    workflow.data.update({record: {} for record in RECORDS})
    workflow.do_engine_steps()
    workflow.refresh_waiting_tasks()
    return workflow


def _step(connection: sqlite3.Connection, serializer: BpmnWorkflowSerializer, case: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version, text = connection.execute(
        "SELECT version, workflow FROM cases WHERE id = ?", (case,)
    ).fetchone()
    workflow = serializer.deserialize_json(text)
    assert all(record in workflow.data for record in RECORDS)
    [task] = workflow.get_tasks(state=TaskState.READY, spec_name="onboarding")
    task.run()
    workflow.do_engine_steps()
    workflow.refresh_waiting_tasks()
    waiting = [
        each
        for each in workflow.get_tasks(state=TaskState.WAITING)
        if each.task_spec.name.startswith("visit_preparation_")
    ]
    assert len(waiting) == len(AFTER), waiting
    written = (version + 1, serializer.serialize_json(workflow), case)
    connection.execute("UPDATE cases SET version = ?, workflow = ? WHERE id = ?", written)
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (case, version, AT, WHAT))
    connection.executemany(
        "INSERT INTO letters VALUES (?, ?, ?, 'owed')",
        [(f"{case}/{version}/{who}", case, who) for who in LETTERS],
    )
    connection.execute("COMMIT")


def _process() -> str:
    """The states of a pair, each with its timers as boundary events that interrupt nothing."""
    rungs = dict.fromkeys(STATES, AFTER) | {"onboarding": BEFORE}
    timers = [(f"{state}_{rung}", state) for state in STATES for rung in rungs[state]]
    path = ["start", *STATES, "end"]
    return "".join(
        [
            _HEAD,
            '<bpmn:startEvent id="start"/>',
            *(f'<bpmn:manualTask id="{state}"/>' for state in STATES),
            '<bpmn:endEvent id="end"/>',
            *(_timer(name, state) for name, state in timers),
            *(f'<bpmn:endEvent id="{name}_end"/>' for name, _ in timers),
            *(_flow(left, right) for left, right in pairwise(path)),
            *(_flow(name, f"{name}_end") for name, _ in timers),
            "</bpmn:process></bpmn:definitions>",
        ]
    )


def _timer(name: str, task: str) -> str:
    return (
        f'<bpmn:boundaryEvent id="{name}" cancelActivity="false" attachedToRef="{task}">'
        '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">'
        '"P30D"</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>'
    )


def _flow(left: str, right: str) -> str:
    return f'<bpmn:sequenceFlow id="{left}_to_{right}" sourceRef="{left}" targetRef="{right}"/>'


if __name__ == "__main__":
    main()
