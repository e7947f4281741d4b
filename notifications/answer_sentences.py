"""What is said of an answer besides, why it is taken back, or stays, and what is wrong with it."""

from notifications.signing_words import LOCKED, ODD_CODE, WRONG_CODE

ANSWERED = (
    "Nothing more is written about it before {day}.",
    "We wait no longer than that: if it is still open on {day}, others are told.",
    "If it is still open on {day}, others are told on that day.",
    "{own} is asked in place of {others}.",
    "{who} took the answer of {day} back",
    "{noun}, of {day}, rests on it",
    "only whoever gave an answer takes it back by its receipt",
    "it was taken back before",
    "the case was brought to another version of its programme since",
    "the partnership it was of has ended since",
    *(ODD_CODE, WRONG_CODE, LOCKED),
    '"{title}" is missing.',
    '"{title}" cannot be read: {reason}. Write it anew.',
    '"{title}" says {value}, which is not on offer. Choose among what is on offer by now.',
    "{day} has begun or gone by: name a day to come",
)
