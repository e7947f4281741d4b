"""What a message that comes in can be, as values: what is not surely one of them is noise."""

from dataclasses import dataclass

from notifications.inbound.days import DaysAway

_LONGEST = 500  # characters


@dataclass(frozen=True, slots=True)
class About:
    """Which letter of ours a message names.

    `sent_to` are the addresses it was sent to, or those that the letter it returns was to be
    answered at; `message_ids` are named by its head, the nearest first. Whether they are ours the
    caller knows.
    """

    sent_to: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """A server says that a letter did not arrive.

    `dead` only where a standard report names the recipient itself as unknown; anything else (a
    full mailbox, a policy, a guess where there is no standard report) is for a person.
    """

    about: About
    address: str
    code: str  # enhanced, like 5.1.1; empty where there is none
    diagnostic: str
    dead: bool

    @property
    def says(self) -> str:
        """What the server says, with its code once: most write it into their words themselves."""
        is_there = self.code in self.diagnostic
        words = self.diagnostic if is_there else f"{self.code} {self.diagnostic}"
        return " ".join(words.split())[:_LONGEST]


@dataclass(frozen=True, slots=True)
class AutomaticReply:
    """A machine answered; `away`: the days of an absence, where exactly one last day is named."""

    about: About
    sender: str
    away: DaysAway | None
    text: str


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """A calendar answered an invitation; `content` is its part `text/calendar`, undecoded."""

    about: About
    sender: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A person wrote; `text` is all of it, what it quotes included.

    `unread` says what of it was not looked at, because it is too large or too strange.
    """

    about: About
    sender: str
    text: str
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Noise:
    """Nothing that anything follows from, and why."""

    reason: str


Meant = DeliveryFailed | AutomaticReply | CalendarReply | Reply | Noise


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message that came in; `key` is the same each time it is read, wherever it lay."""

    key: str
    sender: str
    subject: str
    meant: Meant
