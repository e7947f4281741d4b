"""`pairing pair`: every verb of a pair, from its start to its journal."""

from cli.pair import (
    adopt,
    advance,
    assign,
    form,
    journal,
    move,
    new,
    overview,
    record,
    show,
    substitute,
    waive,
    why,
)
from cli.shared.calling import Command
from cli.shared.tree import noun

app = noun("Start, advance, explain and look at pairs.")

for name, verb in (
    ("new", new.new),
    ("list", overview.list_),
    ("show", show.show),
    ("why", why.why),
    ("advance", advance.advance),
    ("form", form.form),
    ("record", record.record),
    ("sign", record.sign),
    ("waive", waive.waive),
    ("move", move.move),
    ("pause", advance.pause),
    ("resume", advance.resume),
    ("assign", assign.assign),
    ("substitute", substitute.substitute),
    ("adopt", adopt.adopt),
    ("journal", journal.journal),
):
    app.command(name, cls=Command)(verb)
