"""Letters of a pair about which a person of the office decides."""

from engine.model.outcomes import By
from runtime.queries.letters import LetterLine, Sought, letter_lines
from runtime.use_cases.arrange_letter import Arrangement
from runtime.workers.sweep import sweep
from tests.support.pairs import Pair, a_pair
from tests.support.world import START, World

OF_THE_PAIR = By("vie-bir-facilitator", "facilitator")
WHY = "Their board meets first."


def just_formed(town: World) -> Pair:
    """A pair whose teams are owed the first letters of it, none of them written."""
    made = a_pair(town, history=(("match_confirmed", START),))
    made.files("match_answer")
    made.goes("formalise")
    sweep(town.runtime)
    return made


def arranged(letter: LetterLine) -> Arrangement:
    return Arrangement(letter.number, WHY, OF_THE_PAIR)


def days_pass(town: World, days: int) -> None:
    for _ in range(days):
        town.days_pass(1)
        town.beat()


def letters_of(pair: Pair) -> list[LetterLine]:
    """Its letters in the order in which they were owed."""
    return list(reversed([*letter_lines(pair.world.runtime, Sought(pair.case))]))
