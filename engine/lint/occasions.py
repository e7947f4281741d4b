"""What a letter can say of what just happened (``event.…``), by what sends it."""

from engine.model.letter_words import HELD_ON
from engine.model.reasons import NEWS, REASONS

FILED = frozenset({"record", "title", "version"})
SIGNED = frozenset({"signed_by", "signed_on", "side"})
FLAGGED = frozenset({"flag", "title", "severity", "cause"})
RUNG = frozenset({"cause", "what", "due_on"})
STEP = frozenset({"by", "role", "decision", "state_then", "stands_in"})
_MEETING = frozenset(
    {"meeting", "call", "sequence", "title", "reason", "follows", "on_site", "changed"}
)
_NEW = frozenset({"new_on", "new_at", "new_until", "new_place"})
_OLD = frozenset({"old_on", "old_at", "old_until", "old_place"})
INVITED = _MEETING | {"new_on"}
MOVED = _MEETING | {"new_on", "old_on"}
CANCELLED = _MEETING | {"old_on"}
_PUT_RIGHT = frozenset({"title", "said", "sent", "reason", "changes"})
_HANDED = frozenset({"former"})
_CAME_BACK = frozenset({"address", "person", "subject", "reason", "since_on", "centre", "cause"})
_AWAY = frozenset({"person", "away_until", "away_due"})
_WROTE_BACK = frozenset({"person", "words"})
NOTICES = {
    "moved": frozenset({"title", "new_on", "reason"}),
    "taken_back": _PUT_RIGHT - {"changes"},
    "corrected": _PUT_RIGHT,
    "handed_over": _HANDED,
    "handed_on": _HANDED,
    "undeliverable": _CAME_BACK | {"instead"},
    "away": _AWAY,
    "no_contact_left": _CAME_BACK,
    "wrote_back": _WROTE_BACK,
}
# What some occasion says, though not for sure.
_MAYBE = _NEW | _OLD | {HELD_ON}
_MAYBE |= {"note", "instead", "instead_of", "changes", "asks", "renewed", "parted", REASONS, NEWS}
_MAYBE |= {"refused_by", "proposed", "named_by", "along", "taken_by", "mends", "replaces"}
_MAYBE |= {"recorded"}
EVERY = frozenset().union(
    *(FILED, SIGNED, FLAGGED, RUNG, STEP, INVITED, _MAYBE, _PUT_RIGHT),
    *(_HANDED, _CAME_BACK, _AWAY, _WROTE_BACK),
)
