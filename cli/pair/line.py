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
        "centres": _by_side(line),
    }


def _by_side(line: CaseLine) -> dict[str, str]:
    """The key of the centre of each side; of several, all of them."""
    found: dict[str, str] = {}
    for side in line.sides:
        found[side.side] = f"{found[side.side]} {side.key}" if side.side in found else side.key
    return found
