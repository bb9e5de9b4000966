"""Bundles: a page and what belongs to it, as the crawl grouped them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from archive.errors import GongkaiError
from archive.records import Bundle, Capture, Part
from archive.store import Archive
from archive.warc.reader import WithdrawnError, read_part

READABLE = frozenset({"response", "revisit", "resource"})


def iter_bundles(
    archive: Archive,
    captures: Iterable[Capture],
    on_error: Callable[[Capture, GongkaiError], object] | None = None,
) -> Iterator[Bundle]:
    """The pages with their parts, in order of (date, record id).

    Failed and blocked captures open no bundle. Withdrawn ones are left out.

    Args:
        archive: where the payloads are.
        captures: all captures that may belong together, or be referred to, in any order.
        on_error: told of each capture whose payload cannot be read; without it the error is
            raised.
    """
    known = {capture.record_id: capture for capture in captures}
    parts = grouped(known.values())
    for page in pages(known.values()):
        own_parts = parts.get(page.record_id, ())
        if (bundle := open_bundle(archive, page, own_parts, known.get, on_error)) is not None:
            yield bundle


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
    """One bundle with its payloads; none if the page's cannot be had. See `iter_bundles`."""
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
