"""Rows that a page holds as data: arrays in scripts, the state of a framework, XML islands."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from parsers.portals.jsonrows import json_rows, longest_and_named
from parsers.portals.literals import parsed_texts, record_lists, scattered_records
from parsers.portals.markup import MAX_CHARS, base_of, scripts
from parsers.portals.records import Page, Row
from parsers.portals.scripting import Json, decode_json
from parsers.portals.templates import in_markup, templates

_ISLAND = re.compile(
    r"<xml\b[^>]{0,300}>(?P<old>.{0,500000}?)</xml>"
    r"|<script\b[^>]{0,300}/xml['\"][^>]{0,300}>(?P<new>.{0,500000}?)</script>",
    re.DOTALL | re.IGNORECASE,
)
_MARKS = ("||", "|", "\t", "$$", "$", "^", "##", "@@", "~", ";", ",", "，")
_MAX_ISLANDS = 20
_MAX_RECORDS = 5_000
_JSON = re.compile(r"[\s\ufeff]{0,20}[\[{]\s{0,20}[\[{\"]")
_DATA_ATTRIBUTES = "//@*[starts-with(., '[{') or starts-with(., '{\"')]"
_XML = re.compile(
    r"^[\s\ufeff]*<(?:\?xml\b|(?!html|!doctype)\w+[^>]{0,300}>\s*<(?:item|row|record)\b)", re.I
)


def data_rows(page: Page, tree: HtmlElement) -> tuple[Row, ...]:
    """The rows of the longest list of records in the page's scripts and islands."""
    base, code = base_of(tree, page.url), scripts(tree)
    details = templates(f"{code}\n{in_markup(tree)}")
    whole = [xml_records(page.text)] if is_xml(page.text) else []
    islands = (xml_records(match["old"] or match["new"]) for match in _islands(page.text))
    lists = list(record_lists(code))
    parsed = parsed_texts(code) if "JSON.parse" in code else ()
    plain = (*_side_by_side(lists), *_parted(lists))
    scripted = (*lists, *plain, *scattered_records(code), *parsed)
    told = (*scripted, *whole, *islands, *_in_attributes(tree))
    return longest_and_named(json_rows(value, base, details) for value in told)


def _side_by_side(lists: list[Json]) -> Iterator[Json]:
    """Records of plain lists that are equally long: titles in one, addresses in another."""
    alike: defaultdict[int, list[list[Json]]] = defaultdict(list)
    for each in lists:
        if isinstance(each, list) and all(isinstance(item, str) for item in each):
            alike[len(each)].append(each)
    for size, group in alike.items():
        if size > 1 and len(group) > 1:
            yield [list(record) for record in zip(*group, strict=True)]


def _parted(lists: list[Json]) -> Iterator[Json]:
    """Records of a plain list whose texts hold several fields, parted by one mark."""
    for each in lists:
        if isinstance(each, list) and len(each) > 1 and all(isinstance(t, str) for t in each):
            texts = [str(text) for text in each]
            mark = next((m for m in _MARKS if all(m in text for text in texts)), "")
            if mark:
                yield [list(text.split(mark)) for text in texts]


def delimited_records(text: str) -> list[Json]:
    """The lines of a plain text as records of their fields, as of a table in a text file."""
    lines = [line.strip() for line in text[:MAX_CHARS].splitlines()[:_MAX_RECORDS]]
    mark = next((m for m in _MARKS if sum(m in line for line in lines) > 1), "")
    return [list(line.split(mark)) for line in lines if mark and mark in line]


def whole_json(text: str) -> Json:
    """The value where the page is JSON and nothing else."""
    return decode_json(text) if _JSON.match(text) else None


def _in_attributes(tree: HtmlElement) -> Iterator[Json]:
    """What elements keep as JSON in an attribute, for a script to draw."""
    for value in islice(tree.xpath(_DATA_ATTRIBUTES), _MAX_ISLANDS):
        yield decode_json(str(value))


def _islands(text: str) -> Iterator[re.Match[str]]:
    return islice(_ISLAND.finditer(text), _MAX_ISLANDS) if "xml" in text else iter(())


def is_xml(text: str) -> bool:
    """Whether an answer is a list in XML and no page."""
    return bool(_XML.match(text[:1000]))


def xml_records(text: str) -> list[Json]:
    """The elements of an XML text that have fields, as records of their names and texts."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    body = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text[:MAX_CHARS].lstrip("\ufeff"))
    try:
        tree = etree.fromstring(f"<all>{body}</all>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    elements = tree.iter(etree.Element) if tree is not None else ()
    return list(islice(filter(None, map(_record, elements)), _MAX_RECORDS))


def _record(element: etree._Element) -> dict[str, Json]:
    """The element's attributes and its children without children, by name."""
    leaves = [child for child in element if isinstance(child.tag, str) and not len(child)]
    fields: dict[str, Json] = {str(name): str(value) for name, value in element.attrib.items()}
    for leaf in leaves:
        # Atom's links have their address in an attribute; the first is that of the entry.
        text = (leaf.text or "").strip() or leaf.get("href") or ""
        name = etree.QName(leaf).localname
        fields[name] = fields.get(name) or text if leaf.get("href") else text
    return fields if len(fields) > 1 else {}
