"""Simulations that several tests look at: each is played once in a run of the tests."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.report import Report
from simulation.simulate import Order, simulate
from tests.support import mail_bounds

_LOOKED_AT = 20  # the longest files: that of the longest page is among them


@dataclass(frozen=True, slots=True)
class _Written:
    report: Report
    longest_page: int


def played(people: str, seed: int, pairs: int = 14) -> Report:
    """So many pairs through eighteen months, every letter and every journal written."""
    return _written(people, seed, pairs).report


def longest_page(people: str, seed: int) -> int:
    """The bytes of the longest HTML of a mail of the same, digests and overviews among them."""
    return _written(people, seed, 14).longest_page


def decided(people: str, seed: int, pairs: int = 14) -> Report:
    """The same played in memory, which tells the same in a quarter of the time."""
    return mail_bounds.played(Order(pairs=pairs, seed=seed, people=people)).report


@cache
def _written(people: str, seed: int, pairs: int) -> _Written:
    with TemporaryDirectory() as folder:
        letters = Path(folder) / "letters"
        order = Order(pairs, seed=seed, people=people, on="file", letters_folder=letters)
        report = simulate(order)
        files = sorted(letters.glob("*.eml"), key=lambda each: each.stat().st_size)
        return _Written(report, max(map(_page, files[-_LOOKED_AT:])))


def _page(path: Path) -> int:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    html = message.get_body(("html",))
    return len(html.get_content().encode()) if html is not None else 0
