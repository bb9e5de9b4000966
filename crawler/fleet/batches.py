"""Portals divided into jobs so that all of one host are in the same one. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from archive.declarations.portals import Portal


def batches(portals: Iterable[Portal], shards: int) -> Mapping[str, tuple[Portal, ...]]:
    """The portals by the lock under which they are crawled.

    A portal's host decides its shard, so that a host is always in the same one, whatever else is
    due; portals that share a host are kept together.

    Args:
        portals: which.
        shards: how many locks there are: so many workers at most have work at once.
    """
    found: dict[str, list[Portal]] = defaultdict(list)
    for group in _together(portals):
        first = min(host for portal in group for host in hosts_of(portal))
        digest = hashlib.sha256(first.encode()).digest()
        found[f"hosts-{int.from_bytes(digest[:8], 'big') % shards:05}"].extend(group)
    return {
        lock: tuple(sorted(group, key=lambda portal: portal.name))
        for lock, group in sorted(found.items())
    }


def hosts_of(portal: Portal) -> set[str]:
    """The hosts (with port) that a portal begins at, and those declared for it."""
    begins = {urlsplit(url).netloc.lower() for url in (*portal.start, *portal.fallback)}
    return begins | {host.lower() for host in portal.hosts if "*" not in host}


def _together(portals: Iterable[Portal]) -> list[list[Portal]]:
    """Groups of portals such that no two groups share a host."""
    groups: list[tuple[set[str], list[Portal]]] = []
    for portal in portals:
        hosts, members = hosts_of(portal), [portal]
        apart = []
        for known, group in groups:
            if known & hosts:
                hosts |= known
                members = [*group, *members]
            else:
                apart.append((known, group))
        groups = [*apart, (hosts, members)]
    return [group for _, group in groups]
