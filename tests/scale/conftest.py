"""An object store on the loopback, and archives to be kept in it."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from archive.storage.objects import Storage
from scripts.postgres import NoPostgresError, running
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of its own; without one the tests are skipped, and say so."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(running())
        except NoPostgresError as error:
            pytest.skip(f"the fleet is NOT tested: {error}")
        yield address


@pytest.fixture
def database(postgres: str) -> str:
    """The address of an empty database."""
    name = f"test_{secrets.token_hex(4)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.replace("/postgres?", f"/{name}?")
