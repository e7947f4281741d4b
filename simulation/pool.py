"""The centres to be matched in a simulation: who sits where, who is free, who was asked already."""

from dataclasses import dataclass, field

from simulation.people import Life


@dataclass(frozen=True, slots=True)
class Seat:
    """A centre that may take the side of a case that is matched, with its people."""

    key: str
    domain: str
    people: tuple[str, ...]


@dataclass(slots=True)
class Bench:
    """The centres to be matched, and which pair has which."""

    seats: tuple[Seat, ...]
    taken: dict[str, int] = field(default_factory=dict)  # by key: the number of the pair
    asked: set[tuple[int, str]] = field(default_factory=set)

    def domain(self, number: int) -> str:
        return self.seats[(number - 1) % len(self.seats)].domain

    def seat(self, life: Life) -> Seat:
        """A free seat of the pair's domain that was not asked before, else one it had already."""
        domain, number = self.domain(life.number), life.number
        fitting = [seat for seat in self.seats if seat.domain == domain]
        free = [seat for seat in fitting if self.taken.get(seat.key, number) == number]
        new = [seat for seat in free if (number, seat.key) not in self.asked]
        chosen = next(iter(new or free or fitting))
        for key in [key for key, holder in self.taken.items() if holder == number]:
            del self.taken[key]
        self.taken[chosen.key] = number
        self.asked.add((number, chosen.key))
        return chosen
