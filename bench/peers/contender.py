"""How a peer is asked for steps: a number on standard input, what that many took on its output."""

import sys
import time
from collections.abc import Callable

# What every peer has to do: the timers of the state that ends, of the one that begins, two letters.
BEFORE = tuple(f"asked-{number}" for number in range(5))
AFTER = tuple(f"asking-{number}" for number in range(9))
LETTERS = ("coordinator", "aspiring")
STATES = (  # the way of a pair that lies ahead of the step
    "onboarding",
    "visit_preparation",
    "first_visit",
    "memorandum",
    "implementation",
    "mid_term",
    "report_loop",
    "continued_implementation",
    "workshop",
    "closure",
)
RECORDS = ("onboarding", "onboarding_slides", "gap_analysis", "indicators", "survey")
AT, DUE = "2026-05-11T09:00:00.000000Z", "2026-06-11T06:00:00.000000Z"
WHAT = '{"trigger": "finish_onboarding", "timers": "' + "x" * 1200 + '"}'


def place() -> tuple[str, int]:
    """The file to use, and how many cases to prepare."""
    return sys.argv[1], int(sys.argv[2])


def serve(step: Callable[[int], object]) -> None:
    """Take as many steps as asked, of one case after another; answer with processor and wall."""
    case = 0
    print("ready", flush=True)
    for line in sys.stdin:
        begun, used = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            case += 1
            step(case)
        print(time.process_time() - used, time.perf_counter() - begun, flush=True)
