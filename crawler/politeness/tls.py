"""Speaks outdated TLS, but only with hosts for which a person has declared it."""

from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _get_creator_context
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.politeness.addresses import HostPolicy

# Level 0 takes keys and ciphers that were given up long ago, such as 1024-bit Diffie-Hellman.
_OUTDATED_CIPHERS = b"ALL:@SECLEVEL=0"


@implementer(IPolicyForHTTPS)
class DeclaredTls:
    """The usual policy, loosened for declared hosts (`host` or `host:port` patterns)."""

    def __init__(self, usual: Any, declared: HostPolicy) -> None:
        self._usual = usual
        self._declared = declared

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        """What makes the connections to a host."""
        creator = self._usual.creatorForNetloc(hostname, port)
        name = hostname.decode("ascii") if isinstance(hostname, bytes) else hostname
        if self._declared.is_declared(f"{name}:{port}"):
            # The setting for ciphers loses the level on the way: it must be set on the context.
            context = _get_creator_context(creator)
            context.set_cipher_list(_OUTDATED_CIPHERS)
            context.set_min_proto_version(SSL.TLS1_VERSION)
        return creator
