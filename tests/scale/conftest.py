"""An object store on the loopback, and archives to be kept in it."""

from collections.abc import Iterator

import pytest

from archive.storage.objects import Storage
from tests.scale.stand_in import StandIn, stand_in


@pytest.fixture(scope="session")
def object_store() -> Iterator[StandIn]:
    """A stand-in for S3 on a free port, named by the environment as a real one is."""
    with stand_in() as store:
        yield store


@pytest.fixture
def bucket(object_store: StandIn) -> Storage:
    """A bucket of its own for each test."""
    return Storage(object_store.new_bucket())
