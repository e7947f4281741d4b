"""`pairing mail`: every verb of letters."""

from cli.shared.alone import Alone
from cli.shared.calling import Acting
from cli.shared.list_command import Listing
from cli.shared.verbs import Verbs

app = Verbs(
    "See and send letters.",
    {
        "due": "cli.mail.due:due",
        "list": "cli.mail.letters:list_",
        "show": "cli.mail.message:show",
        "preview": "cli.mail.preview:preview_",
        "send": "cli.mail.send:send",
        "retry": "cli.mail.message:retry",
        "answer": "cli.mail.answer:answer",
        "take-in": "cli.mail.take_in:take_in_",
        "replies": "cli.mail.replies:replies",
    },
    kinds={
        "preview": Alone,
        **dict.fromkeys(("answer", "retry"), Acting),
        **dict.fromkeys(("due", "list", "replies"), Listing),
    },
)
