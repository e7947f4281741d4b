"""What is said of the code of a centre: to whoever typed it, and to whoever runs the case."""

from dataclasses import dataclass

from notifications.languages import Language

# To whoever signs: who tells them the code, by name and phone.
ODD_CODE = "The code of your centre has {number} figures. {own} tells it to you on the phone."
WRONG_CODE = "This is not the code of your centre. {own} tells it to you on the phone."
LOCKED = "No code opens this until {own} has given you a new one, on the phone."


@dataclass(frozen=True, slots=True)
class TooManyTries:
    """Of which centre, by whose link, how often, and the command that makes a new code."""

    centre: str
    person: str
    count: int
    command: str


def too_many_tries(tries: TooManyTries, language: Language) -> tuple[str, ...]:
    """What happened, and what to do, each a line."""
    typed = language.say(
        "The code of {centre} was typed wrongly {count} times in the name of {person}.",
        centre=tries.centre,
        count=language.digits(str(tries.count)),
        person=tries.person,
    )
    remedy = "Nobody signs by it any more. Call them, and tell them the new code that this gives:"
    return typed, f"{language.word(remedy)} {tries.command}"
