"""A programme of a few lines, for tests that ask about the commands and not about the rules."""

import sqlite3
from pathlib import Path

from tests.support.commands import Ended, pairing

PAIRING = """\
workflow: pairing
programme: orchard
title: Orchards
version: "1"
source: invented
roles: [facilitator, coordinator, aspiring, lead]
sides: [coordinator, aspiring]
initial: planted
start: T0
months: 18
flag_workflow: red_flag
sends_at: "08:00"
facts: {}
anchors:
  T0: {entered: planted}
phases: {growing: Growing}
records:
  note:
    title: Note
    rule: [A-1]
    by: [aspiring]
    fields:
      summary: text
      on_day: {kind: date, optional: true}
      count: {kind: whole, optional: true}
      share: {kind: number, optional: true}
      good: {kind: yes_no, optional: true}
      words: {kind: list, optional: true}
      parts: {kind: rows, rows: {title: text}, optional: true}
  contact:
    title: Contact
    by: [facilitator]
    fields:
      "on": date
      kind: {kind: choice, choices: [call, mail]}
      summary: text
  agreement:
    title: Agreement
    by: [facilitator]
    signatories: [coordinator, aspiring]
    fields: {text: text}
flags:
  F-1: {title: Blight, severity: amber}
states:
  planted:
    title: Planted
    phase: growing
    acts: [facilitator]
    entry:
      - {open: check_in}
    window: {opens: T0, target: T0 + P1M, ends: T0 + P2M}
    ladders:
      waiting:
        title: the note
        rungs:
          - {at: P7D, letter: N-1.ask, to: [facilitator], every: P7D}
  resting:
    title: Resting
    phase: growing
    acts: [facilitator]
    pauses: true
    ladders:
      waiting:
        title: the rest
        rungs:
          - {at: P30D, letter: N-1.ask, to: [facilitator], every: P30D}
  harvested: {title: Harvested, phase: growing, final: true}
transitions:
  - trigger: harvest
    title: Harvest
    from: planted
    to: harvested
    by: [facilitator]
    requires:
      - name: note_filed
        check: present
        of: record.note
        says: The note is on file.
        owner: aspiring
        remedy: Ask for it.
        waiver: [lead]
  - trigger: suspend
    title: Rest
    from: planted
    to: resting
    by: [lead]
  - trigger: resume
    title: Go on
    from: resting
    to: resume
    by: [lead]
"""

RED_FLAG = """\
workflow: red_flag
programme: orchard
title: Red flag
version: "1"
source: invented
roles: [facilitator, coordinator, aspiring, lead]
sides: [coordinator, aspiring]
initial: raised
sends_at: "08:00"
phases: {flag: Red flag}
states:
  raised:
    title: Raised
    phase: flag
    acts: [facilitator]
    ladders:
      waiting:
        title: the flag
        rungs:
          - {at: P7D, letter: N-1.ask, to: [facilitator], every: P7D}
  closed: {title: Closed, phase: flag, final: true}
transitions:
  - trigger: worsen
    title: Worse
    from: raised
    to: raised
    by: [system]
  - trigger: acknowledge
    title: Acknowledge
    from: raised
    to: raised
    by: [facilitator]
    effects:
      - {set: owner, from: event.owner}
      - {set: next_step, from: event.next_step}
      - {set: review_on, from: event.review_on}
  - trigger: snooze
    title: Snooze
    from: raised
    to: raised
    by: [facilitator]
  - trigger: mitigate
    title: Mitigate
    from: raised
    to: raised
    by: [facilitator]
  - trigger: close
    title: Close
    from: raised
    to: closed
    by: [facilitator, system]
    effects:
      - {set: outcome, from: event.outcome}
"""

CHECK_IN = """\
workflow: check_in
programme: orchard
title: Check-in
version: "1"
source: invented
roles: [facilitator, coordinator, aspiring, lead]
sides: [coordinator, aspiring]
initial: due
sends_at: "08:00"
phases: {looking: Looking after}
records:
  note:
    title: Note of the check-in
    by: [aspiring]
    fields: {summary: text}
states:
  due:
    title: Due
    phase: looking
    acts: [aspiring]
    ladders:
      waiting:
        title: the check-in
        rungs:
          - {at: P7D, letter: N-1.ask, to: [facilitator], every: P7D}
  held: {title: Held, phase: looking, final: true}
  skipped: {title: Skipped, phase: looking, final: true}
transitions:
  - trigger: hold
    title: Hold
    from: due
    to: held
    by: [facilitator, aspiring]
    effects:
      - {open: check_in, under_parent: true}
  - trigger: skip
    title: Skip
    from: due
    to: skipped
    by: [facilitator]
    effects:
      - {open: check_in, under_parent: true}
"""

LETTERS = """\
programme: orchard
facts:
  recipient_name: {type: text, from: person.name, example: Grower, means: who reads it}
letters:
  N-1:
    title: Note
    stages:
      ask:
        to: [facilitator]
        urgency: next_slot
        act: "none"
        told: "nobody."
        reason: "you grow an orchard."
"""


def plant(folder: Path) -> Path:
    """Write the programme into a folder and settings that name it beside it."""
    place = folder / "orchard"
    place.mkdir()
    files = {
        "pairing": PAIRING,
        "red_flag": RED_FLAG,
        "check_in": CHECK_IN,
        "letters": LETTERS,
    }
    for name, text in files.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "config.toml").write_text('[programme]\nname = "orchard"\nfolder = "orchard"\n')
    return place


class Orchard:
    """A programme with one pair, and a watch that sees whether anything was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        plant(folder)
        self.must("db", "create", "--rehearsal", "--at", "2026-03-01")
        for key, side in (("VIE", "coordinator"), ("BIR", "aspiring")):
            place = [*("--set", f"side={side}"), "--set", "country=AT", "--set", "zone=UTC"]
            self.must("centre", "add", key, "--set", f"name={key}", *place)
            person = ["--set", f"name={key}", "--set", f"email={key.lower()}@example.org"]
            self.must("person", "add", f"{key.lower()}-1", *person, "--centre", key)
        parts = ("--centre", "coordinator=VIE", "--centre", "aspiring=BIR")
        self.must("pair", "new", "VIE-BIR", *parts)
        self.must("flag", "raise", "VIE-BIR", "F-1", "--reason", "seen")
        self._watch = sqlite3.connect(folder / "pairing.db")

    def must(self, *words: str) -> None:
        ended = pairing(*words, folder=self.folder)
        assert ended.code == 0, ended

    def try_(self, *words: str) -> tuple[Ended, bool]:
        """Run a command; the second answer is whether it wrote anything."""
        before = self._version()
        ended = pairing(*words, folder=self.folder)
        return ended, self._version() != before

    def close(self) -> None:
        self._watch.close()

    def _version(self) -> object:
        return self._watch.execute("PRAGMA data_version").fetchone()
