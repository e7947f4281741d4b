"""`pairing mail`: every verb of letters."""

from cli.mail import due, letters, message, preview, send
from cli.shared.calling import Command
from cli.shared.tree import noun

app = noun("See and send letters.")

for name, verb in (
    ("due", due.due),
    ("list", letters.list_),
    ("show", message.show),
    ("preview", preview.preview_),
    ("send", send.send),
    ("retry", message.retry),
):
    app.command(name, cls=Command)(verb)
