"""Which hosts and network addresses may be asked at all."""

import ipaddress
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError


class AddressRefusedError(IgnoreRequest):
    """The host leads to a private, loopback or link-local address and is not declared."""


class OffHostError(IgnoreRequest):
    """The host is neither official nor declared nor allowed."""


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """Official hosts, and those named by a person.

    `official` are domains that count with all below them; `declared` are patterns (`*.example.cn`,
    `127.0.0.1:8000`) matched against the host and against host and port. Only a declared host may
    have a private address.
    """

    official: tuple[str, ...] = ("gov.cn",)
    declared: tuple[str, ...] = ()

    @classmethod
    def of(cls, official: Iterable[str], declared: Iterable[str]) -> "HostPolicy":
        """A policy from lists in any letter case."""
        return cls(
            tuple(as_asked(host).strip(".") for host in official),
            tuple(as_asked(pattern) for pattern in declared),
        )

    def is_declared(self, netloc: str) -> bool:
        """Whether a person named this host (`host` or `host:port`)."""
        names = (as_asked(host_of(netloc)), as_asked(netloc))
        return any(fnmatchcase(name, p) for p in self.declared for name in names)

    def permits(self, url: str) -> bool:
        """Whether the address may be asked, as far as its host name tells."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return False
        host = as_asked(parts.hostname).rstrip(".")
        official = any(host == name or host.endswith("." + name) for name in self.official)
        return official or self.is_declared(parts.netloc.rpartition("@")[2])

    def check_peer(self, netloc: str, address: str) -> None:
        """Raises where `address` is not public and the host was not named by a person.

        Raises:
            AddressRefusedError: with the host and the address.
        """
        if not is_public(address) and not self.is_declared(netloc):
            raise AddressRefusedError(f"{netloc} leads to the private address {address}")


@lru_cache(4096)
def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network; false for what is no IP address."""
    try:
        ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not ip.is_multicast


def as_asked(name: str) -> str:
    """A host, host and port, or a pattern of them as it is asked for: in ASCII, lower-case.

    Labels in Chinese take the form that the domain name system has for them (RFC 3490).
    """
    host, colon, port = name.lower().partition(":")
    if not host.isascii():
        with suppress(UnicodeError):
            host = ".".join(
                label if label.isascii() else label.encode("idna").decode()
                for label in host.replace("。", ".").split(".")
            )
    return f"{host}{colon}{port}"


def host_of(netloc: str) -> str:
    """The host of `user@host:port`, lower-case."""
    return urlsplit(f"//{netloc}").hostname or ""


async def resolve(host: str) -> str:
    """The IP address of a host by the crawl's own caching resolver; empty where there is none."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    from twisted.internet import reactor

    resolver: Any = reactor
    try:
        return str(await maybe_deferred_to_future(resolver.resolve(host, (10,))))
    except (DNSLookupError, OSError, UnicodeError):
        return ""
