"""What whoever runs a case is told when the code of a centre was tried too often."""

from dataclasses import dataclass

from notifications.languages import Language


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
