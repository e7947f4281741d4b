"""Certificates for the witness, made once, and witnesses of each kind."""

import pytest

from tests.support.certificates import Certificate, certificate


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for loopback, which a test may choose to trust."""
    return certificate(tmp_path_factory.mktemp("trusted"))


@pytest.fixture(scope="session")
def expired(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for loopback that was good until yesterday."""
    return certificate(tmp_path_factory.mktemp("expired"), days=-1)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for another host."""
    return certificate(tmp_path_factory.mktemp("elsewhere"), "DNS:elsewhere.example.org")
