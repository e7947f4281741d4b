"""How many letters a main contact gets in a phase of a pair, counted off a folder of letters."""

from collections import Counter
from datetime import datetime

from tests.support.letter_folder import Letter, Read
from tests.support.letter_journal import Journal

MOST = 16  # to a main contact of the two sides, in a phase of a partnership
MOST_IN_ALL = 1900  # of fourteen pairs in 18 months
_PHASES = {
    "engagement": ("formalised", "onboarding", "visit_preparation", "first_visit", "memorandum"),
    "monitoring": ("implementation", "mid_term", "report_loop", "continued_implementation"),
    "consolidation": ("workshop", "closure", "extended"),
}
_PHASE_OF = {state: phase for phase, states in _PHASES.items() for state in states}
_SIDES = ("coordinator", "aspiring")

Where = tuple[int, int, str, datetime]  # the pair, the person, the phase, when they were matched


def by_phase(found: Read) -> Counter[Where]:
    """The letters to each main contact; one that says what two would have said is one."""
    journal = Journal(found.entries, found.filed)
    mains = {(each.root, each.person) for each in found.letters if each.audience in _SIDES}
    return Counter(
        (each.root, each.person, _phase(each, journal), journal.matched(each))
        for each in found.letters
        if (each.root, each.person) in mains and not each.goes_in
    )


def in_all(found: Read) -> int:
    return sum(not each.goes_in for each in found.letters)


def _phase(letter: Letter, journal: Journal) -> str:
    """Where the pair stood when a letter was owed; a pause belongs to the phase it interrupts."""
    stood = [
        str(entry.content["to"])
        for entry in journal.of[letter.root]
        if entry.moment <= letter.moment and entry.content.get("to")
    ]
    return next((_PHASE_OF[each] for each in reversed(stood) if each in _PHASE_OF), "selection")
