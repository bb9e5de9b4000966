"""What an OFD file shows: objects that are not visible are taken out before it is read.

Every graphic unit may say `Visible="false"`, or be wholly transparent by `Alpha="0"` (GB/T 33190,
8.5). Transparent text on a page with a picture stays: programs that recognise scans write it.
White text is taken out too where a page has no picture, no filled path and no template behind it,
and text that stands aslant, as watermarks do, where it is the lesser part of its page.
"""

import io
import re
import zipfile
from collections import Counter

from lxml import etree

from pipelines.limits import Package, RefusedError, local_name, parse_xml
from pipelines.paged.drawing import is_aslant

PICTURE = "ImageObject"
TEXT = "TextObject"
WHITE = b"255 255 255"
_MARKS = (b"Visible", b"Alpha", b"CTM", WHITE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")


def shown(payload: bytes) -> tuple[bytes, Counter[str]]:
    """The file without its hidden objects, and how many texts were `hidden` and `aslant`."""
    package = Package(payload)
    parts: dict[str, bytes] = {}
    texts: Counter[str] = Counter()
    for member in package.members:
        if member.filename.lower().endswith(".xml"):
            cleaned, left_out = _cleaned(package.read_member(member))
            texts += left_out
            if cleaned:
                parts[member.filename] = cleaned
    return (_packed(Package(payload), parts) if parts else payload), texts


def is_transparent(element: etree._Element) -> bool:
    """Whether an object is there and leaves no mark."""
    return element.get("Alpha", "").strip() == "0"


def _cleaned(data: bytes) -> tuple[bytes, Counter[str]]:
    """A part without its hidden objects, and their texts; nothing where it hides none."""
    plain = data.replace(b"\0", b"")  # as in UTF-16
    if not any(mark in plain for mark in _MARKS):
        return b"", Counter()
    try:
        root = parse_xml(data)
    except RefusedError:
        return b"", Counter()  # told when its turn comes to be read
    found = {"hidden": _hidden(root), "aslant": _aslant(root)}
    texts: Counter[str] = Counter()
    for kind, elements in found.items():
        for element in elements:
            parent = element.getparent()
            if parent is not None:
                texts[kind] += sum(local_name(inner) == TEXT for inner in element.iter())
                parent.remove(element)
    if not any(found.values()):
        return b"", texts
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), texts


def _hidden(root: etree._Element) -> list[etree._Element]:
    is_scan = any(local_name(element) == PICTURE for element in root.iter())
    hidden = [e for e in root.iter() if _is_off(e) or (is_transparent(e) and not is_scan)]
    has_ground = any(map(_may_be_ground, root.iter()))
    return hidden if has_ground else [*hidden, *filter(_is_white_text, root.iter())]


def _aslant(root: etree._Element) -> list[etree._Element]:
    texts = [element for element in root.iter() if local_name(element) == TEXT]
    aslant = [text for text in texts if is_aslant(_turn(text))]
    return aslant if 2 * len(aslant) < len(texts) else []


def _turn(text: etree._Element) -> tuple[float, float]:
    """The first two numbers of a text's matrix: how its line runs right and down."""
    numbers = _NUMBER.findall(text.get("CTM", ""))
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 6 else (1.0, 0.0)


def _may_be_ground(element: etree._Element) -> bool:
    is_filled = local_name(element) == "PathObject" and element.get("Fill", "").lower() == "true"
    return is_filled or local_name(element) in (PICTURE, "Template", "CompositeObject")


def _is_white_text(element: etree._Element) -> bool:
    fills = [e for e in element if local_name(e) == "FillColor"]
    is_white = any(e.get("Value", "").split() == WHITE.decode().split() for e in fills)
    return is_white and local_name(element) == TEXT and element.get("Stroke", "") != "true"


def _is_off(element: etree._Element) -> bool:
    return element.get("Visible", "").strip().lower() in ("false", "0")


def _packed(package: Package, parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for member in package.members:
            data = parts.get(member.filename)
            packed.writestr(member.filename, package.read_member(member) if data is None else data)
    return target.getvalue()
