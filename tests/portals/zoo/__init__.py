"""A zoo of portals: one loopback server, usable as HTTP proxy, a host for each dialect."""

from tests.portals.zoo.server import Zoo

__all__ = ["Zoo"]
