"""What is attached to a message: it is not read, and whoever reads the words is told its name."""

from email.message import Message

from notifications.inbound.opening import Opened, one_line

_MOST = 5
_LONGEST = 80  # characters of a name
# Proofs and cards of the writer, which programs for mail add by themselves.
_OF_PROGRAMS = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
        "application/pgp-encrypted",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
    }
)


def attached(message: Opened) -> tuple[str, ...]:
    """The names of what is attached, at most so many; not the pictures that the words show."""
    parts = (each for each in message.parts if _is_beside_the_words(each))
    return tuple(dict.fromkeys(map(_name, parts)))[:_MOST]


def is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _is_beside_the_words(part: Message) -> bool:
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart" or kind in _OF_PROGRAMS:
        return False
    if kind in {"text/plain", "text/html"} or ("Content-ID" in part and kind[:6] == "image/"):
        return is_attached(part)
    return True


def _name(part: Message) -> str:
    return one_line(part.get_filename("") or part.get_content_type())[:_LONGEST]
