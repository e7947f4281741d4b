"""Simulations that several tests look at: each is played once in a run of the tests."""

from functools import cache

from simulation.report import Report
from simulation.simulate import Order, simulate
from tests.support import mail_bounds


@cache
def played(people: str, seed: int, pairs: int = 14) -> Report:
    """So many pairs through eighteen months, every letter and every journal written."""
    return simulate(Order(pairs=pairs, months=18, seed=seed, people=people, on="file"))


def decided(people: str, seed: int, pairs: int = 14) -> Report:
    """The same played in memory, which tells the same in a quarter of the time."""
    return mail_bounds.played(Order(pairs=pairs, seed=seed, people=people)).report
