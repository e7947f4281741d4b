"""The definition files of a programme of a few lines."""

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
    assigns: [coordinator]
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

TEXT = """\
Subject: The note
Preheader: Asked for.

Nothing is asked of you today, {{ recipient_name }}.
"""

FRAME = """\
Orchards

{{ body }}

Who else was told: {{ told }}
Why you get this: {{ reason }}
"""
