"""Which way letters leave: by SMTP, or into a folder."""

from pathlib import Path

from notifications.folder import Folder
from notifications.mailer import Mailer
from notifications.smtp import Smtp
from runtime.settings.settings import MailMode
from runtime.wiring import Runtime


def mailer_of(runtime: Runtime) -> Mailer:
    """A fresh mailer; a rehearsal only ever writes into a folder."""
    mail = runtime.settings.mail
    if runtime.rehearsal or mail.mode is MailMode.FOLDER:
        return Folder(Path(mail.folder))
    return Smtp(mail.smtp())
