"""What letters ask for, and what settles it: read off letters and journals, not off the product."""

import re
from collections.abc import Iterator

from tests.support.letter_folder import Letter
from tests.support.letter_journal import Journal

# What a letter asks for: the records that settle it, all of them together.
ASKED_FOR = {
    "N-02": ("readiness", "maturity_baseline"),
    "N-03": ("match_answer",),
    "N-04": ("match_answer",),
    "N-07.poll": ("onboarding",),
    "N-07.slides": ("onboarding_slides",),
    "N-09.agenda": ("visit_1_agenda",),
    "N-09.synthesis": ("synthesis",),
    "N-12": ("note",),
    "N-14": ("session_date",),
    "N-15.deck": ("mid_term_deck", "maturity_mid_term"),
    "N-15.offer": ("mid_term_deck", "maturity_mid_term"),
    "N-15.poll": ("mid_term",),
    "N-16": ("response",),
    "N-17.poll": ("workshop",),
    "N-17.agenda": ("workshop_agenda",),
    "N-19": ("feedback_{side}",),
}
# Where the day that is sought stands, with the field of it; for the visit each side has to say yes.
SOUGHT = {
    "N-07.poll": ("onboarding_date", "starts_at"),
    "N-09.poll": ("visit_1_dates", ""),
    "N-15.poll": ("mid_term_date", "starts_at"),
    "N-17.poll": ("workshop_date", "on"),
}
# How the stages end that ask a side.
ASKING = ("ask", "nudge", "offer", "poll", "slides", "deck", "overdue")
# One of several things that a letter asks for, by the words in which it does.
PARTS = {
    "mid_term_deck": re.compile(r"N-15.deck.*(three slides|your slides)"),
    "maturity_mid_term": re.compile(r"N-15.deck.*(score your domain|your scores)"),
    "readiness": re.compile(r"N-02.*\(RACCC-31\): still open"),
    "maturity_baseline": re.compile(r"N-02.*first scores: still open"),
}
_LISTED = re.compile(r"(?:a mail address for|Still without a person:)\n+((?:- [^\n]+\n)+)")


def part(letter: Letter) -> str:
    """The stage of a letter without what its further rungs are called."""
    return letter.stage.partition("_")[0]


def matter(letter: Letter) -> str:
    """What a letter is about: its name, or the part of it that is asked for alone."""
    name = letter.stage.partition(".")[0].replace("N-03", "N-04")
    return part(letter) if part(letter) in ASKED_FOR else name


def settled(letter: Letter, journal: Journal) -> Iterator[str]:
    """Nobody who has answered is asked, and nobody for what is settled."""
    name, _, stage = letter.stage.partition(".")
    if part(letter) in SOUGHT and journal.answered(letter, *SOUGHT[part(letter)]):
        yield f"{letter}: it asks for times that were named, or of a day that is fixed"
    if not stage.endswith(ASKING):
        return
    side = letter.audience.partition(".")[0]
    wanted = [
        each.format(side=side) for each in ASKED_FOR.get(part(letter)) or ASKED_FOR.get(name, ())
    ]
    filed = {each: journal.filed(letter, each) for each in wanted}
    if filed and all(filed.values()):
        yield f"{letter}: it asks for what was filed by {max(filter(None, filed.values())):%d %B}"
    for record, when in filed.items():
        if when and record in PARTS and PARTS[record].search(f"{letter.stage} {letter.words}"):
            yield f"{letter}: it asks for the {record} that was filed on {when:%Y-%m-%d}"
    if name == "N-11" and journal.has_signed(letter, side):
        yield f"{letter}: it asks for a signature that was given"
    if name == "N-06":
        yield from _named_already(letter, journal)


def _named_already(letter: Letter, journal: Journal) -> Iterator[str]:
    """Of the contact list only the departments are asked for that nobody is named for."""
    found = _LISTED.search(letter.text)
    asked = {line[2:].strip() for line in found.group(1).splitlines()} if found else set()
    named = journal.departments(letter)
    if asked and asked <= named:
        yield f"{letter}: it asks for a contact list that is complete"
    elif "Still without" in letter.text and asked & named:
        yield f"{letter}: it asks for people who are named: {sorted(asked & named)}"
