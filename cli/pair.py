"""`pairing pair`: every verb of a pair, from its start to its journal."""

from cli import pair_acting, pair_form, pair_reading, pair_starting
from cli.calling import Command
from cli.tree import noun

app = noun("Start, advance, explain and look at pairs.")

for name, verb in (
    ("new", pair_starting.new),
    ("list", pair_reading.list_),
    ("show", pair_reading.show),
    ("why", pair_reading.why),
    ("advance", pair_acting.advance),
    ("form", pair_form.form),
    ("record", pair_acting.record),
    ("sign", pair_acting.sign),
    ("waive", pair_acting.waive),
    ("move", pair_acting.move),
    ("pause", pair_acting.pause),
    ("resume", pair_acting.resume),
    ("assign", pair_starting.assign),
    ("substitute", pair_starting.substitute),
    ("adopt", pair_starting.adopt),
    ("journal", pair_reading.journal),
):
    app.command(name, cls=Command)(verb)
