"""`pairing mail`: every verb of letters."""

from cli.shared.alone import Alone
from cli.shared.calling import Acting
from cli.shared.list_command import Listing
from cli.shared.verbs import Verbs

_ACTS = ("answer", "retry", "hold", "release", "not-before", "not-to", "again")

app = Verbs(
    "See and send letters.",
    {
        "due": "cli.mail.due:due",
        "list": "cli.mail.letters:list_",
        "show": "cli.mail.message:show",
        "preview": "cli.mail.preview:preview_",
        "send": "cli.mail.send:send",
        "retry": "cli.mail.message:retry",
        "hold": "cli.mail.arrange:hold",
        "release": "cli.mail.arrange:release",
        "not-before": "cli.mail.arrange:not_before",
        "not-to": "cli.mail.arrange:not_to",
        "again": "cli.mail.arrange:again",
        "answer": "cli.mail.answer:answer",
        "take-in": "cli.mail.take_in:take_in_",
        "replies": "cli.mail.replies:replies",
    },
    kinds={
        "preview": Alone,
        **dict.fromkeys(_ACTS, Acting),
        **dict.fromkeys(("due", "list", "replies"), Listing),
    },
)
