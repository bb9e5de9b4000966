"""Bundles: a page and what belongs to it, as the crawl grouped them."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from archive.errors import GongkaiError
from archive.records import Bundle, Capture, Part
from archive.store import Archive
from archive.warc.reader import WithdrawnError, read_part

READABLE = frozenset({"response", "revisit", "resource"})


def pages(captures: Iterable[Capture]) -> list[Capture]:
    """The captures that open a bundle, in order."""
    found = (c for c in captures if c.role == "page" and c.kind in READABLE)
    return sorted(found, key=_order)


def open_bundle(
    archive: Archive,
    page: Capture,
    parts: Iterable[Capture],
    find: Callable[[str], Capture | None],
    on_error: Callable[[Capture, GongkaiError], object] | None = None,
) -> Bundle | None:
    """One bundle with its payloads; none if the page's cannot be had. Withdrawn parts are left out.

    Args:
        archive: where the payloads are.
        page: the capture that opens the bundle.
        parts: the captures that belong to it, in order.
        find: the capture of a record id, for those that are referred to.
        on_error: told of each capture whose payload cannot be read; without it the error is
            raised.
    """
    opened = _read(archive, page, find, on_error)
    if opened is None:
        return None
    read = (_read(archive, part, find, on_error) for part in parts)
    return Bundle(opened, tuple(part for part in read if part is not None))


def grouped(captures: Iterable[Capture]) -> dict[str, list[Capture]]:
    """The readable parts of each page, by the page's record id, in order."""
    parts: dict[str, list[Capture]] = defaultdict(list)
    for capture in captures:
        if capture.role == "part" and capture.part_of and capture.kind in READABLE:
            parts[capture.part_of].append(capture)
    for found in parts.values():
        found.sort(key=_order)
    return parts


def _order(capture: Capture) -> tuple[str, str]:
    return capture.date, capture.record_id


def _read(
    archive: Archive,
    capture: Capture,
    find: Callable[[str], Capture | None],
    on_error: Callable[[Capture, GongkaiError], object] | None,
) -> Part | None:
    try:
        return read_part(archive, capture, find)
    except WithdrawnError:
        return None
    except GongkaiError as error:
        if on_error is None:
            raise
        on_error(capture, error)
        return None
