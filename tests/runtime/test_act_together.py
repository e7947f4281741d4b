"""A record and the step it is filed for belong together: both happen, or neither."""

from engine.model.dossier import CaseId
from engine.model.outcomes import Filed, Triggered
from runtime.queries.show_case import show_case
from runtime.use_cases.act_together import act_together
from runtime.use_cases.advance import Answer
from storage.database.failpoints import install
from tests.support.grove import Grove
from tests.support.growers import by

NOTE = {"summary": "All is well."}


class CrashError(BaseException):
    """The machine died."""


def _holds(grove: Grove, check_in: CaseId, trigger: str = "hold") -> Answer:
    who = by("VIE-BIR")
    return act_together(grove.runtime, check_in, Filed("note", NOTE, who), Triggered(trigger, who))


def _found(grove: Grove, check_in: CaseId) -> tuple[str, list[str]]:
    dossier = show_case(grove.runtime, check_in).dossier
    return dossier.state, sorted(dossier.records)


def test_a_check_in_is_held_with_its_note_and_opens_the_next(grove: Grove) -> None:
    check_in = grove.child("VIE-BIR", "check_in")

    answer = _holds(grove, check_in)

    assert (answer.accepted, answer.left, answer.state) == (True, "due", "held")
    assert answer.opened == ("check_in",)
    assert _found(grove, check_in) == ("held", ["note"])


def test_a_note_is_not_filed_when_its_check_in_cannot_be_held(grove: Grove) -> None:
    check_in = grove.child("VIE-BIR", "check_in")

    answer = _holds(grove, check_in, "nothing")

    assert not answer.accepted
    assert answer.unmet
    assert _found(grove, check_in) == ("due", [])


def test_wherever_the_machine_dies_a_note_and_its_check_in_stay_together(any_grove: Grove) -> None:
    check_in = any_grove.child("VIE-BIR", "check_in")
    points = 0

    while _dies(any_grove, check_in, at=points):
        assert _found(any_grove, check_in) == ("due", []), f"point {points}"
        points += 1

    assert points > 2
    assert _found(any_grove, check_in) == ("held", ["note"])


def _dies(grove: Grove, check_in: CaseId, at: int) -> bool:
    """Whether the machine died at this point on the way; else the check-in is held."""
    passed = 0

    def hook(name: str) -> None:
        nonlocal passed
        if name == "transaction.committed":  # all is written by then
            return
        passed += 1
        if passed > at:
            raise CrashError(name)

    remove = install(hook)
    try:
        _holds(grove, check_in)
    except CrashError:
        return True
    finally:
        remove()
    return False
