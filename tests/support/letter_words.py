"""The words of a message, whatever other forms of them it holds."""

from email.message import EmailMessage


def words_of(message: EmailMessage) -> str:
    """The text as it is read where nothing but text is shown."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
