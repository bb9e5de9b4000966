"""Change events as feeds: Atom (RFC 4287) and JSON Feed 1.1.

Equal events give equal bytes: ids follow from the events' own ids, and the time of a feed is that
of its newest event, never that of writing it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from lxml import etree

from archive.errors import UsageError
from archive.events import Event

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Gongkai 公开: changes in annual reports on open government information"
AUTHOR = "Gongkai 公开"
FORMATS = {"atom": "application/atom+xml", "json": "application/feed+json"}
NEWEST = 500

_IDS = UUID("6f1c4f0e-0c7b-5c0d-9a53-2f5f2f0f6a11")  # the name space of our ids, never to change
_PREFIXES: Any = {None: ATOM}
_LONG_AGO = "1970-01-01T00:00:00Z"
# What XML 1.0 has no way to write (section 2.2, Char).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = "%:/?#[]@!$&'()*+,;=-._~"  # RFC 3986: what stands in an address as it is


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry: to its report, to a capture, or to the source."""

    relation: str
    address: str
    title: str


def feed(events: Iterable[Event], format_name: str, base_url: str = "") -> bytes:
    """The events as a feed.

    Args:
        events: the newest first.
        format_name: a key of `FORMATS`.
        base_url: where the web site of the archive stands, such as `https://example.org`; without
            it, reports are linked at their source and captures by their WARC record ids.

    Raises:
        UsageError: `base_url` is no web address.
    """
    base = _checked(base_url)
    found = list(events)
    return atom(found, base) if format_name == "atom" else json_feed(found, base)


def atom(events: Sequence[Event], base: str) -> bytes:
    """An Atom feed document."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_PREFIXES)
    _add(root, "title", TITLE)
    _add(root, "id", _id("feed"))
    _add(root, "updated", max((one.date for one in events), default=_LONG_AGO))
    _add(_add(root, "author"), "name", AUTHOR)
    if base:
        _link(root, Link("self", f"{base}/feed.atom", ""), FORMATS["atom"])
        _link(root, Link("alternate", f"{base}/", ""), "text/html")
    for event in events:
        _add_entry(root, event, base)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def json_feed(events: Sequence[Event], base: str) -> bytes:
    """A JSON Feed. `_gongkai` of an item holds the event's fields as they are exported."""
    made: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE}
    if base:
        made |= {"home_page_url": f"{base}/", "feed_url": f"{base}/feed.json"}
    made["authors"] = [{"name": AUTHOR}]
    made["items"] = [_item(event, base) for event in events]
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _add_entry(root: etree._Element, event: Event, base: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", event.headline)
    _add(entry, "id", _id(event.event_id))
    _add(entry, "updated", event.date)
    _add(entry, "published", event.date)
    _add(entry, "category").set("term", _clean(event.kind))
    for link in _links(event, base):
        _link(entry, link)
    _add(entry, "content", _words(event)).set("type", "text")


def _item(event: Event, base: str) -> dict[str, object]:
    links = {link.relation: link.address for link in _links(event, base)}
    item: dict[str, object] = {"id": _id(event.event_id), "title": event.headline}
    item |= {"url": links["alternate"]} if "alternate" in links else {}
    item |= {"external_url": links["via"]} if "via" in links else {}
    item |= {"content_text": _words(event), "date_published": event.date, "tags": [event.kind]}
    return item | {"_gongkai": asdict(event)}


def _links(event: Event, base: str) -> Iterator[Link]:
    """The report, both captures, and the source. Relations are those of RFC 4287, 4.2.7.2."""
    source = _address(event.source_url)
    if report := f"{base}/report/{quote(event.report_id, safe='')}" if base else source:
        yield Link("alternate", report, event.title)
    for snapshot, name in ((event.snapshot, "capture"), (event.other_snapshot, "earlier capture")):
        if snapshot:
            yield Link("related", _of_snapshot(snapshot, base), name)
    if source:
        yield Link("via", source, "source")


def _of_snapshot(snapshot: str, base: str) -> str:
    return f"{base}/snapshot?id={quote(snapshot, safe='')}" if base else quote(snapshot, safe=_KEPT)


def _words(event: Event) -> str:
    facts = (event.title, event.detail, event.source_url)
    return "\n".join(filter(None, (event.headline, *facts)))


def _address(url: str) -> str:
    """An address that may be linked to: web addresses and names, never what a reader would run."""
    safe = quote(url, safe=_KEPT, errors="replace")
    return safe if safe.partition(":")[0].lower() in ("http", "https", "urn") else ""


def _id(name: str) -> str:
    return uuid5(_IDS, name).urn


def _link(parent: etree._Element, link: Link, media_type: str = "") -> None:
    made = _add(parent, "link")
    made.set("rel", link.relation)
    made.set("href", link.address)
    if media_type:
        made.set("type", media_type)
    if link.title:
        made.set("title", _clean(link.title))


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    if text:
        made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _checked(base_url: str) -> str:
    if not base_url:
        return ""
    try:
        parts = urlsplit(base_url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"no web address: {base_url[:80]!r}; write https://example.org")
    return quote(base_url, safe=_KEPT).rstrip("/")
