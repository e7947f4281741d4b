"""Which tests go to one worker: those that share what is costly to make."""

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = {  # a part of a test's name, and what it shares
    "journeys/test_facilitator_session.py": "session of a facilitator",
    "journeys/test_forecast.py": "demo",
    "test_the_pairs_of_the_demo_are_brought_over_as_the_page_says": "demo",
    "programme_is_foretold_as_well[sqlite": "foretold on SQLite",
    "programme_is_foretold_as_well[postgres": "foretold on PostgreSQL",
    "journeys/test_digests.py": "four pairs in nine months",
    "journeys/test_french_simulation.py": "letters in French",
    "cli/test_gallery.py": "gallery",
    "journeys/test_simulation_silence.py": "silent people",
    "journeys/test_simulation.py": "mixed people",
    "journeys/test_attention.py": "mixed people",
    "test_fourteen_pairs_give_the_same_bytes_in_memory_and_on_a_file": "mixed people",
    "architecture/test_sizes.py": "sizes",
    "architecture/test_wheel.py": "wheel",
    "services/test_fresh_clone.py": "fresh clone",
}


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # it ships no types
    """Each test goes to whichever worker is free, and those that share something to one.

    By name: the mark `xdist_group` of pytest-xdist 3.8 has no effect under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for part, shared in TOGETHER.items() if part in nodeid), nodeid)

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        """Forget a group that is done: else each test that ends counts all that ended before it."""
        super().mark_test_complete(node, item_index, duration)
        assigned = self.assigned_work[node]
        group = self._split_scope(self.registered_collections[node][item_index])
        if all(assigned[group].values()):
            del assigned[group]
