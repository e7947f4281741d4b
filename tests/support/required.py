"""What a test needs from the machine: where it is absent the test is skipped, unless asked for."""

import os
from typing import Never

import pytest


def is_required(name: str) -> bool:
    """Say whether PAIRING_TEST_REQUIRE forbids to go on without `name` (postgres, browser, ...)."""
    return name in os.environ.get("PAIRING_TEST_REQUIRE", "").replace(",", " ").split()


def absent(name: str, sentence: str) -> Never:
    """Skip the test that needs `name`, with the sentence; fail it where it is required."""
    if is_required(name):
        pytest.fail(f"{sentence}, and PAIRING_TEST_REQUIRE asks for it", pytrace=False)
    pytest.skip(sentence)
