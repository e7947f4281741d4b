"""Which way letters leave: by SMTP, or into a folder."""

from datetime import timedelta
from pathlib import Path

from notifications.folder import Folder
from notifications.mailer import Mailer
from notifications.smtp import Smtp
from runtime.clock import system_clock
from runtime.settings.settings import MailMode
from runtime.wiring import Runtime


def mailer_of(runtime: Runtime) -> Mailer:
    """A fresh mailer; a rehearsal only ever writes into a folder."""
    mail = runtime.settings.mail
    if runtime.rehearsal or mail.mode is MailMode.FOLDER:
        lease = timedelta(seconds=runtime.settings.engine.lease_seconds)
        # Files bear the time of this machine, and nobody writes one for longer than a lease.
        return Folder(Path(mail.folder), system_clock() - lease)
    return Smtp(mail.smtp())
