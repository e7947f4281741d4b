"""`pairing pair`: every verb of a pair, from its start to its journal."""

from cli.shared.calling import Acting, Hearing
from cli.shared.list_command import Listing
from cli.shared.recording import Correcting, Recording, Signing
from cli.shared.verbs import Verbs
from cli.shared.writing import Adapting

app = Verbs(
    "Start, advance, explain and look at pairs.",
    {
        "new": "cli.pair.new:new",
        "list": "cli.pair.overview:list_",
        "show": "cli.pair.show:show",
        "why": "cli.pair.why:why",
        "advance": "cli.pair.advance:advance",
        "form": "cli.pair.form:form",
        "record": "cli.pair.record:record",
        "fill": "cli.pair.fill:fill",
        "correct": "cli.pair.put_right:correct",
        "void": "cli.pair.put_right:void",
        "undo": "cli.pair.put_right:undo",
        "sign": "cli.pair.record:sign",
        "waive": "cli.pair.waive:waive",
        "move": "cli.pair.move:move",
        "adapt": "cli.pair.adapt:adapt",
        "settings": "cli.pair.adapt:settings",
        "pause": "cli.pair.advance:pause",
        "resume": "cli.pair.advance:resume",
        "assign": "cli.pair.assign:assign",
        "substitute": "cli.pair.substitute:substitute",
        "adopt": "cli.pair.adopt:adopt",
        "journal": "cli.pair.journal:journal",
        "compare": "cli.pair.compare:compare",
    },
    {
        **dict.fromkeys(("advance", "fill"), Hearing),  # may note what somebody told
        "sign": Signing,
        "record": Recording,
        "adapt": Adapting,
        "correct": Correcting,
        **dict.fromkeys(("undo", "void"), Acting),
        **dict.fromkeys(("waive", "move", "pause", "resume"), Acting),
        **dict.fromkeys(("new", "assign", "substitute"), Acting),
        **dict.fromkeys(("list", "journal", "compare"), Listing),
    },
)
