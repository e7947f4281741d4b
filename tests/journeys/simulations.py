"""Simulations that several tests look at: each is played once in a run of the tests."""

from functools import cache

from runtime.simulated_report import Report
from runtime.simulation import Order, simulate


@cache
def played(people: str, seed: int) -> Report:
    """Fourteen pairs through eighteen months."""
    return simulate(Order(pairs=14, months=18, seed=seed, people=people))
