"""`pairing pair`: every verb of a pair, from its start to its journal."""

from cli.pair import acting, form, reading, starting
from cli.shared.calling import Command
from cli.shared.tree import noun

app = noun("Start, advance, explain and look at pairs.")

for name, verb in (
    ("new", starting.new),
    ("list", reading.list_),
    ("show", reading.show),
    ("why", reading.why),
    ("advance", acting.advance),
    ("form", form.form),
    ("record", acting.record),
    ("sign", acting.sign),
    ("waive", acting.waive),
    ("move", acting.move),
    ("pause", acting.pause),
    ("resume", acting.resume),
    ("assign", starting.assign),
    ("substitute", starting.substitute),
    ("adopt", starting.adopt),
    ("journal", reading.journal),
):
    app.command(name, cls=Command)(verb)
