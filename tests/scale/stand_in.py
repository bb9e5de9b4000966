"""An S3 that listens on the loopback: moto's, started in this process."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from unittest import mock

import boto3
from moto.server import ThreadedMotoServer


@dataclass
class StandIn:
    """A running store. `environment` is what a client must have in its own."""

    url: str
    environment: dict[str, str]
    numbers: Iterator[int] = field(default_factory=count)

    def new_bucket(self) -> str:
        """Makes a bucket; gives its address for fsspec."""
        name = f"gongkai-{next(self.numbers)}"
        client = boto3.client("s3", endpoint_url=self.url)
        client.create_bucket(Bucket=name)
        client.close()
        return f"s3://{name}"


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Runs one, with the environment set for clients in this process and its children."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "loopback",
        "AWS_SECRET_ACCESS_KEY": "loopback",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }
    with mock.patch.dict(os.environ, environment):
        try:
            yield StandIn(environment["AWS_ENDPOINT_URL"], environment)
        finally:
            server.stop()
