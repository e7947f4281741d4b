"""One pair of an overview."""

from storage.cases.views import CaseLine


def centres_of(line: CaseLine) -> str:
    return " - ".join(side.name for side in line.sides)


def line_body(line: CaseLine) -> dict[str, object]:
    return {
        "reference": line.reference,
        "number": line.id,
        "workflow": line.workflow,
        "state": line.state,
        "since": line.entered_at,
        "opened_at": line.opened_at,
        "closed_at": line.closed_at,
        "next_due_at": line.next_due_at,
        "centres": {side.side: side.key for side in line.sides},
    }
